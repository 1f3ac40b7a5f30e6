from __future__ import annotations

from dataclasses import replace

from hypothesis import event, given

from pos_app.domain.picking.next_best import next_best
from pos_app.domain.picking.proposals import NoProposal, Proposal, Wish
from pos_app.domain.picking.rule import best_seats
from tests.domain.picking.drawn_houses import drawn, house_of
from tests.domain.picking.small_houses import Model, models
from tests.domain.picking.wishes import WHEELS, many, seated, wishes


@many
@given(models(kinds=WHEELS), wishes)
def test_each_next_best_is_another_until_all_are_through(model: Model, wish: Wish) -> None:
    house = model.house()
    best = next_best(house, wish)
    assert best == (best_seats(house, wish), False)
    if isinstance(best.answer, NoProposal):
        assert next_best(house, replace(wish, without=frozenset({1, 2}))) == best or best.answer.alternatives
        return
    offered, rounds = set(best.answer.seats), 1
    while True:
        answer, again = next_best(house, replace(wish, without=frozenset(offered)))
        assert isinstance(answer, Proposal)
        if again:
            assert answer == best.answer
            break
        seated(model, answer)
        assert len(answer.seats) == wish.count
        assert not offered & set(answer.seats)
        assert answer.split <= best.answer.split
        assert not answer.borrowed
        offered |= set(answer.seats)
        rounds += 1
    event(f"{min(rounds, 5)} offers")


def test_who_can_sit_together_is_not_offered_to_sit_apart() -> None:
    rows = ["....xx", "..x..x"]
    house = house_of(rows)
    first = next_best(house, Wish(4)).answer
    assert isinstance(first, Proposal)
    assert drawn(rows, first.seats) == ["####xx", "..x..x"]
    assert next_best(house, Wish(4, without=frozenset(first.seats))) == (first, True)


def test_single_seats_left_over_are_judged_as_if_what_was_turned_down_is_given_back() -> None:
    rows = ["xx......xx"]
    first = next_best(house_of(rows), Wish(2)).answer
    assert isinstance(first, Proposal)
    assert drawn(rows, first.seats) == ["xx..##..xx"]
    other = next_best(house_of(rows), Wish(2, without=frozenset(first.seats))).answer
    assert isinstance(other, Proposal)
    assert drawn(rows, other.seats) == ["xx##....xx"]
