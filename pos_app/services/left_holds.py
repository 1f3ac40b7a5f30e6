"""Baskets that a till still holds though their window is gone: it was killed, or lost its power."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import seconds_until, utc_now
from pos_app.db.models import Hold
from pos_app.domain.selling.holds import by_performance, read_places
from pos_app.services.seats.claims import owned_by
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class LeftHold:
    """A basket that a till still holds, though its window was closed on it. seconds_left: by the server's clock."""

    basket_key: str
    seats: int
    places: str
    seconds_left: float


def list_left_holds(session: Session, till_id: int) -> tuple[LeftHold, ...]:
    """Return the running baskets of a till, those of its windows at work among them: the till's notes tell which."""
    rows = session.execute(
        select(Hold.id, Hold.basket_key, Hold.places, seconds_until(Hold.expires_at).label("left")).where(
            Hold.till_id == till_id, Hold.closed_at.is_(None), Hold.expires_at > utc_now()
        )
    ).all()
    found: list[LeftHold] = []
    for row in rows:
        held = [
            seat
            for performance, ids in by_performance(read_places(row.places))
            for seat in sorted(owned_by(session, row.id, performance, ids))
        ]
        if held:
            places = places_of(session, held[:3])
            named = "; ".join(places[seat].spoken() for seat in held[:3] if seat in places)
            found.append(LeftHold(row.basket_key, len(held), named, float(row.left)))
    return tuple(found)
