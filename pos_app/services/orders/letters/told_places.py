"""Which places a letter about an order tells of, and which performances they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import (
    Event,
    OrderLine,
    Performance,
    PriceCategory,
    SeatingPlan,
    Ticket,
    TicketType,
    Venue,
)
from pos_app.domain.letters.contents import LetterEvening, LetterPlace
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.seats import SeatKey
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.domain.tickets.faces import TicketFace

_CANCELLED: Final = "cancelled"
_STILL_RESERVED: Final = frozenset({LetterKind.RESERVATION, LetterKind.LAPSE_SOON})
_ENDED: Final = frozenset({LetterKind.REFUND, LetterKind.CANCELLED, LetterKind.LAPSED, LetterKind.RESOLD})


def places_on(faces: Iterable[TicketFace]) -> tuple[LetterPlace, ...]:
    """Return the places that tickets are for, in their order."""
    return tuple(
        LetterPlace(face.performance_id, face.place, face.category, face.ticket_type, face.price_minor, face.short_code)
        for face in faces
    )


def load_told_places(
    session: Session,
    kind: LetterKind,
    order_id: int,
    *,
    change_ids: Collection[int],
    seats: Collection[SeatKey],
    performance_id: int | None,
    line_ids: Collection[int] | None = None,
) -> tuple[tuple[LetterPlace, ...], frozenset[int]]:
    """Return the places that a letter tells of which brings no tickets, and the lines that they are on.

    seats: told when it was written; where none were, those of the lines that the changes made or ended, and without any
    change those that the order has of a performance. Of a reservation only what is reserved still. line_ids: these and
    no others.
    """
    rows = session.execute(
        select(
            OrderLine.id,
            OrderLine.performance_id,
            OrderLine.seat_id,
            (OrderLine.price_minor - OrderLine.discount_minor).label("price"),
            PriceCategory.name.label("category"),
            TicketType.name.label("ticket_type"),
            Ticket.short_code,
            Ticket.voided_at,
        )
        .join(Performance, Performance.id == OrderLine.performance_id)
        .join(PriceCategory, PriceCategory.id == OrderLine.category_id)
        .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
        .outerjoin(Ticket, Ticket.order_line_id == OrderLine.id)
        .where(
            OrderLine.order_id == order_id,
            OrderLine.kind == LineKind.SEAT,
            *(
                _told(kind, change_ids, seats, performance_id)
                if line_ids is None
                else [OrderLine.id.in_(sorted(line_ids))]
            ),
        )
        .order_by(Performance.starts_at, OrderLine.performance_id, OrderLine.seat_id, OrderLine.id)
    ).all()
    # Of a seat that an order had more than once, the last line.
    last = {SeatKey(row.performance_id, row.seat_id): row for row in rows}
    lines = [row for key, row in last.items() if not seats or key in seats]
    places = places_of(session, [row.seat_id for row in lines])
    told = tuple(
        LetterPlace(
            row.performance_id,
            places[row.seat_id],
            row.category,
            row.ticket_type,
            row.price,
            row.short_code if row.short_code and row.voided_at is None else "",
        )
        for row in lines
    )
    return told, frozenset(row.id for row in lines)


def _told(
    kind: LetterKind, change_ids: Collection[int], seats: Collection[SeatKey], performance_id: int | None
) -> list[ColumnElement[bool]]:
    """Return what the lines fulfil of which a letter tells."""
    found: list[ColumnElement[bool]] = []
    if kind in _STILL_RESERVED:
        found.append(OrderLine.state == LineState.RESERVED)
    if seats:
        found.append(OrderLine.seat_id.in_(sorted({seat.seat_id for seat in seats})))
    elif change_ids:
        found.append((OrderLine.ended_by_id if kind in _ENDED else OrderLine.made_by_id).in_(sorted(change_ids)))
    elif performance_id is not None:
        there = OrderLine.state.in_((LineState.LIVE, LineState.RESERVED))
        found += [OrderLine.performance_id == performance_id, there]
    return found


def load_evenings(
    session: Session, performance_ids: Collection[int], *, starts_was: datetime | None = None
) -> tuple[LetterEvening, ...]:
    """Return performances as letters tell them, by their beginning. starts_was: when they should have begun (UTC)."""
    rows = session.execute(
        select(
            Performance.id,
            Event.title,
            Venue.name.label("venue"),
            Venue.address,
            Venue.time_zone,
            Performance.starts_at,
            Performance.ends_at,
            Performance.doors_at,
            Performance.state,
            Performance.cancel_reason,
        )
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id.in_(sorted(performance_ids)))
        .order_by(Performance.starts_at, Performance.id)
    )
    return tuple(
        LetterEvening(
            performance_id=row.id,
            title=row.title,
            venue=row.venue,
            address=row.address,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            doors_at=row.doors_at,
            time_zone=row.time_zone,
            is_cancelled=row.state == _CANCELLED,
            cancel_reason=row.cancel_reason if row.state == _CANCELLED else "",
            starts_was=starts_was if starts_was != row.starts_at else None,
        )
        for row in rows
    )
