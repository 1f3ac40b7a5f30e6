"""The seats of an exchange: taken, handed from one line to another, and given back; and the basket that held them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.clock import seconds_until, utc_now
from pos_app.db.models import Hold, Performance
from pos_app.domain.selling.holds import read_places
from pos_app.services.orders.ledger_seats import free_sold, repoint
from pos_app.services.selling.taking import take_for_good
from pos_app.services.waiting.baskets import settle
from pos_app.services.waiting.serving import make_passes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.sentences import Sentence
    from pos_app.services.orders.exchanges.plan import ExchangePlan
    from pos_app.services.orders.ledger import EndedLine
    from pos_app.services.resale.reselling import Seller
    from pos_app.services.selling.holds import HoldRow


def move_seats(
    session: Session,
    plan: ExchangePlan,
    lines: Mapping[SeatKey, int],
    ended: Sequence[EndedLine],
    hold: HoldRow | None,
    advice: Sentence,
    listed: Collection[int],
    sellers: Mapping[SeatKey, Seller],
) -> None:
    """Hand the order's own seats to its new lines, take the others, and give back what is left.

    lines: the new ones, by seat. ended: as end_lines returned them. A seat returns to sale only before its performance
    begins, and if nobody came in for it. listed: the waiting lists that were written for it (begin_passes). sellers:
    see take_for_good. Raises SeatsTaken (with this advice), OrderChanged.
    """
    old = {line.seat: line.line_id for line in plan.ended}
    repoint(session, {seat: (line, lines[seat]) for seat, line in old.items() if seat in lines})
    if plan.taken and hold is not None:
        take_for_good(session, hold.id, {seat: lines[seat] for seat in plan.taken}, advice, sellers)
    left = {line.seat: line.line_id for line in ended if line.seat is not None and line.seat not in lines}
    used = {line.seat for line in ended if line.is_used}
    late = begun(session, {seat.performance_id for seat in left})
    free_sold(
        session,
        {seat: line for seat, line in left.items() if seat not in used and seat.performance_id not in late},
    )
    make_passes(session, listed)


def begun(session: Session, performance_ids: Collection[int]) -> frozenset[int]:
    """Return those of the performances that have begun, so that their seats do not return to sale."""
    late = select(Performance.id).where(
        Performance.id.in_(sorted(performance_ids)), seconds_until(Performance.starts_at) <= 0
    )
    return frozenset(session.execute(late).scalars())


def spend_hold(session: Session, hold: HoldRow, taken: Collection[SeatKey], order_id: int) -> None:
    """Close a basket whose seats an exchange is about to take; what else it holds is given back."""
    settle(session, hold.id, read_places(hold.places), taken, order_id=order_id, with_offers=hold.with_offers)
    session.execute(update(Hold).where(Hold.id == hold.id).values(closed_at=utc_now(), closed_as="exchanged"))
