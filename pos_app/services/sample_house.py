"""What a sample ticket says of the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Venue
from pos_app.services.house.settings import load_house_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class SampleHouse:
    """A venue on a sample ticket. time_zone: IANA name; currency: ISO 4217."""

    venue: str
    address: str
    time_zone: str
    currency: str


def load_sample_house(session: Session) -> SampleHouse:
    """Return the first venue; where there is none yet, one that there could be."""
    row = session.execute(
        select(Venue.name, Venue.address, Venue.time_zone, Venue.currency)
        .where(Venue.deleted_at.is_(None))
        .order_by(Venue.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return SampleHouse("Playhouse", "1 Market Square", "UTC", load_house_settings(session).currency)
    return SampleHouse(row.name, row.address, row.time_zone, row.currency)
