from __future__ import annotations

import pytest

from pos_app.domain.seats import MapState
from pos_app.services.seats.map_data import SeatClaim
from pos_app.ui.seat_map.model.board import PENDING, RETURNED, SeatBoard
from tests.ui.seat_map.plans import all_states, changed_states

FREE, MINE, HELD, SOLD = MapState.FREE, MapState.MINE, MapState.HELD, MapState.SOLD


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def board(clock: Clock) -> SeatBoard:
    board = SeatBoard(4, clock)
    board.take(all_states([FREE, HELD, SOLD, FREE], {1: SeatClaim("Till 2", 250.0)}))
    return board


def test_only_seats_that_look_different_are_told(board: SeatBoard) -> None:
    assert board.take(changed_states({0: MINE, 2: SOLD})).tolist() == [0]
    assert board.take(all_states([MINE, FREE, SOLD, FREE])).tolist() == [1]


def test_a_claim_counts_down_and_then_frees_the_seat(board: SeatBoard, clock: Clock) -> None:
    clock.now += 100
    assert board.claim_of(1) == SeatClaim("Till 2", 150.0)
    assert board.age().tolist() == []
    clock.now += 151
    assert board.age().tolist() == [1]
    assert board.state_of(1) is FREE
    assert board.claim_of(1) is None


def test_a_claim_without_an_end_stays(board: SeatBoard, clock: Clock) -> None:
    board.take(changed_states({3: HELD}, {3: SeatClaim("Reservation Novak", None)}))
    clock.now += 1_000_000
    assert board.age().tolist() == [1]
    assert board.state_of(3) is HELD


def test_a_claim_that_became_a_sale_does_not_age(board: SeatBoard, clock: Clock) -> None:
    board.take(changed_states({1: SOLD}))
    clock.now += 251
    assert board.age().tolist() == []
    assert board.state_of(1) is SOLD


def test_an_extended_claim_counts_anew(board: SeatBoard, clock: Clock) -> None:
    board.take(changed_states({1: HELD}, {1: SeatClaim("Till 2", 500.0)}))
    clock.now += 300
    assert board.age().tolist() == []
    assert board.state_of(1) is HELD


def test_a_pending_seat_waits_for_an_answer(board: SeatBoard) -> None:
    assert board.mark_pending([0, 3], pending=True).tolist() == [0, 3]
    assert board.looks.tolist() == [PENDING, HELD, SOLD, PENDING]
    assert board.state_of(0) is FREE
    assert board.take(changed_states({0: MINE})).tolist() == [0]
    assert board.looks.tolist() == [MINE, HELD, SOLD, PENDING]


def test_a_row_told_twice_does_not_answer_a_pending_seat(board: SeatBoard) -> None:
    board.mark_pending([0], pending=True)
    assert board.take(changed_states({0: FREE})).tolist() == []
    assert board.is_pending(0)


def test_a_refused_seat_is_no_longer_pending(board: SeatBoard) -> None:
    board.mark_pending([0], pending=True)
    assert board.mark_pending([0], pending=False).tolist() == [0]
    assert board.looks[0] == FREE


def test_changes_of_another_performance_are_dropped(board: SeatBoard) -> None:
    assert board.take(changed_states({0: SOLD}, performance=2)).tolist() == []
    assert board.state_of(0) is FREE


def test_another_performance_forgets_what_was_pending_and_claimed(board: SeatBoard) -> None:
    board.mark_pending([0], pending=True)
    board.take(all_states([FREE, FREE, FREE, FREE], performance=2))
    assert not board.is_pending(0)
    assert board.claim_of(1) is None


def test_states_of_another_plan_are_refused(board: SeatBoard) -> None:
    with pytest.raises(ValueError, match="3 states for a plan of 4 seats"):
        board.take(all_states([FREE, FREE, FREE]))


def test_sold_seats_are_shown_as_the_customers_own_until_others_are(board: SeatBoard) -> None:
    board.take(changed_states({3: SOLD}))
    assert board.mark_own([2], [3]).tolist() == [2, 3]
    assert board.looks.tolist() == [FREE, HELD, RETURNED, MINE]
    assert (board.own_look_of(2), board.own_look_of(3), board.own_look_of(0)) == (RETURNED, MINE, 0)
    assert board.states.tolist() == [FREE, HELD, SOLD, SOLD]
    # Somebody else's change of it is seen all the same.
    assert board.take(changed_states({2: FREE})).tolist() == [2]
    assert board.mark_own([], []).tolist() == [3]
