from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from pos_app.domain.picking.proposals import NoProposal, Proposal, Reason, Wish
from pos_app.domain.picking.rule import best_seats
from tests.domain.picking.small_houses import Model, models

if TYPE_CHECKING:
    import random

from tests.domain.picking.drawn_houses import drawn, house_of
from tests.domain.picking.wishes import WHEELS, many, seated, wishes


@many
@given(models(kinds=WHEELS), wishes)
def test_a_refusal_is_true_and_offers_what_is_free(model: Model, wish: Wish) -> None:
    answer = best_seats(model.house(), wish)
    if isinstance(answer, Proposal):
        return
    free = sum(chair.ordinary for chair in model.open_to(wish))
    event(answer.reason)
    assert answer.free == free
    assert (answer.reason is Reason.NOT_ENOUGH) == (free < wish.count)
    for other in answer.alternatives:
        chairs = seated(model, other)
        assert {chair.seat for chair in chairs if not chair.ordinary} == set(other.borrowed)
    everything = sum(chair.free and chair.ordinary for chair in model.chairs)
    if everything:
        assert answer.alternatives
    kept = [other for other in answer.alternatives if other.borrowed]
    sizes = {len(other.seats) for other in answer.alternatives if not other.borrowed}
    assert sizes <= {wish.count} or sizes == {everything}
    # Places of wheelchairs and companions are offered to others only where nothing else is free, and as few as can be.
    for other in kept:
        event("kept places")
        assert everything < wish.count == len(other.seats)
        assert len(kept) == 1


@pytest.mark.parametrize(
    ("rows", "count", "expected", "borrowed"),
    [
        (["xxxxxx", "xxWCxx"], 1, ["xxxxxx", "xxW#xx"], 1),
        (["xxxxxx", "xxWCxx"], 2, ["xxxxxx", "xx##xx"], 2),
        (["xx.xxx", "xxCCWx"], 2, ["xx.xxx", "xx##Wx"], 2),
        (["x...Cx", "x..CWx"], 5, ["x###Cx", "x##CWx"], 0),
    ],
)
def test_kept_places_are_given_to_others_only_where_nothing_else_is_free(
    rows: list[str], count: int, expected: list[str], borrowed: int
) -> None:
    answer = best_seats(house_of(rows), Wish(count))
    found = answer.alternatives[0] if isinstance(answer, NoProposal) else answer
    assert isinstance(answer, NoProposal) == bool(borrowed)
    assert drawn(rows, found.seats) == expected
    assert len(found.borrowed) == borrowed


@many
@given(models(kinds=WHEELS), wishes, st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_or_on_what_was_asked_before(
    model: Model, wish: Wish, chance: random.Random
) -> None:
    house = model.house()
    first = best_seats(house, wish)
    best_seats(house, Wish(3))
    assert best_seats(house, wish) == first
    order = list(range(len(model.chairs)))
    chance.shuffle(order)
    assert best_seats(model.house(order), wish) == first
