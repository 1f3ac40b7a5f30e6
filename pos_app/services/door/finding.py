"""Guests looked up by order number, name and place, among all of a performance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, func, literal, null, or_, select, union_all

from pos_app.db.models import (
    Area,
    Order,
    OrderLine,
    Performance,
    PlanRow,
    SearchWord,
    Seat,
    Ticket,
    TicketPresence,
    TicketType,
    Zone,
)
from pos_app.domain.codes import ORDER_NUMBER_LENGTH
from pos_app.domain.door.check_in import GuestTicket
from pos_app.domain.door.finding import (
    LONGEST_QUERY,
    MOST_WORDS,
    FoundGuests,
    NamedPart,
    PlanWords,
    order_numbers,
    readings,
)
from pos_app.domain.searching import WordKind, folded, typed_words
from pos_app.domain.texts import clean_line
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, FromClause, Row, Select
    from sqlalchemy.orm import Session

    from pos_app.domain.door.finding import Reading

MOST_GUESTS: Final = 50
_ASKED: Final = MOST_GUESTS + 1
_LAST: Final = "\U0010ffff"
"""Behind a word, the end of all that begin with it, in the binary order of every engine."""


def find_guests(session: Session, performance_id: int, query: str) -> FoundGuests:
    """Find tickets of a performance by order number, name, zone, row and seat ("G 18"), all at once.

    Whole words come before beginnings of words, tickets that are good before void ones; at most 50.
    """
    wanted = clean_line(query, LONGEST_QUERY)
    words = typed_words(wanted)[:MOST_WORDS]
    if not words:
        return FoundGuests()
    ways = [_by_reading(performance_id, one) for one in readings(wanted, _plan_words(session, performance_id))]
    ways += [_by_number(performance_id, number) for number in order_numbers(words)]
    found = union_all(*ways).subquery()
    farther = func.min(found.c.farther)
    nearest = (
        select(found.c.line_id, farther.label("farther"))
        .group_by(found.c.line_id)
        .order_by(farther, found.c.line_id)
        .limit(_ASKED)
        .subquery()
    )
    rows = session.execute(
        select(
            nearest.c.farther,
            Ticket.short_code,
            Ticket.voided_at,
            TicketPresence.inside,
            OrderLine.seat_id,
            TicketType.name,
            Order.customer_name,
            Order.number,
        )
        .select_from(nearest)
        .join(OrderLine, OrderLine.id == nearest.c.line_id)
        .join(Ticket, Ticket.order_line_id == OrderLine.id)
        .join(TicketPresence, TicketPresence.ticket_id == Ticket.id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
    ).all()
    shown = sorted(rows, key=lambda row: _order(row, " ".join(words)))[:MOST_GUESTS]
    return FoundGuests(_tickets(session, shown), more=len(rows) > MOST_GUESTS)


def _order(row: Row[Any], typed: str) -> tuple[Any, ...]:
    name = folded(row.customer_name)
    return row.farther, name != typed, row.voided_at is not None, name, row.number, row.seat_id


def _tickets(session: Session, rows: Sequence[Row[Any]]) -> tuple[GuestTicket, ...]:
    places = places_of(session, [row.seat_id for row in rows])
    return tuple(
        GuestTicket(
            row.short_code,
            places[row.seat_id],
            row.name,
            row.customer_name,
            row.number,
            bool(row.inside),
            row.voided_at is not None,
        )
        for row in rows
    )


def _plan_words(session: Session, performance_id: int) -> PlanWords:
    """Return what the parts of the performance's plan are called; each label of a row once, however often it occurs."""
    here = Performance.id == performance_id
    zones = select(literal(0).label("what"), Zone.id, Zone.name).join(Performance, Performance.plan_id == Zone.plan_id)
    areas = select(literal(1), Area.id, Area.name).join(Performance, Performance.plan_id == Area.plan_id)
    rows = (
        select(literal(2), null(), PlanRow.label)
        .distinct()
        .join(Zone, Zone.id == PlanRow.zone_id)
        .join(Performance, Performance.plan_id == Zone.plan_id)
    )
    found = session.execute(union_all(zones.where(here), areas.where(here), rows.where(here))).all()
    return PlanWords(
        tuple(NamedPart(row.id, row.name, is_area=row.what == 1) for row in found if row.what < 2),
        tuple(row.name for row in found if row.what == 2),
    )


def _by_number(performance_id: int, number: str) -> Select[Any]:
    """Find by an order number, or by the beginning of one."""
    farther = 0 if len(number) == ORDER_NUMBER_LENGTH else 1
    lines = (
        select(OrderLine.id.label("line_id"), literal(farther).label("farther"))
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.number.between(number, number + _LAST), OrderLine.performance_id == performance_id)
        .limit(_ASKED)
    )
    return _apart(lines)


def _by_reading(performance_id: int, reading: Reading) -> Select[Any]:
    """Find what fits one way to understand what was typed."""
    here = OrderLine.performance_id == performance_id
    if not reading.tells_place:
        guests = _guests(performance_id, reading.names)
        nearest = select(guests.c.id, guests.c.farther).order_by(guests.c.farther, guests.c.id).limit(_ASKED).subquery()
        lines = select(OrderLine.id.label("line_id"), nearest.c.farther).join(nearest, nearest.c.id == OrderLine.order_id)
        return _apart(lines.where(here).limit(_MOST_LINES))
    farther: ColumnElement[int] = literal(reading.farther)
    nearest_first: list[ColumnElement[Any]] = [OrderLine.seat_id.expression]
    lines = select(OrderLine.id.label("line_id")).join(Seat, Seat.id == OrderLine.seat_id)
    if reading.names:
        guests = _guests(performance_id, reading.names)
        lines = lines.join(guests, guests.c.id == OrderLine.order_id)
        farther = guests.c.farther + reading.farther
        nearest_first.insert(0, guests.c.farther)
    if reading.rows:
        lines = lines.join(PlanRow, PlanRow.id == Seat.row_id).where(PlanRow.label.in_(reading.rows))
    plan = select(Performance.plan_id).where(Performance.id == performance_id).scalar_subquery()
    lines = lines.add_columns(farther.label("farther")).where(here, Seat.plan_id == plan, *_places(reading))
    return _apart(lines.order_by(*nearest_first).limit(_ASKED))


_MOST_LINES: Final = 2_000
"""Lines of the orders found that are looked at: fifty groups of forty."""


def _places(reading: Reading) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if reading.numbers:
        # Nobody knows the numbers of the places in an area.
        wanted += [Seat.number.in_(reading.numbers), Seat.area_id.is_(None)]
    if reading.parts is not None:
        zones = sorted(part.part_id for part in reading.parts if not part.is_area)
        areas = sorted(part.part_id for part in reading.parts if part.is_area)
        wanted.append(or_(*([Seat.zone_id.in_(zones)] if zones else []), *([Seat.area_id.in_(areas)] if areas else [])))
    return wanted


def _guests(performance_id: int, names: Sequence[tuple[str, ...]]) -> FromClause:
    """Find the orders in whose customer's name each word begins a word, and count the words that are only begun."""
    each = [_begun(performance_id, ways) for ways in names]
    first = each[0]
    farther = first.c.farther
    joined: FromClause = first
    for other in each[1:]:
        joined = joined.join(other, other.c.id == first.c.id)
        farther += other.c.farther
    return select(first.c.id, farther.label("farther")).select_from(joined).subquery()


def _begun(performance_id: int, ways: Sequence[str]) -> FromClause:
    word = SearchWord.word
    return (
        select(SearchWord.id, func.min(case((word.in_(ways), 0), else_=1)).label("farther"))
        .where(
            SearchWord.kind == WordKind.GUEST,
            or_(*(word.between(way, way + _LAST) for way in ways)),
            SearchWord.performance_id == performance_id,
        )
        .group_by(SearchWord.id)
        .subquery()
    )


def _apart(lines: Select[Any]) -> Select[Any]:
    """Put a limited statement into one of its own: SQLite joins no others together."""
    inner = lines.subquery()
    return select(inner.c.line_id, inner.c.farther)
