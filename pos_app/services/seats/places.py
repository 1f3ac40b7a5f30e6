"""Places of seats by name, and what is said of seats that are gone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.models import Area, PlanRow, Seat, Zone
from pos_app.domain.seats import ClaimKind, Place, SeatKey, SeatKind
from pos_app.domain.selling.holds import by_performance
from pos_app.domain.sentences import say, say_count
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.seats.kept_notes import load_kept_notes, tell_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.sentences import Sentence

NAMED: Final = 3
"""So many seats are named; more are counted."""


def places_of(session: Session, seat_ids: Iterable[int]) -> dict[int, Place]:
    """Return the places of seats, by seat."""
    rows = session.execute(
        select(Seat.id, Zone.name, PlanRow.label, Seat.number, Seat.kind, Area.name.label("area"))
        .join(Zone, Zone.id == Seat.zone_id)
        .outerjoin(PlanRow, PlanRow.id == Seat.row_id)
        .outerjoin(Area, Area.id == Seat.area_id)
        .where(Seat.id.in_(sorted(set(seat_ids))))
    )
    return {row.id: place_named(row.name, row.label, row.number, row.kind, row.area) for row in rows}


def place_named(zone: str, row: str | None, number: str, kind: str, area: str | None) -> Place:
    """Return the place of a seat by what is stored of it; one of general admission is its area and nothing else."""
    if area is not None:
        return Place(area, "", "", SeatKind(kind))
    return Place(zone, row or "", number, SeatKind(kind))


def tell_gone(session: Session, gone: Sequence[SeatKey]) -> Sentence:
    """Say which seats are gone, by name when they are few, and whether the house keeps them or somebody took them."""
    if not _in_inventory(session, gone):
        return tell_outdated(session, gone)
    places = places_of(session, [seat.seat_id for seat in gone[:NAMED]])
    names = _names(places[seat.seat_id] for seat in gone[:NAMED] if seat.seat_id in places)
    count, named = len(gone), names if len(gone) <= NAMED else ()
    records = _kept_under(session, gone)
    if records is None:
        return _tell_taken(count, named)
    why = _why(session, records)
    return _tell_kept(count, named) if why is None else _tell_kept_for(why, count, named)


def tell_outdated(session: Session, seats: Sequence[SeatKey]) -> Sentence:
    """Say that the seating plan of a performance was changed, and these seats with it."""
    names = _names(places_of(session, [seat.seat_id for seat in seats[:NAMED]]).values())
    if names and len(seats) <= NAMED:
        return say("The seating plan was changed in the meantime, and these seats ({places}) with it.", places=names)
    return say("The seating plan was changed in the meantime, and these seats with it.")


def _tell_taken(count: int, names: tuple[str, ...]) -> Sentence:
    if names and count == 1:
        return say("{place} was just taken by somebody else.", place=names[0])
    if names:
        return say("These seats were just taken by somebody else: {places}.", places=names)
    return say_count(
        "{count} of these seats was just taken by somebody else.",
        "{count} of these seats were just taken by somebody else.",
        count,
    )


def _tell_kept(count: int, names: tuple[str, ...]) -> Sentence:
    if names and count == 1:
        return say("{place} is kept back by the house.", place=names[0])
    if names:
        return say("These seats are kept back by the house: {places}.", places=names)
    return say_count(
        "{count} of these seats is kept back by the house.", "{count} of these seats are kept back by the house.", count
    )


def _tell_kept_for(why: str, count: int, names: tuple[str, ...]) -> Sentence:
    if names and count == 1:
        return say("{place} is kept back by the house ({why}).", place=names[0], why=why)
    if names:
        return say("These seats are kept back by the house ({why}): {places}.", why=why, places=names)
    return say_count(
        "{count} of these seats is kept back by the house ({why}).",
        "{count} of these seats are kept back by the house ({why}).",
        count,
        why=why,
    )


def _in_inventory(session: Session, seats: Sequence[SeatKey]) -> bool:
    """Tell whether any of these seats is one of its performance, taken or not."""
    for performance, ids in by_performance(seats):
        here = select(INVENTORY.c.seat_id).where(these_seats(performance, ids)).limit(1)
        if session.execute(here).first() is not None:
            return True
    return False


def _names(places: Iterable[Place]) -> tuple[str, ...]:
    """Name places, those of one area together."""
    named = Counter(places).items()
    return tuple(
        say_count("A place in {area}", "{count} places in {area}", count, area=place.zone)
        if place.is_unseen
        else place.spoken()
        for place, count in named
    )


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


def _why(session: Session, records: set[int]) -> str | None:
    """Say why seats are kept back, where there is one reason for all of them."""
    told = {tell_kept(note) for note in load_kept_notes(session, records).values()}
    return told.pop() if len(told) == 1 else None
