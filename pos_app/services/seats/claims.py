"""Who may take a seat: the one predicate that holding and selling share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import Table, and_, bindparam, false, func, or_, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Area, PerformanceSeat, PlanRow, Seat, Zone
from pos_app.domain.seats import ClaimKind, Place, SeatKey, SeatKind, SeatState
from pos_app.domain.selling.holds import by_performance
from pos_app.services.seats.kept_notes import load_kept_notes, tell_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import BindParameter, ColumnElement
    from sqlalchemy.orm import Session

INVENTORY: Table = PerformanceSeat.__table__  # type: ignore[assignment]  # a mapped class has a Table


def open_to_all() -> ColumnElement[bool]:
    """Free, or a basket's whose time is over; and not guarded."""
    seat = INVENTORY.c
    lapsed = and_(seat.state == SeatState.CLAIMED, seat.claim_kind == ClaimKind.BASKET, seat.claim_until < utc_now())
    return and_(seat.guarded == false(), or_(seat.state == SeatState.FREE, lapsed))


def of_basket(hold_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Claimed by this very basket, whether its time is over or not."""
    return and_(_of_a_basket(), INVENTORY.c.claim_id == hold_id)


def of_baskets(hold_ids: Sequence[int] | BindParameter[Sequence[int]]) -> ColumnElement[bool]:
    """Claimed by one of these baskets, whether its time is over or not."""
    return and_(_of_a_basket(), INVENTORY.c.claim_id.in_(hold_ids))


def _of_a_basket() -> ColumnElement[bool]:
    return and_(INVENTORY.c.state == SeatState.CLAIMED, INVENTORY.c.claim_kind == ClaimKind.BASKET)


def may_take(hold_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Open to all, or this basket's own."""
    return or_(open_to_all(), of_basket(hold_id))


def these_seats(
    performance_id: int | BindParameter[int], seat_ids: Sequence[int] | BindParameter[Sequence[int]]
) -> ColumnElement[bool]:
    """Name seats by primary key."""
    return and_(INVENTORY.c.performance_id == performance_id, INVENTORY.c.seat_id.in_(seat_ids))


_THESE = these_seats(bindparam("of_performance"), bindparam("seats", expanding=True))
_OWNED = select(INVENTORY.c.seat_id).where(_THESE, of_basket(bindparam("taker")))
_TAKEABLE = select(INVENTORY.c.seat_id).where(_THESE, may_take(bindparam("taker")))


def owned_by(session: Session, hold_id: int, performance_id: int, seat_ids: Sequence[int]) -> set[int]:
    """Return which of the seats the basket holds now."""
    asked = {"of_performance": performance_id, "seats": list(seat_ids), "taker": hold_id}
    return set(session.connection().execute(_OWNED, asked).scalars())


def not_takeable(session: Session, hold_id: int, performance_id: int, seat_ids: Sequence[int]) -> list[SeatKey]:
    """Return which of the seats this basket may not take now."""
    asked = {"of_performance": performance_id, "seats": list(seat_ids), "taker": hold_id}
    takeable = set(session.connection().execute(_TAKEABLE, asked).scalars())
    return [SeatKey(performance_id, seat_id) for seat_id in seat_ids if seat_id not in takeable]


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
