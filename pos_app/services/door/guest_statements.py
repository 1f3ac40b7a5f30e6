"""The statements that look guests up, one for each shape of what was typed; each is built once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Integer, bindparam, case, func, literal, null, or_, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from pos_app.db.base import table_of
from pos_app.db.models import (
    Area,
    Order,
    OrderLine,
    Performance,
    PlanRow,
    SearchWord,
    Seat,
    SeatingPlan,
    Ticket,
    TicketPresence,
    TicketType,
    Venue,
    Zone,
)
from pos_app.domain.codes import ORDER_NUMBER_LENGTH
from pos_app.domain.orders.changes import LineState
from pos_app.domain.searching import WordKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, FromClause, Select
    from sqlalchemy.sql.compiler import SQLCompiler

    from pos_app.domain.door.finding import Reading

MOST_GUESTS: Final = 50
ASKED: Final = MOST_GUESTS + 1
_MOST_LINES: Final = 2_000
"""Places of the orders found by name alone that are looked at: fifty groups of forty."""
_LAST: Final = "\U0010ffff"
"""Behind a word, the end of all that begin with it, in the binary order of every engine."""

_AREA = table_of(Area)
_LINE = table_of(OrderLine)
_ORDER = table_of(Order)
_PERFORMANCE = table_of(Performance)
_PRESENCE = table_of(TicketPresence)
_PLANS = table_of(SeatingPlan)
_ROW = table_of(PlanRow)
_SEAT = table_of(Seat)
_TICKET = table_of(Ticket)
_TYPE = table_of(TicketType)
_VENUE = table_of(Venue)
_WORD = table_of(SearchWord)
_ZONE = table_of(Zone)

_EVENING: Final = bindparam("evening", type_=_LINE.c.performance_id.type)
_HERE: Final = _LINE.c.performance_id == _EVENING
# What no engine can look up by: it would go through a whole evening where it is to come from few orders.
_ALSO_HERE: Final = func.coalesce(_LINE.c.performance_id, 0) == _EVENING
_PLAN: Final = select(_PERFORMANCE.c.plan_id).where(_PERFORMANCE.c.id == _EVENING).scalar_subquery()

ZONE, AREA, ROW = range(3)
PARTS_OF_PLAN: Final = union_all(
    select(literal(ZONE).label("what"), _ZONE.c.id, _ZONE.c.name).where(_ZONE.c.plan_id == _PLAN),
    select(literal(AREA), _AREA.c.id, _AREA.c.name).where(_AREA.c.plan_id == _PLAN),
    select(literal(ROW), null(), _ROW.c.label)
    .distinct()
    .join_from(_ROW, _ZONE, _ZONE.c.id == _ROW.c.zone_id)
    .where(_ZONE.c.plan_id == _PLAN),
)
"""What the parts of the plan of an evening are called; the label of many rows once."""
TIME_ZONE: Final = (
    select(_VENUE.c.time_zone).join_from(_PLANS, _VENUE, _VENUE.c.id == _PLANS.c.venue_id).where(_PLANS.c.id == _PLAN)
)


class Sifted(FunctionElement[int]):
    """A number that servers sift by and do not look up by; SQLite, which has no index of rows, looks up by it.

    MariaDB reads the whole index of a plan, all its seats, to sift the few of a row by.
    """

    inherit_cache = True
    type = Integer()


@compiles(Sifted)
def _sifted(element: Sifted, compiler: SQLCompiler, **kw: Any) -> str:
    return f"coalesce({compiler.process(element.clauses, **kw)}, 0)"


@compiles(Sifted, "sqlite")
def _looked_up(element: Sifted, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.clauses, **kw)


class Shape(NamedTuple):
    """What a reading asks for. names: how many ways there are to begin each word of a name."""

    names: tuple[int, ...]
    zones: bool
    areas: bool
    rows: bool
    numbers: bool

    @classmethod
    def of(cls, reading: Reading) -> Shape:
        """Return the shape of a reading."""
        areas = {part.is_area for part in reading.parts or ()}
        names = tuple(map(len, reading.names))
        return cls(names, False in areas, True in areas, bool(reading.rows), bool(reading.numbers))

    @property
    def tells_place(self) -> bool:
        """Tell whether it asks for a place."""
        return self.zones or self.areas or self.rows or self.numbers


def facts_of(turn: int, reading: Reading) -> Iterator[tuple[str, Any]]:
    """Give the values of one reading, the how manieth it is."""
    for at, ways in enumerate(reading.names):
        for one, way in enumerate(ways):
            yield f"from_{turn}_{at}_{one}", way
            yield f"to_{turn}_{at}_{one}", way + _LAST
    if reading.tells_place:
        yield f"farther_{turn}", reading.farther
    for name, values in (("rows", reading.rows), ("numbers", reading.numbers)):
        if values:
            yield f"{name}_{turn}", list(values)
    for name, is_area in (("zones", False), ("areas", True)):
        ids = sorted(part.part_id for part in reading.parts or () if part.is_area is is_area)
        if ids:
            yield f"{name}_{turn}", ids


def facts_of_number(turn: int, number: str) -> Iterator[tuple[str, Any]]:
    """Give the values of an order number, or of the beginning of one."""
    yield f"number_from_{turn}", number
    yield f"number_to_{turn}", number + _LAST
    yield f"number_farther_{turn}", int(len(number) < ORDER_NUMBER_LENGTH)


@lru_cache(256)
def nearest_tickets(shapes: tuple[Shape, ...], numbers: int) -> Select[Any]:
    """Return the statement for readings of these shapes and for so many order numbers."""
    ways = [_by_reading(turn, shape) for turn, shape in enumerate(shapes)]
    found = union_all(*ways, *map(_by_number, range(numbers))).subquery()
    farther = func.min(found.c.farther)
    nearest = (
        select(found.c.line_id, farther.label("farther"))
        .group_by(found.c.line_id)
        .order_by(farther, found.c.line_id)
        .limit(ASKED)
        .subquery()
    )
    return (
        select(
            nearest.c.farther,
            _TICKET.c.short_code,
            _TICKET.c.voided_at,
            _PRESENCE.c.inside,
            _LINE.c.seat_id,
            _LINE.c.state,
            _TYPE.c.name,
            _ORDER.c.customer_name,
            _ORDER.c.number,
        )
        .select_from(nearest)
        .join(_LINE, _LINE.c.id == nearest.c.line_id)
        .outerjoin(_TICKET, _TICKET.c.order_line_id == _LINE.c.id)
        .outerjoin(_PRESENCE, _PRESENCE.c.ticket_id == _TICKET.c.id)
        .join(_ORDER, _ORDER.c.id == _LINE.c.order_id)
        .join(_TYPE, _TYPE.c.id == _LINE.c.ticket_type_id)
        # Who has reserved and not paid is known by name, too; what was given back unpaid is nobody's.
        .where(or_(_TICKET.c.id.is_not(None), _LINE.c.state == LineState.RESERVED))
    )


def _by_number(turn: int) -> Select[Any]:
    number = _ORDER.c.number.between(_text(f"number_from_{turn}"), _text(f"number_to_{turn}"))
    lines = select(_LINE.c.id.label("line_id"), _count(f"number_farther_{turn}").label("farther"))
    return _apart(
        lines.join_from(_ORDER, _LINE, _LINE.c.order_id == _ORDER.c.id).where(number, _ALSO_HERE).limit(ASKED)
    )


def _by_reading(turn: int, shape: Shape) -> Select[Any]:
    if not shape.tells_place:
        guests = _guests(turn, shape.names)
        nearest = select(guests.c.id, guests.c.farther).order_by(guests.c.farther, guests.c.id).limit(ASKED).subquery()
        lines = select(_LINE.c.id.label("line_id"), nearest.c.farther)
        return _apart(
            lines.join_from(nearest, _LINE, nearest.c.id == _LINE.c.order_id).where(_ALSO_HERE).limit(_MOST_LINES)
        )
    farther = _count(f"farther_{turn}")
    if not shape.names:
        lines = select(_LINE.c.id.label("line_id"), farther.label("farther")).where(_HERE, _seated(turn, shape))
        return _apart(lines.limit(ASKED))
    guests = _guests(turn, shape.names)
    lines = select(_LINE.c.id.label("line_id"), (guests.c.farther + farther).label("farther"))
    lines = lines.join_from(guests, _LINE, _LINE.c.order_id == guests.c.id).where(_ALSO_HERE, _seated(turn, shape))
    return _apart(lines.order_by(guests.c.farther, _LINE.c.seat_id).limit(ASKED))


def _seated(turn: int, shape: Shape) -> ColumnElement[bool]:
    if not shape.rows:
        return _LINE.c.seat_id.in_(select(_SEAT.c.id).where(_SEAT.c.plan_id == _PLAN, *_place(turn, shape)))
    found = _SEAT.join(_ROW, _ROW.c.id == _SEAT.c.row_id).join(_ZONE, _ZONE.c.id == _ROW.c.zone_id)
    of_plan = (_ZONE.c.plan_id == _PLAN, Sifted(_SEAT.c.plan_id) == _PLAN)
    seats = select(_SEAT.c.id).select_from(found).where(*of_plan, *_place(turn, shape))
    return _LINE.c.seat_id.in_(seats)


def _place(turn: int, shape: Shape) -> Iterator[ColumnElement[bool]]:
    if shape.rows:
        yield _ROW.c.label.in_(_several(f"rows_{turn}"))
    if shape.numbers:
        # Nobody knows the numbers of the places in an area. No engine looks up by this: most seats are in none.
        yield _SEAT.c.number.in_(_several(f"numbers_{turn}"))
        yield func.coalesce(_SEAT.c.area_id, 0) == 0
    parts = [(shape.zones, _SEAT.c.zone_id, "zones"), (shape.areas, _SEAT.c.area_id, "areas")]
    wanted = [column.in_(_several(f"{name}_{turn}")) for asked, column, name in parts if asked]
    if wanted:
        yield or_(*wanted)


def _guests(turn: int, names: Sequence[int]) -> FromClause:
    """Find the orders in whose customer's name each word begins a word; farther: how many words are only begun."""
    each = [_begun(turn, at, ways) for at, ways in enumerate(names)]
    first = each[0]
    farther: ColumnElement[Any] = first.c.farther
    joined: FromClause = first
    for other in each[1:]:
        joined = joined.join(other, other.c.id == first.c.id)
        farther += other.c.farther
    return select(first.c.id, farther.label("farther")).select_from(joined).subquery()


def _begun(turn: int, at: int, ways: int) -> FromClause:
    """Find the orders of which a word is begun in one of several ways; each way is a range of its own in the index."""
    begun = []
    for way in range(ways):
        typed, end = _text(f"from_{turn}_{at}_{way}"), _text(f"to_{turn}_{at}_{way}")
        is_begun = case((_WORD.c.word == typed, 0), else_=1).label("farther")
        here = (_WORD.c.kind == WordKind.GUEST, _WORD.c.word.between(typed, end), _WORD.c.performance_id == _EVENING)
        begun.append(select(_WORD.c.id, is_begun).where(*here))
    each = union_all(*begun).subquery()
    return select(each.c.id, func.min(each.c.farther).label("farther")).group_by(each.c.id).subquery()


def _apart(lines: Select[Any]) -> Select[Any]:
    """Put a limited statement into one of its own: SQLite joins no others together."""
    inner = lines.subquery()
    return select(inner.c.line_id, inner.c.farther)


def _text(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=_WORD.c.word.type)


def _count(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=_WORD.c.performance_id.type)


def _several(name: str) -> Any:
    return bindparam(name, expanding=True)
