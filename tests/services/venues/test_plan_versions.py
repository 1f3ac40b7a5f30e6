from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import OrderLine, Ticket
from pos_app.domain.editing import ChangedMeanwhile
from pos_app.domain.selling.sales import VoidRequest
from pos_app.domain.venues.plan_seat_edits import remove_seats, set_category
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.venues.plan_catalogue import list_plans, sold_on
from tests.services.venues.plan_stories import findings, inventory, opened, plan_of, save, seat_ids, sell_row
from tests.small_house import allow

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def is_sold_on(house: OpenHouse) -> bool:
    return house.database.read(sold_on, [house.small.plan_id]) == {house.small.plan_id}


def test_a_plan_that_was_sold_on_gets_a_new_version_and_sold_evenings_go_over(house: OpenHouse) -> None:
    sold = sell_row(house, 1, [3, 4])
    sell_row(house, 2, [5], house.small.gala_id)
    before = opened(house)
    assert is_sold_on(house)
    wanted = set_category(remove_seats(before.draft, {"1-1", "5-2"}), {"3-3"}, "B")
    saved = save(house, before, wanted)
    assert saved.new_version
    assert set(saved.moved) == {house.small.performance_id, house.small.gala_id}, "not the one that has begun"
    assert (saved.opened.plan.version, saved.opened.draft) == (2, wanted)
    assert opened(house).draft == before.draft, "the old version is as it was"
    assert [plan_of(house, one) for one in house.small.performance_ids] == [
        saved.opened.plan.plan_id,
        saved.opened.plan.plan_id,
        house.small.plan_id,
    ]
    assert inventory(house, house.small.performance_id) == 48
    new_ids = seat_ids(house, saved.opened.plan.plan_id)
    tickets = house.database.read(
        lambda s: s.execute(select(Ticket.live_seat_id).where(Ticket.id.in_(sold.ticket_ids))).scalars().all()
    )
    assert set(tickets) == {new_ids["1-3"], new_ids["1-4"]}
    assert findings(house) == ""


def test_an_order_of_the_old_version_may_be_voided_on_the_new_one(house: OpenHouse) -> None:
    sale = sell_row(house, 1, [3])
    before = opened(house)
    save(house, before, remove_seats(before.draft, {"1-1"}))
    request = VoidRequest("v", sale.order_id, "wrong day", house.database.transact(allow, house.small))
    house.database.transact(void_order, house.small.cashier, request)
    assert findings(house) == ""


def test_a_void_line_of_a_seat_that_is_gone_keeps_its_old_name(house: OpenHouse) -> None:
    sale = sell_row(house, 1, [3])
    request = VoidRequest("v", sale.order_id, "wrong day", house.database.transact(allow, house.small))
    house.database.transact(void_order, house.small.cashier, request)
    before = opened(house)
    assert is_sold_on(house), "a sale that was taken back names its seat for ever"
    saved = save(house, before, remove_seats(before.draft, {"1-3"}))
    assert saved.new_version
    line = house.database.read(lambda s: s.execute(select(OrderLine.seat_id)).scalar_one())
    assert line == house.small.seat_id(1, 3)
    assert findings(house) == ""


def test_the_second_manager_is_shown_the_new_version(house: OpenHouse) -> None:
    sell_row(house, 1, [3])
    before = opened(house)
    wanted = remove_seats(before.draft, {"1-1"})
    saved = save(house, before, wanted)
    again = save(house, before, wanted)
    assert again.opened == saved.opened
    assert set(again.moved) == set(saved.moved)
    with pytest.raises(ChangedMeanwhile) as told:
        save(house, before, remove_seats(before.draft, {"1-2"}))
    assert told.value.current == saved.opened
    assert told.value.changes[0].field == "version"
    versions = house.database.read(list_plans, house.small.manager, house.small.venue_id)
    assert [(one.version, one.newest, one.performances) for one in versions] == [(2, True, 2), (1, False, 1)]
