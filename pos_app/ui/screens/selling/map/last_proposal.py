"""The seats that best seats have taken last, which the key once more replaces; and who then sits where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.domain.picking.proposals import Proposal, Wish
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.basket_lines import BasketLine
    from pos_app.services.selling.best_seats import HeldBest


@dataclass(frozen=True, slots=True)
class LastProposal:
    """What was asked for and taken. seats: those of it that are in the basket still, and were never given back.

    seen: all the seats that were proposed for this wish so far.
    """

    performance_id: int
    wish: Wish
    seats: tuple[SeatKey, ...]
    seen: frozenset[int]

    def still_in(self, basket: Basket) -> LastProposal | None:
        """Return what a basket has of it still; None where that is nothing."""
        kept = tuple(seat for seat in self.seats if basket.holds(seat))
        return replace(self, seats=kept) if kept else None

    def turned_down(self, wish: Wish) -> frozenset[int]:
        """Return what need not be offered again; another wish begins anew."""
        return self.seen if wish == self.wish else frozenset()


def seat_guests(basket: Basket, given: Iterable[BasketLine], held: HeldBest) -> None:
    """Let those who lose their seats sit on the new ones with their ticket types, each on a place of the same kind."""
    types: defaultdict[str, list[int]] = defaultdict(list)
    for line in given:
        types[line.place.kind].append(line.ticket_type.ticket_type_id)
    taken = set(held.placed.taken)
    for line in list(basket.lines):
        if line.seat in taken and types[line.place.kind]:
            basket.change_type(line.seat, types[line.place.kind].pop(0))
    charge_borrowed(basket, held.placed.taken, held.proposal)


def charge_borrowed(basket: Basket, seats: Iterable[SeatKey], proposal: Proposal) -> None:
    """Let who sits on a place that is kept for others pay as on any seat."""
    borrowed = {seat for seat in seats if seat.seat_id in proposal.borrowed}
    for line in list(basket.lines):
        if line.seat in borrowed:
            usual = next((kind for kind in line.choices if not kind.seat_kind), None)
            if usual is not None:
                basket.change_type(line.seat, usual.ticket_type_id)
