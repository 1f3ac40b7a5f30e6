"""Seats on resale are bought, and neither reserved, kept back, taken over nor moved onto."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import PerformanceSeat
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.seats import ClaimKind, Guard
from pos_app.domain.sentences import say
from pos_app.services.season.kept_seats import keep_back
from pos_app.services.seats.reserved import reserve_seats
from pos_app.services.seats.returned import give_seats_back, returned_among, tell_holder, tell_returned
from pos_app.services.server_time import load_server_time
from tests.resale import returned, seat_row
from tests.services.orders.ledgers import live_lines
from tests.services.stories import hold, put_hold_back
from tests.waiting import sell_out

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_only_what_is_on_resale_is_among_the_returned_and_is_named(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seats = house.small.seats_of(1, [3, 4])
    returned(house, sale, seats[:1])

    assert house.database.read(returned_among, seats) == [seats[0]]
    assert house.database.read(tell_returned, seats[:1]) == (
        "On resale for a guest, to be sold and not to be kept: Stalls, row A, seat 3."
    )


def test_a_seat_on_resale_is_not_kept_back(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])
    draft = KeepDraft(ClaimKind.HOUSE, "Press", None, None)

    with pytest.raises(SeatsTaken, match="On resale for a guest"):
        house.database.transact(keep_back, house.small.manager, uuid4().hex, seat.performance_id, [seat.seat_id], draft)
    assert seat_row(house, seat).state == "free"


def test_a_seat_on_resale_is_not_reserved_from_a_basket(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])
    held = hold(house, [seat])

    def reserve(session: Session) -> None:
        until = load_server_time(session)
        reserve_seats(session, sale.order_id, held.hold_id, [seat], until, say("Nothing was reserved."))

    with pytest.raises(SeatsTaken, match="On resale for a guest"):
        house.database.transact(reserve)


def test_what_a_basket_has_is_not_given_back_until_its_time_is_over(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    line = live_lines(house, sale.order_id)[seat]
    returned(house, sale, [seat])
    held = hold(house, [seat])

    assert house.database.transact(give_seats_back, {seat: line}) == set()
    assert house.database.transact(give_seats_back, {seat: line + 1}) == set()
    assert "at Till 1 until" in house.database.read(tell_holder, seat, "UTC")
    put_hold_back(house, held.basket_key, made=2000, left=-10)
    assert house.database.transact(give_seats_back, {seat: line}) == {seat}


def test_what_somebody_waited_for_is_not_given_back_though_the_basket_is_over(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    line = live_lines(house, sale.order_id)[seat]
    returned(house, sale, [seat])
    hold(house, [seat])
    lapsed = (
        update(PerformanceSeat)
        .where(PerformanceSeat.performance_id == seat.performance_id, PerformanceSeat.seat_id == seat.seat_id)
        .values(claim_until=utc_plus(-10), guarded=int(Guard.FIRST_CALL))
    )
    house.database.transact(lambda session: session.execute(lapsed))

    assert house.database.transact(give_seats_back, {seat: line}) == set()
