from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import PerformanceSeat, WaitingEntry, WaitingOffer
from pos_app.domain.waiting.passing import PassedOver, PassOver
from pos_app.services.server_time import load_server_time
from pos_app.services.waiting import keeping_up
from pos_app.services.waiting.keeping_up import end_waits, list_unserved, serve_again
from pos_app.services.waiting.listing import read_entry
from pos_app.workers.housekeeping import HoldExpiry
from tests.services.stories import change_performance
from tests.waiting import guards, offered, open_waiting, party, refund_seats, sell_out, state_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey
    from tests.houses import OpenHouse


def set_free(house: OpenHouse, seat: SeatKey, guard: int) -> None:
    """Leave a seat free as a pass does that could not lock it, or whose taker has turned back."""
    change = (
        update(PerformanceSeat)
        .where(PerformanceSeat.performance_id == seat.performance_id, PerformanceSeat.seat_id == seat.seat_id)
        .values(state="free", order_line_id=None, guarded=guard, changed_at=utc_now())
    )
    house.database.transact(lambda session: session.execute(change))


def test_a_wait_that_is_over_is_over_and_told_once(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    letters: list[int] = []
    monkeypatch.setattr(keeping_up, "tell_waiting_ended", lambda _session, one: letters.append(one))
    sale = sell_out(house)[0]
    until = house.database.read(load_server_time) + timedelta(hours=1)
    first, second = party(house, 1, until=until), party(house, 1)
    assert house.database.transact(end_waits) == 0

    def pass_the_time(session: Session) -> None:
        session.execute(update(WaitingEntry).where(WaitingEntry.id == first.entry_id).values(until=utc_plus(-1)))

    house.database.transact(pass_the_time)
    refund_seats(house, sale, [house.small.seat(1, 3)])
    assert (offered(house, first), len(offered(house, second))) == ((), 1), "before housekeeping has come, too"
    assert [house.database.transact(end_waits) for _ in range(2)] == [1, 0]
    now = house.database.read(read_entry, first.entry_id)
    assert (state_of(house, first), now.passed_over) == ("left", PassedOver(PassOver.OVER, until=now.until).written())
    assert letters == [first.entry_id]


@pytest.mark.parametrize("guard", [1, 2, 0])
def test_a_seat_that_a_pass_had_to_leave_is_found_and_served(house: OpenHouse, guard: int) -> None:
    sell_out(house)
    sell_out(house, house.small.gala_id)
    entry = party(house, 1)
    party(house, 1, performance_id=house.small.gala_id)
    assert house.database.read(list_unserved) == ()
    set_free(house, house.small.seat(1, 3), guard)
    assert house.database.read(list_unserved) == (house.small.performance_id,)
    assert HoldExpiry(house.database).keep_up_once() == 1
    assert offered(house, entry) == (house.small.seat(1, 3),)
    assert house.database.read(list_unserved) == ()


def test_where_nobody_waits_a_guarded_seat_goes_on_sale_and_one_on_sale_is_left_alone(house: OpenHouse) -> None:
    open_waiting(house)
    assert house.database.read(list_unserved) == ()
    set_free(house, house.small.seat(1, 3), 1)
    assert house.database.read(list_unserved) == (house.small.performance_id,)
    assert house.database.transact(serve_again, house.small.performance_id) == 0
    assert guards(house)[house.small.seat_id(1, 3)] == ("free", 2)


def test_what_fits_nobody_and_what_is_over_is_not_looked_at_again(house: OpenHouse) -> None:
    sell_out(house)
    party(house, 2)
    set_free(house, house.small.seat(1, 3), 2)
    assert house.database.read(list_unserved) == ()
    change_performance(house, starts_at=utc_plus(-7200), ends_at=utc_plus(-3600))
    set_free(house, house.small.seat(1, 3), 1)
    assert house.database.read(list_unserved) == ()


def test_two_workers_at_once_lapse_an_offer_once(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    first, second = party(house, 1), party(house, 1)
    refund_seats(house, sale, [house.small.seat(1, 3)])
    over = update(WaitingOffer).values(expires_at=utc_now())
    house.database.transact(lambda session: session.execute(over))
    one, other = HoldExpiry(house.database), HoldExpiry(house.database)
    assert sorted([one.run_once(), other.run_once()]) == [(0, 0), (0, 1)]
    assert (state_of(house, first), state_of(house, second)) == ("lapsed", "offered")
