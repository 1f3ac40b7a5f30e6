"""The seats of an order that a customer gives back for others, as a till shows them; and what was made of them.

Amounts in minor units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.selling.sales import PaymentMethod, Sale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos_app.domain.orders.exchanges import ExchangeDone
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.seats import Place, SeatKey
    from pos_app.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class OldSeat:
    """One live line of the order. position: its place within its row; brought_minor: what it cost, without fees.

    ticket_type: its name.
    """

    line_id: int
    seat: SeatKey
    place: Place
    category_id: int
    category: str
    position: int | None
    ticket_type_id: int
    ticket_type: str
    brought_minor: int


@dataclass(frozen=True, slots=True)
class ExchangeSubject:
    """An order and what is given back of it. revision: of the order as it was looked at.

    offers: what the performances of these seats are sold for now; one that was deleted meanwhile has none.
    """

    order_id: int
    number: str
    revision: int
    currency: str
    customer_name: str
    lines: tuple[OldSeat, ...]
    offers: Mapping[int, PerformanceOffer]

    @property
    def line_ids(self) -> tuple[int, ...]:
        """The lines that are given back."""
        return tuple(line.line_id for line in self.lines)

    @property
    def brought_minor(self) -> int:
        """What all of them cost, without fees."""
        return sum(line.brought_minor for line in self.lines)

    def line_on(self, seat: SeatKey) -> OldSeat | None:
        """Return the line of a seat, None where it is none of these."""
        return next((line for line in self.lines if line.seat == seat), None)


@dataclass(frozen=True, slots=True)
class ExchangeAnew:
    """An exchange after somebody else changed its order. subject: what is left of it, perhaps no line at all.

    gone: which of its seats are live no more, and who did what.
    """

    subject: ExchangeSubject
    gone: tuple[Sentence, ...] = ()


def as_sale(order_id: int, done: ExchangeDone, method: PaymentMethod | None) -> Sale:
    """Return an exchange as what is shown and printed after a sale: what was paid for it, and its new tickets.

    method: how the difference was paid; None: nothing was.
    """
    way = method or next((part.method for part in done.parts), PaymentMethod.FREE)
    paid = max(0, done.difference_minor)
    return Sale(order_id, done.number, paid, done.change_minor, done.currency, way, done.ticket_ids, done.waits)
