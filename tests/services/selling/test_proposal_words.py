from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from pos_app.db.models import Seat
from pos_app.domain.picking.proposals import NoSeatsTogether, Wish
from pos_app.domain.sentences import Sentence
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.selling.proposal_words import tell_borrowed
from tests.services.selling.proposing import A, B, best
from tests.services.stories import sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_a_refusal_says_why_and_what_there_is_instead(house: OpenHouse) -> None:
    small = house.small
    sold(house, [small.seat(row, number) for row in (1, 2, 3) for number in (3, 8)])
    with pytest.raises(NoSeatsTogether) as refused:
        best(house, Wish(7, category=A, may_split=False))
    assert refused.value.message == "There are no 7 together in A."
    assert refused.value.advice == "There are 3 + 4 in Stalls, rows A and B, or 7 in B (Stalls, row D)."
    assert isinstance(refused.value.message, Sentence)
    assert isinstance(refused.value.advice, Sentence)
    assert refused.value.advice.many == "There are {first}, or {second}."
    split, elsewhere = refused.value.alternatives
    assert (split.category, split.split) == (A, True)
    assert (elsewhere.category, elsewhere.split) == (B, False)


def test_what_is_kept_for_another_wheelchair_is_named(house: OpenHouse) -> None:
    small = house.small

    def make_pair(session: Session) -> None:
        for number, kind in ((1, "wheelchair"), (2, "companion")):
            session.execute(update(Seat).where(Seat.id == small.seat_id(5, number)).values(kind=kind))

    house.database.transact(make_pair)
    free = {(5, 1), (5, 2), (5, 9), (5, 10)}
    every = {(row, number) for row in range(1, 6) for number in range(1, 11)}
    sold(house, [small.seat(*spot) for spot in sorted(every - free)])
    held = best(house, Wish(3, wheelchairs=1, companions=2))
    plan = house.database.read(load_plan, small.plan_id)
    (borrowed,) = held.proposal.borrowed
    assert borrowed in {small.seat_id(5, 2), small.seat_id(5, 10)}
    told = tell_borrowed(plan, held.proposal)
    assert told.startswith("Nothing else is free: Stalls, row E, seat ")
    assert told.endswith(" is kept for the companion of another wheelchair.")
    assert not tell_borrowed(plan, replace(held.proposal, borrowed=()))


def test_too_few_seats_of_a_category_are_counted(house: OpenHouse) -> None:
    small = house.small
    sold(house, [small.seat(row, number) for row in (1, 2, 3) for number in range(1, 11)][:-2])
    with pytest.raises(NoSeatsTogether, match=r"Only 2 seats are free in A\. There are 3 in B \(Stalls, row D\)\."):
        best(house, Wish(3, category=A))


def test_one_seat_elsewhere_is_told_as_one(house: OpenHouse) -> None:
    small = house.small
    sold(house, [small.seat(row, number) for row in (1, 2, 3) for number in range(1, 11)])
    with pytest.raises(NoSeatsTogether, match=r"There is 1 in B \(Stalls, row D\)\."):
        best(house, Wish(1, category=A))
