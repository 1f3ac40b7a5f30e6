"""What is offered instead of proposals that were turned down, until there is nothing else like them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pos_app.domain.picking.proposals import NoProposal
from pos_app.domain.picking.rule import best_seats

if TYPE_CHECKING:
    from pos_app.domain.picking.house import PickingHouse
    from pos_app.domain.picking.proposals import Proposal, Wish


class NextBest(NamedTuple):
    """A proposal, or why there is none. again: all were turned down, and this is the best once more."""

    answer: Proposal | NoProposal
    again: bool = False


def next_best(house: PickingHouse, wish: Wish) -> NextBest:
    """Return the best seats among those that were not turned down (wish.without); after the last, the best of all.

    Where all can sit together, or without taking another wheelchair's place for companions, nothing less is offered.
    """
    best = best_seats(house, replace(wish, without=frozenset()))
    if not wish.without or isinstance(best, NoProposal):
        return NextBest(best)
    other = best_seats(house, wish if best.split else replace(wish, may_split=False))
    if isinstance(other, NoProposal) or (other.borrowed and not best.borrowed):
        return NextBest(best, again=True)
    return NextBest(other)
