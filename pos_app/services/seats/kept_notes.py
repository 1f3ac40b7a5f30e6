"""Why the house keeps seats back, as the tills say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import KeptBack, Performance, SeatingPlan, Venue
from pos_app.domain.local_times import wall_time
from pos_app.domain.season.kept_seats import KeptNote
from pos_app.domain.sentences import Moment, say

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def load_kept_notes(session: Session, kept_ids: Collection[int]) -> dict[int, KeptNote]:
    """Return why seats are kept back and until when, by the id of their record; ids that are none are left out."""
    if not kept_ids:
        return {}
    rows = session.execute(
        select(KeptBack.id, KeptBack.reason, KeptBack.release_at, Performance.starts_at, Venue.time_zone)
        .join(Performance, Performance.id == KeptBack.performance_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(KeptBack.id.in_(sorted(kept_ids)))
    )
    notes = {}
    for row in rows:
        until, zone = row.release_at, row.time_zone
        day = wall_time(row.starts_at, zone).wall.date()
        same_day = until is not None and wall_time(until, zone).wall.date() == day
        notes[row.id] = KeptNote(row.reason, until, zone, same_day)
    return notes


def tell_kept(note: KeptNote) -> str:
    """Say why and until when, on the venue's clock: "Press, until 18:30"; the bare reason is what somebody typed."""
    if note.until is None:
        return note.reason
    if note.same_day:
        wall = wall_time(note.until, note.time_zone).wall
        return say("{reason}, until {time}", reason=note.reason, time=f"{wall:%H:%M}")
    return say("{reason}, until {moment}", reason=note.reason, moment=Moment(note.until, note.time_zone))
