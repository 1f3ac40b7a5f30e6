from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.venues.plan_seat_edits import remove_seats
from pos_app.services.venues.plan_catalogue import list_plans
from pos_app.services.venues.plan_store import add_plan, save_plan
from pos_app.services.venues.plans import archive_plan, rename_plan
from tests.services.venues.plan_stories import add_draft, findings, hall, opened, save

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_the_same_new_plan_twice_is_stored_once_and_another_of_its_name_refused(house: OpenHouse) -> None:
    assert add_draft(house, hall()) == add_draft(house, hall())
    with pytest.raises(FieldRefused) as refused:
        add_draft(house, hall(capacity=41))
    assert list(refused.value.fields) == ["name"]


def test_a_plan_of_the_house_can_be_opened_and_saved_as_it_is(house: OpenHouse) -> None:
    before = opened(house)
    saved = save(house, before, before.draft)
    assert (saved.opened, saved.new_version) == (before, False)
    assert findings(house) == ""


def test_the_second_of_two_managers_is_shown_the_plan_as_it_is_now(house: OpenHouse) -> None:
    before = opened(house)
    now = save(house, before, remove_seats(before.draft, {"1-1"})).opened
    with pytest.raises(ChangedMeanwhile) as told:
        save(house, before, remove_seats(before.draft, {"1-2"}))
    assert told.value.current == now
    assert save(house, before, remove_seats(before.draft, {"1-1"})).opened == now, "the same request once more"


def test_only_managers_touch_plans(house: OpenHouse) -> None:
    before = opened(house)
    cashier = house.small.cashier
    for deed in (
        lambda: house.database.read(list_plans, cashier),
        lambda: house.database.transact(add_plan, cashier, house.small.venue_id, hall()),
        lambda: house.database.transact(save_plan, cashier, before, hall()),
        lambda: house.database.transact(rename_plan, cashier, before.plan, "x"),
        lambda: house.database.transact(archive_plan, cashier, before.plan.plan_id),
    ):
        with pytest.raises(NotPermitted):
            deed()
    with pytest.raises(NotFound):
        opened(house, 9999)


def test_a_change_is_audited_with_what_it_did(house: OpenHouse) -> None:
    before = opened(house)
    save(house, before, remove_seats(before.draft, {"1-1"}))
    body = json.loads(
        house.database.read(lambda s: s.scalars(select(AuditEntry.body).order_by(AuditEntry.id.desc())).first()) or ""
    )
    assert (body["action"], body["seats"]) == ("plan_changed", {"added": 0, "removed": 1, "changed": 0})
