"""To whom seats are offered, as the tills say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Customer, Performance, SeatingPlan, Venue, WaitingEntry, WaitingOffer
from pos_app.domain.local_times import wall_time
from pos_app.domain.waiting.offered_note import OfferedNote

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def load_offered_notes(session: Session, offer_ids: Collection[int]) -> dict[int, OfferedNote]:
    """Return to whom seats are offered and until when, by their offers; of one that is not there nothing is told."""
    if not offer_ids:
        return {}
    rows = session.execute(
        select(WaitingOffer.id, WaitingOffer.expires_at, Customer.name, Performance.starts_at, Venue.time_zone)
        .join(WaitingEntry, WaitingEntry.id == WaitingOffer.waiting_entry_id)
        .join(Customer, Customer.id == WaitingEntry.customer_id)
        .join(Performance, Performance.id == WaitingOffer.performance_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(WaitingOffer.id.in_(sorted(offer_ids)))
    )
    notes = {}
    for row in rows:
        days = (wall_time(moment, row.time_zone).wall.date() for moment in (row.expires_at, row.starts_at))
        same_day = len(set(days)) == 1
        notes[row.id] = OfferedNote(row.id, row.name, row.expires_at, row.time_zone, same_day)
    return notes
