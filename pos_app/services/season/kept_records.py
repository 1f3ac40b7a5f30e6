"""Reading what the house keeps back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import KeptBack, StaffMember
from pos_app.domain.errors import NotFound
from pos_app.domain.season.kept_seats import KeptRecord
from pos_app.domain.seats import ClaimKind, tell_places
from pos_app.domain.selling.holds import read_places
from pos_app.domain.sentences import say
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

SEATS_NAMED: Final = 200


def load_kept_record(session: Session, kept_id: int) -> KeptRecord:
    """Return one record. Raises NotFound."""
    found = load_kept_records(session, KeptBack.id == kept_id)
    if not found:
        raise NotFound(say("These seats are not kept back any more."))
    return found[0]


def load_kept_records(session: Session, *which: ColumnElement[bool]) -> tuple[KeptRecord, ...]:
    """Return the records for which all of this is true, the oldest first."""
    rows = session.execute(
        select(KeptBack, StaffMember.name)
        .join(StaffMember, StaffMember.id == KeptBack.staff_id)
        .where(*which)
        .order_by(KeptBack.id)
        .execution_options(populate_existing=True)
    ).all()
    records = []
    for row in rows:
        one: KeptBack = row[0]
        seats = read_places(one.places)
        named = places_of(session, [seat.seat_id for seat in seats[:SEATS_NAMED]])
        records.append(
            KeptRecord(
                kept_id=one.id,
                performance_id=one.performance_id,
                kind=ClaimKind(one.kind),
                reason=one.reason,
                seats=seats,
                names=tell_places(named.values()),
                release_at=one.release_at,
                release_before_doors=one.release_before_doors,
                by=row[1],
                created_at=one.created_at,
            )
        )
    return tuple(records)
