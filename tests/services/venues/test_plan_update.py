from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Price, Zone
from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.plan_part_edits import add_category, edit_category, put_area, remove_area, remove_category
from pos_app.domain.venues.plan_seat_edits import move_seats, remove_seats, rename_rows, set_category, set_kind
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.venues.plan_store import preview_change
from tests.services.venues.plan_stories import FLOOR, add_draft, findings, hall, inventory, opened, save, seat_ids

if TYPE_CHECKING:
    from tests.houses import OpenHouse


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
    first = add_draft(house, hall())
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
