from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import SeatsTaken
from pos_app.domain.seats import SeatKey
from pos_app.domain.sentences import Sentence
from tests.services.stories import change_seat, hold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_seat_kept_back_is_not_said_to_be_taken_by_somebody(house: OpenHouse) -> None:
    seat = house.small.seat(1, 1)
    change_seat(house, seat, state="claimed", claim_kind="house", claim_id=1)
    with pytest.raises(SeatsTaken, match="kept back"):
        hold(house, [seat])


def test_a_seat_that_does_not_exist_is_refused(house: OpenHouse) -> None:
    with pytest.raises(SeatsTaken):
        hold(house, [SeatKey(house.small.performance_id, 987_654)])


def test_few_seats_that_are_gone_are_named_and_more_are_counted(house: OpenHouse) -> None:
    hold(house, house.small.seats_of(1, (1, 2, 3, 4)))
    for numbers, told in (
        ((1,), "Stalls, row A, seat 1 was just taken by somebody else."),
        ((1, 2), "These seats were just taken by somebody else: Stalls, row A, seat 1; Stalls, row A, seat 2."),
        ((1, 2, 3, 4), "4 of these seats were just taken by somebody else."),
    ):
        with pytest.raises(SeatsTaken) as refused:
            hold(house, house.small.seats_of(1, numbers))
        assert refused.value.message == told
        assert isinstance(refused.value.message, Sentence)
