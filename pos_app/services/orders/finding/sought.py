"""What a text may mean that somebody types to find an order: each way to understand it, as conditions of orders."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import func, literal, null, or_, select, union_all

from pos_app.db.base import table_of
from pos_app.db.models import Area, OrderLine, Performance, PlanRow, Seat, SeatingPlan, Ticket, Zone
from pos_app.domain.codes import looks_like_short_code, normalise_code
from pos_app.domain.door.finding import MOST_WORDS, NamedPart, PlanWords, order_numbers, readings
from pos_app.domain.orders.finding import LONGEST_TEXT, Begun, begun_phone, begun_words
from pos_app.domain.searching import WordKind, typed_words
from pos_app.domain.texts import clean_line
from pos_app.services.door.old_codes import find_old_code
from pos_app.services.orders.finding.conditions import (
    Condition,
    count_words,
    has_number,
    has_seat,
    has_word,
    is_in_part,
    is_one_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from pos_app.domain.door.finding import Reading

_MOST_SEATS: Final = 1_000
"""Seats of one reading; what fits more of them is no place that anybody would type."""
_MOST_IN_PART: Final = 12
"""Seats of one number in a part of a house, of all evenings: one in each plan of a box, and not one in each row."""
_SHORT: Final = 2
_ANYWHERE: Final = 0
"""No performance has this number: a code is looked for wherever it is for."""

_AREA = table_of(Area)
_LINE = table_of(OrderLine)
_PERFORMANCE = table_of(Performance)
_PLAN = table_of(SeatingPlan)
_ROW = table_of(PlanRow)
_SEAT = table_of(Seat)
_TICKET = table_of(Ticket)
_ZONE = table_of(Zone)

_OF_ZONE, _OF_AREA, _OF_ROW = range(3)


def ways_to_read(session: Session, text: str, performance_id: int | None) -> list[tuple[Condition, ...]]:
    """Return the ways to understand a text; of each all conditions have to hold. No text: one way, without any.

    performance_id: the one that is looked in; of its house a row alone is a place, too.
    """
    typed = clean_line(text[: 4 * LONGEST_TEXT], LONGEST_TEXT)
    words = typed_words(typed)[:MOST_WORDS]
    if not words:
        return [()]
    ways: list[_Way] = [_Way(tuple(dict.fromkeys(begun_words(words))))]
    if numbers := order_numbers(words):
        ways.append(_Way(also=has_number(numbers)))
    if coded := _of_code(session, typed):
        ways.append(_Way(also=is_one_of(coded)))
    if (phone := begun_phone(typed)) is not None:
        ways.append(_Way((phone,)))
    if performance_id is not None or any(len(word) <= _SHORT or _has_digit(word) for word in words):
        ways += _places(session, typed, performance_id)
    counts = count_words(session, (one for way in ways for one in way.words))
    return [
        (*(has_word(one, counts[one]) for one in way.words), *((way.also,) if way.also is not None else ()))
        for way in ways
        if all(counts[one] for one in way.words)
    ]


class _Way(NamedTuple):
    """A way to understand a text: words that begin so, and what else has to hold."""

    words: tuple[Begun, ...] = ()
    also: Condition | None = None


def _of_code(session: Session, typed: str) -> list[int]:
    """Return the order of a ticket's short code, or of its code from another house."""
    if looks_like_short_code(typed):
        which = _TICKET.c.short_code == normalise_code(typed)
    else:
        ticket_id = find_old_code(session, _ANYWHERE, typed).ticket_id
        if ticket_id is None:
            return []
        which = _TICKET.c.id == ticket_id
    of_ticket = select(_LINE.c.order_id).join(_TICKET, _TICKET.c.order_line_id == _LINE.c.id).where(which)
    return list(session.execute(of_ticket).scalars())


def _places(session: Session, typed: str, performance_id: int | None) -> Iterator[_Way]:
    """Give the ways to read a place in it; seats that are called with the same name beside them are one way."""
    seats: defaultdict[tuple[Begun, ...], set[int]] = defaultdict(set)
    known: dict[Reading, Sequence[int]] = {}
    for reading in readings(typed, _plan_words(session, performance_id)):
        names = tuple(Begun(tuple((WordKind.ORDER, way) for way in ways)) for ways in reading.names)
        if performance_id is not None and reading.parts and not (reading.rows or reading.numbers):
            zones, areas = _parts(reading)
            yield _Way(names, is_in_part(zones, areas, performance_id))
        elif reading.tells_place and (performance_id is not None or _is_seat(reading)):
            place = replace(reading, names=(), farther=0)
            if place not in known:
                known[place] = session.execute(_seats_of(place, performance_id)).scalars().all()
            found = known[place]
            is_sure = performance_id is not None or bool(reading.rows)
            if len(found) <= (_MOST_SEATS if is_sure else _MOST_IN_PART):
                seats[names].update(found)
    for names, ids in seats.items():
        if ids:
            yield _Way(names, has_seat(sorted(ids), performance_id))


def _is_seat(reading: Reading) -> bool:
    """Tell whether it names a seat, so that the orders of all evenings that it was sold for are not too many."""
    return bool(reading.numbers) and bool(reading.rows or reading.parts)


def _parts(reading: Reading) -> tuple[list[int], list[int]]:
    """Return the zones and the areas of a reading."""
    parts = sorted((part.is_area, part.part_id) for part in reading.parts or ())
    return [one for is_area, one in parts if not is_area], [one for is_area, one in parts if is_area]


def _seats_of(reading: Reading, performance_id: int | None) -> Select[Any]:
    zones, areas = _parts(reading)
    seats = select(_SEAT.c.id).join_from(_PLAN, _SEAT, _SEAT.c.plan_id == _PLAN.c.id)
    if performance_id is not None:
        seats = seats.where(_PLAN.c.id == _plan_of(performance_id))
    if reading.numbers:
        for dialect in ("mysql", "mariadb") if reading.rows else ():
            seats = seats.with_hint(_SEAT, "FORCE INDEX (ix_seat_plan_id_number)", dialect)
        # Nobody knows the numbers of the places in an area. No engine looks up by this: most seats are in none.
        seats = seats.where(_SEAT.c.number.in_(reading.numbers), func.coalesce(_SEAT.c.area_id, 0) == 0)
    if reading.rows:
        seats = seats.join(_ROW, _ROW.c.id == _SEAT.c.row_id).where(_ROW.c.label.in_(reading.rows))
    if reading.parts is not None:
        seats = seats.where(or_(_SEAT.c.zone_id.in_(zones), _SEAT.c.area_id.in_(areas)))
    return seats.limit(_MOST_SEATS + 1)


def _plan_words(session: Session, performance_id: int | None) -> PlanWords:
    """Return what the parts of a performance's plan are called, or those of all plans."""
    here = _of_plan(performance_id)
    areas = [_AREA.c.plan_id == _plan_of(performance_id)] if performance_id is not None else []
    rows = select(literal(_OF_ROW), null(), _ROW.c.label).distinct().join(_ZONE, _ZONE.c.id == _ROW.c.zone_id)
    found = session.execute(
        union_all(
            select(literal(_OF_ZONE).label("what"), _ZONE.c.id, _ZONE.c.name).where(*here),
            select(literal(_OF_AREA), _AREA.c.id, _AREA.c.name).where(*areas),
            rows.where(*here),
        )
    ).all()
    return PlanWords(
        tuple(NamedPart(row.id, row.name, is_area=row.what == _OF_AREA) for row in found if row.what != _OF_ROW),
        tuple(row.name for row in found if row.what == _OF_ROW),
    )


def _of_plan(performance_id: int | None) -> list[ColumnElement[bool]]:
    return [_ZONE.c.plan_id == _plan_of(performance_id)] if performance_id is not None else []


def _plan_of(performance_id: int) -> Any:
    return select(_PERFORMANCE.c.plan_id).where(_PERFORMANCE.c.id == performance_id).scalar_subquery()


def _has_digit(word: Sequence[str]) -> bool:
    return any(map(str.isdecimal, word))
