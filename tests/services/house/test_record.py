from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.demo.logo import demo_logo
from pos_app.documents.setting.logo import prepare_logo
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.tickets.faces import TicketLook
from pos_app.services.house.record import load_house_record, save_house_record
from pos_app.services.house.ticket_look import load_ticket_look

if TYPE_CHECKING:
    from pos_app.domain.house.settings import HouseRecord
    from tests.houses import OpenHouse

LINE = "No re-entry after the interval"


def save(house: OpenHouse, **values: Any) -> HouseRecord:
    before = house.database.read(load_house_record, house.small.manager)
    return house.database.transact(save_house_record, house.small.manager, before, replace(before, **values))


def test_a_manager_sets_logo_and_line_and_that_is_recorded(house: OpenHouse) -> None:
    for line in ("first", f"  {LINE}\n "):
        save(house, logo_png=demo_logo(), line=line)
    assert house.database.read(load_ticket_look) == TicketLook(prepare_logo(demo_logo()), LINE)
    actions = select(AuditEntry.body).where(AuditEntry.action == "ticket_look_changed")
    entries = house.database.read(lambda session: session.execute(actions).scalars().all())
    assert [json.loads(body)["line"] for body in entries] == ["first", LINE]
    save(house, logo_png=None, line="")
    assert house.database.read(load_ticket_look) == TicketLook(None, "")


def test_a_cashier_may_not_change_the_look(house: OpenHouse) -> None:
    before = house.database.read(load_house_record, house.small.manager)
    with pytest.raises(NotPermitted):
        house.database.transact(save_house_record, house.small.cashier, before, replace(before, line=LINE))
    assert house.database.read(load_ticket_look) == TicketLook(None, "")


def test_what_is_no_picture_is_refused_and_the_old_look_stays(house: OpenHouse) -> None:
    save(house, logo_png=demo_logo(), line=LINE)
    with pytest.raises(FieldRefused) as refused:
        save(house, logo_png=b"GIF89a", line="other")
    assert set(refused.value.fields) == {"logo_png"}
    assert house.database.read(load_ticket_look).line == LINE


def test_settings_and_look_are_refused_together_and_saved_together(house: OpenHouse) -> None:
    with pytest.raises(FieldRefused) as refused:
        save(house, currency="EURO", logo_png=b"GIF89a")
    assert set(refused.value.fields) == {"currency", "logo_png"}
    saved = save(house, currency="chf", line=LINE)
    assert (saved.currency, saved.line) == ("CHF", LINE)
    assert house.database.read(load_house_record, house.small.manager) == saved


def test_the_second_manager_is_told_what_the_first_changed(house: OpenHouse) -> None:
    before = house.database.read(load_house_record, house.small.manager)
    wanted = replace(before, line=LINE)
    saved = house.database.transact(save_house_record, house.small.manager, before, wanted)
    assert house.database.transact(save_house_record, house.small.manager, before, wanted) == saved
    with pytest.raises(ChangedMeanwhile) as told:
        house.database.transact(save_house_record, house.small.manager, before, replace(before, line="Other"))
    assert [one.field for one in told.value.changes] == ["line"]
