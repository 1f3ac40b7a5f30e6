from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.venues.plan_numbers import Numbering
from pos_app.domain.venues.plan_records import HindranceKind, PlanInUse
from pos_app.domain.venues.plan_seat_edits import move_seats, remove_seats, rename_rows, renumber
from pos_app.services.selling.holds import place_hold
from pos_app.services.venues.plan_catalogue import list_plans
from pos_app.services.venues.plan_store import preview_change
from tests.services.venues.plan_stories import findings, opened, plan_of, save, sell_row

if TYPE_CHECKING:
    from tests.houses import OpenHouse


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


def test_a_seat_with_a_live_ticket_is_not_removed_and_the_order_is_named(house: OpenHouse) -> None:
    sale = sell_row(house, 1, [3, 4])
    before = opened(house)
    wanted = remove_seats(before.draft, {"1-3", "1-9"})
    change = house.database.read(preview_change, house.small.manager, before, wanted)
    assert change.new_version
    movable = [one.performance_id for one in change.performances if not one.hindrances]
    assert movable == [house.small.gala_id]
    number = f"{sale.number[:4]}-{sale.number[4:]}"
    with pytest.raises(PlanInUse, match=rf"row A, seat 3 \(order {number}\) would be gone") as refused:
        save(house, before, wanted)
    assert [one.kind for one in refused.value.moves[0].hindrances] == [HindranceKind.REMOVED]
    assert len(house.database.read(list_plans, house.small.manager)) == 1, "nothing was saved"
    assert save(house, before, wanted, movable).moved == (house.small.gala_id,)
    assert plan_of(house, house.small.performance_id) == house.small.plan_id, "the sold one stays"
    assert findings(house) == ""


def test_a_sold_seat_is_not_called_otherwise_than_its_ticket_says(house: OpenHouse) -> None:
    sell_row(house, 1, [3])
    before = opened(house)
    row = before.draft.zones[0].rows[0].guid
    for wanted in (
        renumber(before.draft, {"1-3"}, Numbering.LEFT_TO_RIGHT, first=33),
        rename_rows(before.draft, {row: "X"}),
    ):
        with pytest.raises(PlanInUse, match="would be called otherwise"):
            save(house, before, wanted)
    assert save(house, before, renumber(before.draft, {"1-4"}, Numbering.LEFT_TO_RIGHT, first=44)).new_version
