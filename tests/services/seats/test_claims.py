from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.db.clock import utc_plus
from pos_app.domain.errors import SeatsTaken
from pos_app.services.selling.holds import release_seats
from tests.services.stories import change_seat, hold, run_out, seat_row, sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_seat_of_a_basket_whose_time_is_over_is_taken_in_the_statement(house: OpenHouse) -> None:
    seat = house.small.seat(1, 1)
    old = hold(house, [seat])
    run_out(house, old)
    new = hold(house, [seat], actor=house.small.elsewhere(house.small.cashier))
    assert seat_row(house, seat).claim_id == new.hold_id
    house.database.transact(release_seats, old.basket_key)
    assert seat_row(house, seat).claim_id == new.hold_id, "the old basket gives back nothing that is not its own"


@pytest.mark.parametrize("kind", ["house", "blocked", "reservation", "offer"])
def test_seats_kept_back_are_refused_even_when_their_time_is_over(house: OpenHouse, kind: str) -> None:
    seat = house.small.seat(1, 1)
    change_seat(house, seat, state="claimed", claim_kind=kind, claim_id=1, claim_until=utc_plus(-60))
    with pytest.raises(SeatsTaken):
        hold(house, [seat])
    assert seat_row(house, seat).claim_kind == kind


@pytest.mark.parametrize("state", ["free", "lapsed"])
def test_a_seat_guarded_for_the_waiting_list_is_refused(house: OpenHouse, state: str) -> None:
    seat = house.small.seat(1, 1)
    if state == "lapsed":
        run_out(house, hold(house, [seat]))
    change_seat(house, seat, guarded=True)
    with pytest.raises(SeatsTaken):
        hold(house, [seat])


def test_a_sold_seat_is_refused(house: OpenHouse) -> None:
    seat = house.small.seat(1, 1)
    sold(house, [seat])
    with pytest.raises(SeatsTaken):
        hold(house, [seat])
