"""What the server's clock says, and whether it was set back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from pos_app.db.clock import seconds_until, utc_now
from pos_app.db.models import AuditEntry, AuditHead
from pos_app.services.audit import till_chain

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def load_server_time(session: Session) -> datetime:
    """Return the server's time, UTC."""
    moment: datetime = session.execute(select(utc_now())).scalar_one()
    return moment


def load_clock_setback(session: Session, till_id: int) -> float:
    """Return by how many seconds the server's clock stands before the last audit entry of a till; 0 when it does not.

    A clock that was set back while no till was open is found out by this.
    """
    last = and_(AuditEntry.chain == AuditHead.chain, AuditEntry.seq == AuditHead.seq)
    ahead = session.execute(
        select(seconds_until(AuditEntry.recorded_at))
        .join_from(AuditHead, AuditEntry, last)
        .where(AuditHead.chain == till_chain(till_id))
    ).scalar_one_or_none()
    return max(0.0, float(ahead or 0.0))
