"""What a database holds, in numbers: how many rows each table has, and what a write may change of a row.

What a write must change is said as a difference of these numbers, so that nothing is doubled or lost unseen.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, case, func, select

from pos_app.db.base import Base
from pos_app.db.models import (
    AuditHead,
    CheckIn,
    Hold,
    Order,
    OrderLine,
    Payment,
    PerformanceSeat,
    PromoRedemption,
    PromoUsage,
    Refund,
    ReleaseRequest,
    Ticket,
    TicketPresence,
)
from pos_app.db.packing import words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


_SUMS: Final = {
    "seats claimed": _how_many(PerformanceSeat.state == "claimed"),
    "seats sold": _how_many(PerformanceSeat.state == "sold"),
    "holds closed": _how_many(Hold.closed_at.is_not(None)),
    "holds extended": _how_many(Hold.extended_at.is_not(None)),
    "orders void": _how_many(Order.state == "void"),
    "lines void": _how_many(OrderLine.state == "void"),
    "paid minor": func.sum(Payment.amount_minor),
    "given back minor": func.sum(Refund.amount_minor),
    "tickets void": _how_many(Ticket.voided_at.is_not(None)),
    "tickets live": _how_many(Ticket.live_seat_id.is_not(None)),
    "prints": func.sum(Ticket.issue_count),
    "prints that gates take": func.sum(TicketPresence.issue_count),
    "guests inside": _how_many(TicketPresence.inside.is_(True)),
    "entries": func.sum(TicketPresence.entries),
    "check-ins undone": _how_many(CheckIn.undone_at.is_not(None)),
    "promo code uses": func.sum(PromoUsage.uses),
    "redemptions undone": _how_many(PromoRedemption.undone_at.is_not(None)),
    "questions answered": _how_many(ReleaseRequest.answered_at.is_not(None)),
    "audit numbers": func.sum(AuditHead.seq),
}
_FACTS: Final = {
    **{name: select(func.count()).select_from(table) for name, table in Base.metadata.tables.items()},
    **{name: select(func.coalesce(total, 0)) for name, total in _SUMS.items()},
}
# In one text, because a driver takes its time with each column of an answer.
_ALL: Final = select(words(*(one.scalar_subquery() for one in _FACTS.values())))


def count_facts(session: Session) -> Counter[str]:
    """Count everything."""
    numbers = session.execute(_ALL).scalar_one().split()
    return Counter(dict(zip(_FACTS, map(int, numbers), strict=True)))


def change(before: Counter[str], after: Counter[str]) -> dict[str, int]:
    """Return what has changed, and by how much."""
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}
