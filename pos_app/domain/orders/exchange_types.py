"""Who sits on the new seats of an exchange: who sat on the old ones, as far as their ticket type is sold there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pos_app.domain.orders.exchange_subject import OldSeat
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket_lines import BasketLine

_CHOSEN: Final = 0
"""No ticket type has this id: a person has chosen the type of such a seat."""


class TypesInTurn:
    """Hands the ticket types of what is given back to the new seats, one after the other.

    A type that a person chooses stays. chosen: seats whose types were chosen before.
    """

    def __init__(self, chosen: Iterable[SeatKey] = ()) -> None:
        self._turns: dict[SeatKey, int] = {}
        """Of each new seat the old line whose turn it took."""
        self._given: dict[SeatKey, int] = dict.fromkeys(chosen, _CHOSEN)
        """Of each new seat the type that it had without a person's choice."""

    def hand_out(self, new: Sequence[BasketLine], leaving: Sequence[OldSeat]) -> dict[SeatKey, int]:
        """Return the ticket types that new seats are to have now, only those that are others than before.

        new: in the order of their choosing. leaving: what is given back and not kept, by seat.
        """
        free = {line.line_id: line.ticket_type_id for line in leaving}
        seats = {line.seat for line in new}
        self._turns = {seat: turn for seat, turn in self._turns.items() if seat in seats and turn in free}
        self._given = {seat: given for seat, given in self._given.items() if seat in seats}
        for turn in self._turns.values():
            del free[turn]
        changes: dict[SeatKey, int] = {}
        for line in new:
            given = self._given.setdefault(line.seat, line.usual_type.ticket_type_id)
            now = line.ticket_type.ticket_type_id
            if line.seat in self._turns or not free:
                continue
            fitting = {kind.ticket_type_id for kind in line.choices} if given == now else {now}
            turn = next((one for one, kind in free.items() if kind in fitting), next(iter(free)))
            self._turns[line.seat], kind = turn, free.pop(turn)
            if given == now and kind != now and kind in fitting:
                changes[line.seat] = self._given[line.seat] = kind
        return changes
