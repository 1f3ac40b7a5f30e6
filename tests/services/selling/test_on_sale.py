from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Performance
from pos_app.domain.errors import NotFound, NotOnSale, NotPermitted, SaleAfterStart
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import SaleLine
from pos_app.services.selling.holds import extend_hold
from pos_app.services.selling.quotes import confirm_basket
from pos_app.services.selling.sales import sell
from tests.services.selling.refusals import refused
from tests.services.stories import cash_request, change_performance, change_staff, hold, priced, put_hold_back

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_performance_that_does_not_exist_is_refused(house: OpenHouse) -> None:
    with pytest.raises(NotFound):
        hold(house, [SeatKey(987_654, house.small.seat_id(1, 1))])


def test_a_cancelled_performance_is_not_sold(house: OpenHouse) -> None:
    change_performance(house, state="cancelled")
    with pytest.raises(NotOnSale, match="cancelled"):
        hold(house, [house.small.seat(1, 1)])


def test_nothing_is_held_outside_the_time_of_sale(house: OpenHouse) -> None:
    change_performance(house, on_sale_at=utc_plus(60))
    with pytest.raises(NotOnSale, match="not on sale yet"):
        hold(house, [house.small.seat(1, 1)])
    change_performance(house, on_sale_at=utc_plus(-60), off_sale_at=utc_plus(-1))
    with pytest.raises(NotOnSale, match="no longer"):
        hold(house, [house.small.seat(1, 1)])


def test_a_sale_after_the_start_asks_first(house: OpenHouse) -> None:
    late = house.small.seat(1, 1, house.small.begun_id)
    with pytest.raises(SaleAfterStart):
        hold(house, [late])
    assert hold(house, [late], after_start=True).seats == (late,)


def test_a_door_steward_may_not_hold_seats(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        hold(house, [house.small.seat(1, 1)], actor=house.small.steward)


@pytest.mark.parametrize("left", [{"active": False}, {"deleted_at": utc_now()}])
def test_somebody_who_left_may_neither_hold_nor_extend(house: OpenHouse, left: dict[str, object]) -> None:
    small = house.small
    held = hold(house, [small.seat(1, 1)])
    change_staff(house, small.cashier, **left)
    with pytest.raises(NotPermitted):
        hold(house, [small.seat(1, 2)])
    with pytest.raises(NotPermitted):
        house.database.transact(extend_hold, small.cashier, held.basket_key, request_id="ask", reason="why not")


def test_a_person_unknown_to_the_database_may_not_hold(house: OpenHouse) -> None:
    from dataclasses import replace

    with pytest.raises(NotPermitted):
        hold(house, [house.small.seat(1, 1)], actor=replace(house.small.cashier, staff_id=4711))


def test_a_deleted_performance_is_not_sold(house: OpenHouse) -> None:
    gone = update(Performance).where(Performance.id == house.small.performance_id).values(deleted_at=utc_now())
    house.database.transact(lambda session: session.execute(gone))
    with pytest.raises(NotOnSale):
        hold(house, [house.small.seat(1, 1)])


def test_a_basket_held_before_the_end_of_the_sale_is_paid_while_its_time_runs(house: OpenHouse) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    request = cash_request(house, held)
    put_hold_back(house, held.basket_key, made=60, left=840)
    change_performance(house, off_sale_at=utc_plus(-30))
    with pytest.raises(NotOnSale, match="no longer"):
        hold(house, [house.small.seat(1, 2)])
    house.database.read(confirm_basket, house.small.cashier, request)
    assert house.database.transact(sell, house.small.cashier, request).total_minor == 4000


def test_neither_one_held_after_the_end_nor_one_that_ran_out_is_paid(house: OpenHouse) -> None:
    late, over = hold(house, [house.small.seat(1, 1)]), hold(house, [house.small.seat(1, 2)])
    requests = [cash_request(house, late), cash_request(house, over)]
    put_hold_back(house, late.basket_key, made=20, left=880)
    put_hold_back(house, over.basket_key, made=910, left=-10)
    change_performance(house, off_sale_at=utc_plus(-30))
    for request in requests:
        refused(house, request, NotOnSale, "no longer on sale")


def test_a_seat_that_such_a_basket_does_not_hold_does_not_slip_in(house: OpenHouse) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    request = cash_request(house, held)
    put_hold_back(house, held.basket_key, made=60, left=840)
    change_performance(house, off_sale_at=utc_plus(-30))
    more = (*request.lines, SaleLine(house.small.seat(1, 2), house.small.adult_id))
    refused(house, priced(house, request, lines=more), NotOnSale, "no longer on sale")


def test_one_that_was_held_in_time_is_not_paid_once_the_evening_is_cancelled(house: OpenHouse) -> None:
    held = hold(house, [house.small.seat(1, 1)])
    request = cash_request(house, held)
    put_hold_back(house, held.basket_key, made=60, left=840)
    change_performance(house, off_sale_at=utc_plus(-30), state="cancelled")
    refused(house, request, NotOnSale, "cancelled")
