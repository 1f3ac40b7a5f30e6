"""What the server's clock says, and whether it was set back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.db.models import AuditEntry, AuditHead, Performance
from pos_app.domain.season.evenings import ASSUMED_LENGTH, LONGEST_RUN
from pos_app.services.audit import till_chain

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


def load_server_time(session: Session) -> datetime:
    """Return the server's time, UTC."""
    moment: datetime = session.execute(select(utc_now())).scalar_one()
    return moment


def not_over(after: timedelta = timedelta()) -> ColumnElement[bool]:
    """Tell, in a statement, which performances are to come, or under way, or were over so short a time ago.

    One without an end is over when an evening is taken to be.
    """
    begun = Performance.starts_at > _ago(ASSUMED_LENGTH + after)
    # Nothing lasts longer than a year, so an index of beginnings leaves the years before unread.
    lasting = and_(Performance.ends_at > _ago(after), Performance.starts_at > _ago(LONGEST_RUN + after))
    return or_(lasting, and_(Performance.ends_at.is_(None), begun))


def to_come() -> ColumnElement[bool]:
    """Tell, in a statement, which performances begin yet, or are under way and have an end."""
    return or_(Performance.starts_at > utc_now(), Performance.ends_at > utc_now())


def _ago(span: timedelta) -> utc_plus:
    return utc_plus(-int(span.total_seconds()))


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
