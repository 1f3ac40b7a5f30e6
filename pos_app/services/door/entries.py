"""When somebody came in with a ticket before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from pos_app.db.clock import seconds_until
from pos_app.db.models import CheckIn
from pos_app.domain.door.check_in import Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """When and where somebody came in with a ticket: at which gate, past which machine."""

    check_in_id: int
    at: datetime
    gate: str
    till_id: int
    seconds_ago: float


def look_for_entry(session: Session, ticket_id: int, *, before: int) -> Entry | None:
    """Return the last time that somebody came in with a ticket before that scan, as it could be seen then."""
    scan = select(CheckIn.created_at).where(CheckIn.id == before).scalar_subquery()
    row = session.execute(
        select(
            CheckIn.id,
            CheckIn.created_at,
            CheckIn.gate,
            CheckIn.till_id,
            seconds_until(CheckIn.created_at).label("until"),
        )
        .where(
            CheckIn.ticket_id == ticket_id,
            CheckIn.id < before,
            CheckIn.verdict == Verdict.ADMITTED,
            or_(CheckIn.undone_at.is_(None), CheckIn.undone_at > scan),
        )
        .order_by(CheckIn.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Entry(row.id, row.created_at, row.gate, row.till_id, -float(row.until))
