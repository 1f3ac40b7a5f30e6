"""Places of seats by name, and what is said of seats that are gone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import Area, PlanRow, Seat, Zone
from pos_app.domain.seats import ClaimKind, Place, SeatKey, SeatKind
from pos_app.domain.selling.holds import by_performance
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.seats.kept_notes import load_kept_notes, tell_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session


def places_of(session: Session, seat_ids: Iterable[int]) -> dict[int, Place]:
    """Return the places of seats, by seat; one of general admission is its area and nothing else."""
    rows = session.execute(
        select(Seat.id, Zone.name, PlanRow.label, Seat.number, Seat.kind, Area.name.label("area"))
        .join(Zone, Zone.id == Seat.zone_id)
        .outerjoin(PlanRow, PlanRow.id == Seat.row_id)
        .outerjoin(Area, Area.id == Seat.area_id)
        .where(Seat.id.in_(sorted(set(seat_ids))))
    )
    return {
        row.id: Place(row.name, row.label or "", row.number, SeatKind(row.kind))
        if row.area is None
        else Place(row.area, "", "", SeatKind(row.kind))
        for row in rows
    }


def tell_gone(session: Session, gone: Sequence[SeatKey]) -> str:
    """Say which seats are gone, by name when they are few, and whether the house keeps them or somebody took them."""
    if not _in_inventory(session, gone):
        return tell_outdated(session, gone)
    places = places_of(session, [seat.seat_id for seat in gone[:3]])
    names = _names(places[seat.seat_id] for seat in gone[:3] if seat.seat_id in places)
    records = _kept_under(session, gone)
    if records is not None:
        why = _why(session, records)
        one, many = f"is kept back by the house{why}", f"are kept back by the house{why}"
    else:
        one, many = "was just taken by somebody else", "were just taken by somebody else"
    if len(gone) == 1 and names:
        return f"{names[0]} {one}."
    if len(gone) <= 3 and names:
        return f"These seats {many}: {'; '.join(names)}."
    return f"{len(gone)} of these seats {many}."


def tell_outdated(session: Session, seats: Sequence[SeatKey]) -> str:
    """Say that the seating plan of a performance was changed, and these seats with it."""
    names = _names(places_of(session, [seat.seat_id for seat in seats[:3]]).values())
    those = f" ({'; '.join(names)})" if names and len(seats) <= 3 else ""
    return f"The seating plan was changed in the meantime, and these seats{those} with it."


def _in_inventory(session: Session, seats: Sequence[SeatKey]) -> bool:
    """Tell whether any of these seats is one of its performance, taken or not."""
    for performance, ids in by_performance(seats):
        here = select(INVENTORY.c.seat_id).where(these_seats(performance, ids)).limit(1)
        if session.execute(here).first() is not None:
            return True
    return False


def _names(places: Iterable[Place]) -> list[str]:
    """Name places, those of one area together."""
    named = Counter(places).items()
    return [_unseen(place, count) if place.is_unseen else place.spoken() for place, count in named]


def _unseen(place: Place, count: int) -> str:
    return f"A place in {place.zone}" if count == 1 else f"{count} places in {place.zone}"


def _kept_under(session: Session, seats: Sequence[SeatKey]) -> set[int] | None:
    """Return the records under which the house itself keeps all of these seats back; None when it does not."""
    seat = INVENTORY.c
    kept, records = 0, set()
    for performance, ids in by_performance(seats):
        rows = session.execute(
            select(seat.claim_id, func.count().label("seats"))
            .where(these_seats(performance, ids), seat.claim_kind.in_((ClaimKind.HOUSE, ClaimKind.BLOCKED)))
            .group_by(seat.claim_id)
        )
        for row in rows:
            kept += row.seats
            records.add(row.claim_id or 0)
    return records if kept == len(seats) else None


def _why(session: Session, records: set[int]) -> str:
    """Say why seats are kept back, where there is one reason for all of them."""
    told = {tell_kept(note) for note in load_kept_notes(session, records).values()}
    return f" ({told.pop()})" if len(told) == 1 else ""
