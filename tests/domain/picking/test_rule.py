from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import event, given
from hypothesis import strategies as st

from pos_app.domain.picking.proposals import Proposal, Reason, Wish
from pos_app.domain.picking.rule import best_seats
from tests.domain.picking.small_houses import Model, models

if TYPE_CHECKING:
    import random

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
        assert all(chair.ordinary for chair in chairs)
    everything = sum(chair.free and chair.ordinary for chair in model.chairs)
    assert bool(answer.alternatives) == bool(everything)
    sizes = {len(other.seats) for other in answer.alternatives}
    assert sizes <= {wish.count} or sizes == {everything}


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
