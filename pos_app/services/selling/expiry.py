"""Giving back the seats of holds whose time is over: housekeeping, safe on every till at once.

Correctness never depends on it: a lapsed hold counts as free in every statement that takes a seat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Hold
from pos_app.domain.selling.holds import read_places
from pos_app.services.waiting.baskets import give_back

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BATCH: Final = 200
GRACE_SECONDS: Final = 2
"""A hold is left alone this long after its end, so that a sale under way is not disturbed."""


@dataclass(frozen=True, slots=True)
class ExpiredHolds:
    """holds: how many were closed; seats: how many were given back; more: whether there may be others."""

    holds: int
    seats: int
    more: bool


def expire_holds(session: Session, *, limit: int = BATCH) -> ExpiredHolds:
    """Close a batch of holds whose time is over, and give their seats back."""
    due = session.execute(
        select(Hold.id, Hold.places, Hold.with_offers)
        .where(Hold.closed_at.is_(None), Hold.expires_at < utc_plus(-GRACE_SECONDS))
        .order_by(Hold.expires_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    holds = [hold.id for hold in due]
    places = {seat for hold in due for seat in read_places(hold.places)}
    seats = give_back(session, holds, places, with_offers=any(hold.with_offers for hold in due))
    session.execute(
        update(Hold)
        .where(Hold.id.in_(holds), Hold.closed_at.is_(None))
        .values(closed_at=utc_now(), closed_as="expired")
    )
    return ExpiredHolds(len(due), seats, len(due) == limit)
