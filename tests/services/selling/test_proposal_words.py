from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.picking.proposals import NoSeatsTogether, Wish
from pos_app.domain.sentences import Sentence
from tests.services.selling.proposing import A, B, best
from tests.services.stories import sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_refusal_says_why_and_what_there_is_instead(house: OpenHouse) -> None:
    small = house.small
    sold(house, [small.seat(row, number) for row in (1, 2, 3) for number in (3, 8)])
    with pytest.raises(NoSeatsTogether) as refused:
        best(house, Wish(7, category=A, may_split=False))
    assert refused.value.message == "There are no 7 together in A."
    assert refused.value.advice == "There is 3 + 4 in Stalls, rows A and B, or 7 in B (Stalls, row D)."
    assert isinstance(refused.value.message, Sentence)
    assert isinstance(refused.value.advice, Sentence)
    assert refused.value.advice.template == "There is {first}, or {second}."
    split, elsewhere = refused.value.alternatives
    assert (split.category, split.split) == (A, True)
    assert (elsewhere.category, elsewhere.split) == (B, False)


def test_too_few_seats_of_a_category_are_counted(house: OpenHouse) -> None:
    small = house.small
    sold(house, [small.seat(row, number) for row in (1, 2, 3) for number in range(1, 11)][:-2])
    with pytest.raises(NoSeatsTogether, match=r"Only 2 seats are free in A\. There is 3 in B \(Stalls, row D\)\."):
        best(house, Wish(3, category=A))
