"""The lines of an order that can still be given back, as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import seconds_until
from pos_app.db.models import OrderLine, Performance, Ticket, TicketPresence
from pos_app.domain.codes import grouped
from pos_app.domain.errors import RefundRefused
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.seats import SeatKey
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.refunds import RefundAsk


@dataclass(frozen=True, slots=True)
class LiveLine:
    """A line that stands. brought_minor: what it cost, and gives back.

    seat: None for a fee. has_begun: its performance has; is_used: somebody came in with its ticket; is_inside: and is
    there.
    """

    line_id: int
    kind: LineKind
    brought_minor: int
    seat: SeatKey | None = None
    has_begun: bool = False
    is_used: bool = False
    is_inside: bool = False

    @property
    def seat_returns(self) -> bool:
        """Tell whether its seat comes back on sale: before the start, and only if nobody came in with its ticket."""
        return self.seat is not None and not self.has_begun and not self.is_used


def load_live_lines(session: Session, order_id: int) -> dict[int, LiveLine]:
    """Return what stands of an order, by the ids of the lines."""
    rows = session.execute(
        select(
            OrderLine.id,
            OrderLine.kind,
            OrderLine.performance_id,
            OrderLine.seat_id,
            (OrderLine.price_minor - OrderLine.discount_minor).label("brought"),
            seconds_until(Performance.starts_at).label("until_start"),
            TicketPresence.entries,
            TicketPresence.inside,
        )
        .outerjoin(Performance, Performance.id == OrderLine.performance_id)
        .outerjoin(Ticket, Ticket.order_line_id == OrderLine.id)
        .outerjoin(TicketPresence, TicketPresence.ticket_id == Ticket.id)
        .where(OrderLine.order_id == order_id, OrderLine.state == LineState.LIVE)
        .order_by(OrderLine.id)
    )
    return {
        row.id: LiveLine(
            row.id,
            LineKind(row.kind),
            row.brought,
            None if row.seat_id is None else SeatKey(row.performance_id, row.seat_id),
            has_begun=row.until_start is not None and float(row.until_start) <= 0,
            is_used=bool(row.entries),
            is_inside=bool(row.inside),
        )
        for row in rows
    }


def require_paid(session: Session, line_ids: Collection[int], number: str) -> None:
    """Raise RefundRefused where one of these lines is reserved: nothing was paid for it."""
    reserved = select(OrderLine.id).where(OrderLine.id.in_(sorted(line_ids)), OrderLine.state == LineState.RESERVED)
    if session.execute(reserved.limit(1)).first() is not None:
        raise RefundRefused(
            say("Something chosen of order {number} is reserved and not paid yet.", number=grouped(number)),
            advice=say("Choose what is paid. Reserved seats are given back in the list of reservations."),
        )


def choose_lines(session: Session, ask: RefundAsk, number: str) -> tuple[LiveLine, ...]:
    """Return the lines that are asked for. Raises RefundRefused where there is none, or one cannot be given back."""
    wanted = sorted({*ask.line_ids, *ask.fee_line_ids})
    if not wanted:
        raise RefundRefused(say("Nothing is chosen to be given back."), advice=say("Choose tickets, or fees."))
    live = load_live_lines(session, ask.order_id)
    if any(line_id not in live for line_id in wanted):
        require_paid(session, wanted, number)
        raise RefundRefused(
            say("Order {number} has nothing more to give back of what was chosen.", number=grouped(number)),
            advice=say("It was given back or exchanged before, or is of another order. Look at the order once more."),
        )
    fees = {line_id for line_id in wanted if live[line_id].kind is LineKind.FEE}
    if fees != set(ask.fee_line_ids):
        raise RefundRefused(
            say("Fees are given back only where they are ticked."), advice=say("Tick the fees that go back.")
        )
    return tuple(live[line_id] for line_id in wanted)
