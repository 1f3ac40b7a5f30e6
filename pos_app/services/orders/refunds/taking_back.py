"""Ending lines for good: their tickets void, their seats on sale again where they can be, uses of codes given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.orders.changes import ChangeKind
from pos_app.services.orders.ledger import end_lines
from pos_app.services.orders.ledger_seats import free_sold, lock_seats
from pos_app.services.orders.resale.taking_back import take_off_resale
from pos_app.services.promo_codes.shares import give_back_uses
from pos_app.services.waiting.serving import begin_passes, make_passes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.services.orders.ledger import EndedLine, OpenChange
    from pos_app.services.orders.live_lines import LiveLine


def take_back(session: Session, change: OpenChange, lines: Sequence[LiveLine]) -> tuple[EndedLine, ...]:
    """End lines of an order. A seat returns to sale only before the start, and if nobody came in with its ticket.

    A sale that is taken back within minutes frees its seats after the start, too: it was rung up wrongly. A seat that
    does not return stays sold to the line that ended. Whether a used ticket may go is the caller's to judge, by what is
    returned. What is on resale is taken off it first. Raises OrderChanged, ResaleRefused (somebody holds a seat).
    """
    is_void = change.kind is ChangeKind.VOID
    begun = {line.line_id for line in lines if line.has_begun and not is_void}
    seats = {line.seat for line in lines if line.seat is not None}
    lock_seats(session, seats)
    take_off_resale(session, change, [line.line_id for line in lines])
    # Tickets are locked behind the lists, and say which of the seats come free.
    listed = begin_passes(session, {seat.performance_id for seat in seats})
    ended = end_lines(session, change, [line.line_id for line in lines])
    free = {line.seat: line.line_id for line in ended if line.seat and not line.is_used and line.line_id not in begun}
    free_sold(session, free)
    make_passes(session, listed)
    give_back_uses(session, change.order_id)
    return ended
