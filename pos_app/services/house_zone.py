"""The time zone in which a manager reads times that belong to no performance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Venue

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def load_house_zone(session: Session) -> str:
    """Return the IANA name of the first venue's zone; UTC where there is no venue yet."""
    zone = select(Venue.time_zone).where(Venue.deleted_at.is_(None)).order_by(Venue.id).limit(1)
    return session.execute(zone).scalar_one_or_none() or "UTC"
