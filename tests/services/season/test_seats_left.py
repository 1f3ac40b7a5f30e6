"""Counting seats of the performances that somebody looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Customer, WaitingEntry, WaitingList
from pos_app.domain.season.offers import SeatsLeft
from pos_app.domain.seats import ClaimKind, Guard, SeatState
from pos_app.domain.waiting.entries import EntryState
from pos_app.services.season.offers import list_performances
from pos_app.services.season.seats_left import count_left
from tests.services.stories import change_seat, hold, run_out, sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_what_anybody_can_take_now_is_left(house: OpenHouse) -> None:
    small = house.small
    sold(house, small.seats_of(1, (1, 2)))
    hold(house, [small.seat(1, 3)])
    run_out(house, hold(house, [small.seat(1, 4)]))
    change_seat(house, small.seat(1, 5), guarded=True)
    left = house.database.read(count_left, (small.gala_id, small.performance_id, 987_654))
    assert left == {
        small.performance_id: SeatsLeft(50, 46, sold=2, held=1, first_call=1),
        small.gala_id: SeatsLeft(50, 50),
        987_654: SeatsLeft(0, 0),
    }
    assert house.database.read(count_left, ()) == {}


def test_each_seat_is_counted_once_however_it_stands(house: OpenHouse) -> None:
    small = house.small
    sold(house, small.seats_of(1, (1, 2)))
    run_out(house, hold(house, small.seats_of(1, (3, 4))))
    change_seat(house, small.seat(1, 4), guarded=int(Guard.FIRST_CALL))
    hold(house, [small.seat(1, 5)])
    kinds = ClaimKind.RESERVATION, ClaimKind.OFFER, ClaimKind.OFFER, ClaimKind.HOUSE, ClaimKind.BLOCKED
    for number, kind in enumerate(kinds, 6):
        change_seat(house, small.seat(1, number), state=SeatState.CLAIMED, claim_kind=kind, claim_id=1)
    change_seat(house, small.seat(2, 1), guarded=int(Guard.FIRST_CALL))
    change_seat(house, small.seat(2, 2), guarded=int(Guard.FITS_NOBODY))
    counted = house.database.read(count_left, [small.performance_id])[small.performance_id]
    assert counted == SeatsLeft(50, 40, sold=2, held=1, reserved=1, offered=2, house=1, blocked=1, first_call=2)


def test_those_who_wait_are_counted_beside_the_seats(house: OpenHouse) -> None:
    small = house.small

    def wait(session: Session) -> None:
        ids = {"till_id": small.cashier.till_id, "staff_id": small.cashier.staff_id}
        customer = Customer(name="Anna Novak", created_at=utc_now())
        session.add(customer)
        session.flush()
        session.execute(insert(WaitingList).values(performance_id=small.performance_id, opened_at=utc_now()))
        for at, (seats, state, until) in enumerate(
            (
                (3, EntryState.WAITING, None),
                (4, EntryState.WAITING, utc_plus(60)),
                (9, EntryState.WAITING, utc_plus(-60)),
                (2, EntryState.OFFERED, None),
                (5, EntryState.LEFT, None),
            )
        ):
            session.execute(
                insert(WaitingEntry).values(
                    **ids,
                    request_id=f"r{at}",
                    code=f"c{at}",
                    performance_id=small.performance_id,
                    customer_id=customer.id,
                    seats=seats,
                    state=state,
                    until=until,
                    created_at=utc_now(),
                )
            )

    house.database.transact(wait)
    waiting, none = (house.database.read(count_left, [one])[one] for one in (small.performance_id, small.gala_id))
    assert (waiting.parties, waiting.wanted, waiting.list_open) == (2, 7, True)
    assert (none.parties, none.wanted, none.list_open) == (0, 0, False)


def test_the_list_counts_those_that_are_looked_at_and_says_so(house: OpenHouse) -> None:
    small = house.small
    sold(house, small.seats_of(1, (1, 2)))
    whole = house.database.read(list_performances)
    assert all(one.counted for one in whole)
    for wanted in ((), (small.gala_id,), (small.gala_id, small.performance_id, 987_654)):
        listed = house.database.read(list_performances, wanted)
        assert [one.performance_id for one in listed] == [one.performance_id for one in whole]
        assert {one.performance_id for one in listed if one.counted} == {*wanted} - {987_654}
        shown = {one.performance_id: (one.capacity, one.free) for one in listed if one.counted}
        assert shown == {one.performance_id: (one.capacity, one.free) for one in whole if one.performance_id in wanted}
