from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select

from pos_app.db.models import AuditEntry, Setting
from pos_app.demo.logo import demo_logo
from pos_app.documents.setting.logo import prepare_logo
from pos_app.domain.errors import InvalidInput, NotPermitted
from pos_app.domain.tickets.faces import TicketLook
from pos_app.services.house.ticket_look import LINE_SETTING, LOGO_SETTING, change_ticket_look, load_ticket_look

if TYPE_CHECKING:
    from tests.houses import OpenHouse

LINE = "No re-entry after the interval"


def store(house: OpenHouse, name: str, value: str) -> None:
    house.database.transact(lambda session: session.execute(insert(Setting).values(name=name, value=value)))


def test_a_house_without_settings_has_plain_tickets(house: OpenHouse) -> None:
    assert house.database.read(load_ticket_look) == TicketLook(None, "")


def test_a_manager_sets_logo_and_line_and_that_is_recorded(house: OpenHouse) -> None:
    manager = house.small.manager
    for line in ("first", f"  {LINE}\n "):
        house.database.transact(change_ticket_look, manager, demo_logo(), line)
    assert house.database.read(load_ticket_look) == TicketLook(prepare_logo(demo_logo()), LINE)
    actions = select(AuditEntry.body).where(AuditEntry.action == "ticket_look_changed")
    entries = house.database.read(lambda session: session.execute(actions).scalars().all())
    assert [json.loads(body)["line"] for body in entries] == ["first", LINE]
    house.database.transact(change_ticket_look, manager, None, "")
    assert house.database.read(load_ticket_look) == TicketLook(None, "")


def test_a_cashier_may_not_change_the_look(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.transact(change_ticket_look, house.small.cashier, None, LINE)
    assert house.database.read(load_ticket_look) == TicketLook(None, "")


def test_what_is_no_picture_is_refused_and_the_old_look_stays(house: OpenHouse) -> None:
    house.database.transact(change_ticket_look, house.small.manager, demo_logo(), LINE)
    with pytest.raises(InvalidInput):
        house.database.transact(change_ticket_look, house.small.manager, b"GIF89a", "other")
    assert house.database.read(load_ticket_look).line == LINE


@pytest.mark.parametrize(
    "stored",
    ["", "no json", "null", "12", '"not base64!"', json.dumps(b64encode(b"no picture").decode())],
)
def test_a_logo_that_cannot_be_used_is_left_out_and_tickets_are_printed(house: OpenHouse, stored: str) -> None:
    store(house, LOGO_SETTING, stored)
    store(house, LINE_SETTING, json.dumps(LINE))
    assert house.database.read(load_ticket_look) == TicketLook(None, LINE)


@pytest.mark.parametrize("stored", ["", "no json", "[1]", "{}"])
def test_a_line_that_cannot_be_read_is_none(house: OpenHouse, stored: str) -> None:
    store(house, LINE_SETTING, stored)
    assert house.database.read(load_ticket_look).line == ""
