from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry, Price, Zone
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.domain.venues.plan_part_edits import (
    add_category,
    edit_category,
    put_area,
    remove_area,
    remove_category,
)
from pos_app.domain.venues.plan_records import PlanInUse
from pos_app.domain.venues.plan_seat_edits import move_seats, remove_seats, rename_rows, set_category, set_kind
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.selling.holds import place_hold
from pos_app.services.venues.plan_catalogue import list_plans, sold_on
from pos_app.services.venues.plan_store import add_plan, preview_change, save_plan
from pos_app.services.venues.plans import archive_plan, rename_plan, restore_plan
from tests.services.venues.plan_stories import FLOOR, findings, hall, inventory, opened, seat_ids

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import OpenPlan, SavedPlan
    from tests.houses import OpenHouse


def add(house: OpenHouse, draft: PlanDraft) -> OpenPlan:
    return house.database.transact(add_plan, house.small.manager, house.small.venue_id, draft)


def save(house: OpenHouse, before: OpenPlan, wanted: PlanDraft) -> SavedPlan:
    return house.database.transact(save_plan, house.small.manager, before, wanted)


def test_a_stored_plan_is_read_back_as_it_was_drawn(house: OpenHouse) -> None:
    shares: list[float] = []
    stored = house.database.transact(add_plan, house.small.manager, house.small.venue_id, hall(), shares.append)
    assert stored.draft == hall()
    assert shares[-1] == 1.0
    assert (stored.plan.places, stored.plan.version, stored.plan.newest) == (89, 1, True)
    assert house.database.read(sold_on, [stored.plan.plan_id]) == set()
    assert opened(house, stored.plan.plan_id) == stored


def test_a_stored_plan_is_shown_on_the_map_as_it_was_drawn(house: OpenHouse) -> None:
    draft = hall()
    shown = house.database.read(load_plan, add(house, draft).plan.plan_id)
    assert len(shown.seat_id) == draft.seat_count
    assert [zone.name for zone in shown.zones] == ["Stalls", "Balcony"]
    assert shown.areas[0].capacity == 40
    first = shown.place(0)
    assert (first.zone, first.row, first.number) == ("Stalls", "A", "1")
    assert shown.position[:8].tolist() == [0, 1, 2, 3, 5, 6, 7, 8], "an aisle leaves a place out"


def test_the_same_new_plan_twice_is_stored_once_and_another_of_its_name_refused(house: OpenHouse) -> None:
    assert add(house, hall()) == add(house, hall())
    with pytest.raises(FieldRefused) as refused:
        add(house, hall(capacity=41))
    assert list(refused.value.fields) == ["name"]


def test_a_plan_of_the_house_can_be_opened_and_saved_as_it_is(house: OpenHouse) -> None:
    before = opened(house)
    saved = save(house, before, before.draft)
    assert (saved.opened, saved.new_version) == (before, False)
    assert findings(house) == ""


def test_an_unsold_plan_is_changed_where_it_is_and_its_performances_follow(house: OpenHouse) -> None:
    before = opened(house)
    old_ids = seat_ids(house, before.plan.plan_id)
    wanted = remove_seats(before.draft, {"1-1", "1-2"})
    wanted = set_kind(wanted, {"2-1"}, SeatKind.RESTRICTED)
    wanted = set_category(wanted, {"2-2"}, "B")
    wanted = move_seats(wanted, {"2-3"}, 4.5, -3.25)
    wanted = rename_rows(wanted, {wanted.zones[0].rows[1].guid: "ZZ"})
    wanted = put_area(wanted, "stalls", FLOOR)
    change = house.database.read(preview_change, house.small.manager, before, wanted)
    assert (change.new_version, change.added, change.removed) == (False, 40, 2)
    saved = save(house, before, wanted)
    assert saved.opened.draft == wanted
    assert (saved.opened.plan.version, saved.new_version) == (1, False)
    now = seat_ids(house, before.plan.plan_id)
    assert {guid: now[guid] for guid in now if guid in old_ids} == {
        guid: old_ids[guid] for guid in old_ids if guid not in {"1-1", "1-2"}
    }
    assert {inventory(house, one) for one in house.small.performance_ids} == {50 - 2 + 40}
    assert findings(house) == ""


def test_every_part_of_an_unsold_plan_may_go_and_come_back(house: OpenHouse) -> None:
    first = add(house, hall())
    ids = seat_ids(house, first.plan.plan_id)
    thinner = remove_area(replace(first.draft, zones=first.draft.zones[1:]), "floor")
    second = save(house, first, thinner).opened
    assert second.draft == thinner
    third = save(house, second, first.draft).opened
    assert third.draft == first.draft
    assert third.plan.places == 89
    assert seat_ids(house, first.plan.plan_id) == ids, "with their ids"
    zones = house.database.read(
        lambda session: session.execute(select(Zone.guid).where(Zone.plan_id == first.plan.plan_id)).scalars().all()
    )
    assert sorted(zones) == ["balcony", "stalls"]


def test_an_area_shrinks_and_grows(house: OpenHouse) -> None:
    before = add(house, hall())
    for capacity in (25, 60):
        wanted = put_area(before.draft, "balcony", replace(FLOOR, capacity=capacity))
        before = save(house, before, wanted).opened
        assert before.draft == wanted


def test_a_renamed_category_keeps_its_prices_and_a_removed_one_loses_them(house: OpenHouse) -> None:
    before = opened(house)
    renamed = edit_category(before.draft, "A", new_name="Front", color="#abcdef")
    second = save(house, before, add_category(renamed, "New", "#123456")).opened

    def priced() -> set[int]:
        return set(house.database.read(lambda session: session.execute(select(Price.category_id)).scalars().all()))

    assert priced() == {house.small.category_a_id, house.small.category_b_id}
    save(house, second, remove_category(second.draft, "B", seats_to="New"))
    assert priced() == {house.small.category_a_id}
    assert findings(house) == ""


def test_two_categories_may_change_their_names_with_each_other(house: OpenHouse) -> None:
    before = opened(house)
    swapped = edit_category(before.draft, "A", new_name="x", color="#1")
    swapped = edit_category(swapped, "B", new_name="A", color="#2")
    swapped = edit_category(swapped, "x", new_name="B", color="#3")
    saved = save(house, before, swapped)
    assert saved.opened.draft == swapped
    ids = house.database.read(load_plan, before.plan.plan_id).categories
    assert {one.name: one.category_id for one in ids} == {
        "B": house.small.category_a_id,
        "A": house.small.category_b_id,
    }


def test_a_held_seat_is_not_removed_and_the_till_is_named(house: OpenHouse) -> None:
    before = opened(house)
    house.database.transact(place_hold, house.small.cashier, "basket", [house.small.seat(1, 1)])
    with pytest.raises(PlanInUse, match=r"Stalls, row A, seat 1 \(Till 1\) would be gone") as refused:
        save(house, before, remove_seats(before.draft, {"1-1", "1-2"}))
    assert [move.performance_id for move in refused.value.moves] == [house.small.performance_id]
    assert opened(house) == before
    wanted = move_seats(before.draft, {"1-1"}, 1.0, 1.0)
    assert save(house, before, wanted).opened.draft == wanted, "a held seat may be moved"
    assert findings(house) == ""


def test_the_second_of_two_managers_is_shown_the_plan_as_it_is_now(house: OpenHouse) -> None:
    before = opened(house)
    now = save(house, before, remove_seats(before.draft, {"1-1"})).opened
    with pytest.raises(ChangedMeanwhile) as told:
        save(house, before, remove_seats(before.draft, {"1-2"}))
    assert told.value.current == now
    assert save(house, before, remove_seats(before.draft, {"1-1"})).opened == now, "the same request once more"


def test_a_plan_is_renamed_put_away_and_taken_back(house: OpenHouse) -> None:
    made = add(house, hall()).plan
    manager = house.small.manager
    for _ in range(2):
        assert house.database.transact(rename_plan, manager, made, " Other  hall ").name == "Other hall"
    with pytest.raises(ChangedMeanwhile):
        house.database.transact(rename_plan, manager, made, "Third")
    with pytest.raises(FieldRefused):
        house.database.transact(rename_plan, manager, replace(made, name="Other hall"), "Stalls only")
    for _ in range(2):
        assert house.database.transact(archive_plan, manager, made.plan_id).archived
    with pytest.raises(FieldRefused, match="put away"):
        add(house, hall("Other hall"))
    for _ in range(2):
        assert not house.database.transact(restore_plan, manager, made.plan_id).archived
    with pytest.raises(PlanRefused, match="2 performances to come stand"):
        house.database.transact(archive_plan, manager, house.small.plan_id)
    actions = house.database.read(
        lambda s: s.execute(select(AuditEntry.action).order_by(AuditEntry.id)).scalars().all()
    )
    assert actions == ["plan_added", "plan_renamed", "plan_archived", "plan_restored"]


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


def test_two_plans_of_a_venue_do_not_differ_by_the_case_of_their_names_alone(house: OpenHouse) -> None:
    add(house, hall("Small hall"))
    with pytest.raises(FieldRefused, match="already") as refused:
        add(house, hall("SMALL Hall"))
    assert "“Small hall”" in refused.value.fields["name"]
    other = add(house, hall("Great hall")).plan
    with pytest.raises(FieldRefused):
        house.database.transact(rename_plan, house.small.manager, other, "small HALL")
    assert house.database.transact(rename_plan, house.small.manager, other, "GREAT hall").name == "GREAT hall"
