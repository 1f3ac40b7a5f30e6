"""The newest orders that fit, found in a time that does not grow with how many there are.

Whatever is few is looked at as a whole. What fits by the thousand is met within the newest orders: these are looked at
first. Else a list is walked from its newest order on, and each order is tested for the rest: of several lists the
thinnest one, for so the fewest are tested. It is walked only so far at one time: a page may end before it is full, and
the next one goes on there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Integer, bindparam, func, literal_column, select, union_all

from pos_app.services.orders.finding.conditions import ANY_ORDER, spelled_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, CompoundSelect, Select, Subquery
    from sqlalchemy.orm import Session

    from pos_app.services.orders.finding.conditions import Condition
    from pos_app.services.orders.finding.stating import Form, Listed, Stated

_FIRST: Final = (200, 800)
"""So many orders are tested, turn after turn, of all orders or of the thinnest list that comes sorted."""
_THEN: Final = (2_000, 6_000)
"""And so many of the thinnest of all lists, before the page ends."""
_MOST_SORTED: Final = 30_000
"""Rows that are sorted to find the newest: of more, some are among the newest orders or the page ends."""
_SHAPES: Final = 512
"""Statements of each kind that are kept; each is built once."""


class Span(NamedTuple):
    """Orders from first on and before end, by their ids."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """Orders that fit, the newest first: all from `reached` on (0: all that there are)."""

    ids: tuple[int, ...]
    reached: int = 0


class _Probe(NamedTuple):
    """The newest orders of a list, or rows of a crowd. floor: the oldest of them."""

    orders: int
    floor: int


def newest_orders(session: Session, conditions: Sequence[Condition], span: Span, most: int) -> Found:
    """Return the newest orders of a span of which all conditions hold; so many at the most."""
    if span.first >= span.end:
        return Found(())
    few = next((one for one in conditions if one.is_few), None)
    if few is not None:
        return _walk(session, few, conditions, span, most, _FIRST + _THEN)
    sorted_ones = [one for one in conditions if one.is_listed and not one.has_crowd]
    thinnest = _thinnest(session, sorted_ones, span, sum(_FIRST))
    found = _walk(session, thinnest, conditions, span, most, _FIRST)
    if not found.reached or len(found.ids) == most:
        return found
    span = span._replace(end=found.reached)
    conditions = [spelled_out(session, one) for one in conditions]
    listed = [one for one in conditions if one.is_listed and not (one.has_crowd and _is_crowd(session, one))]
    thinnest = _thinnest(session, listed, span, _THEN[0])
    rest = _walk(session, thinnest, conditions, span, most - len(found.ids), (_FIRST[0], *_THEN))
    return Found(found.ids + rest.ids, rest.reached)


def _thinnest(session: Session, ways: Sequence[Condition], span: Span, at_once: int) -> Condition:
    """Return the condition of whose list so many orders reach the farthest back; with none, of all."""
    if len(ways) < 2:
        return ways[0] if ways else ANY_ORDER
    probes = _probe(session, ways, span, at_once)
    return ways[min(range(len(ways)), key=lambda at: (probes[at].orders == at_once, probes[at].floor))]


def _walk(
    session: Session,
    way: Condition,
    conditions: Sequence[Condition],
    span: Span,
    most: int,
    turns: Sequence[int],
) -> Found:
    """Test the orders of a list for all other conditions, the newest first, so many at each turn."""
    others = [one for one in conditions if one is not way or one.lists_more]
    found: list[int] = []
    for at_once in turns:
        found += _test(session, way, others, span, at_once, most - len(found))
        if len(found) == most:
            return Found(tuple(found), found[-1])
        if way.at_most is not None and way.at_most < at_once:
            return Found(tuple(found))
        (probe,) = _probe(session, [way], span, at_once)
        if probe.orders < at_once:
            return Found(tuple(found))
        span = span._replace(end=probe.floor)
    return Found(tuple(found), span.end)


def _test(
    session: Session, way: Condition, conditions: Sequence[Condition], span: Span, at_once: int, most: int
) -> Sequence[int]:
    """Return those of the newest orders of a list of which all conditions hold, so many at the most."""
    # Of a crowd so many rows may be fewer orders.
    enough = at_once if conditions or way.has_crowd else min(at_once, most)
    facts = {"at_once": enough, "most": most}
    statement = _testing(way.form, tuple(one.form for one in conditions))
    return session.connection().execute(statement, facts | _facts((way, *conditions), span)).scalars().all()


def _probe(session: Session, ways: Sequence[Condition], span: Span, at_once: int) -> list[_Probe]:
    """Return how many of the newest orders of each list there are, up to so many, and how far back they reach."""
    statement = _probing(tuple(one.form for one in ways))
    rows = session.connection().execute(statement, {"at_once": at_once} | _facts(ways, span))
    return [_Probe(row.orders, row.floor) for row in sorted(rows, key=lambda row: row.at)]


def _is_crowd(session: Session, condition: Condition) -> bool:
    """Tell whether there is too much of a list to sort it."""
    facts = {"most": _MOST_SORTED + 1} | condition.facts_at(0)
    count: int = session.connection().execute(_counting(condition.form), facts).scalar_one()
    return count > _MOST_SORTED


def _facts(conditions: Sequence[Condition], span: Span) -> dict[str, Any]:
    facts: dict[str, Any] = {"first": span.first, "end": span.end}
    for turn, one in enumerate(conditions):
        facts |= one.facts_at(turn)
    return facts


@lru_cache(_SHAPES)
def _testing(way: Form, conditions: tuple[Form, ...]) -> Select[Any]:
    stated = way.stated(0)
    newest = _newest(stated)
    if stated.crowd is not None:
        newest = select(newest.c.id).distinct().subquery()
    holds = [form.stated(turn).holds(newest.c.id) for turn, form in enumerate(conditions, 1)]
    return select(newest.c.id).where(*holds).order_by(newest.c.id.desc()).limit(_number("most"))


@lru_cache(_SHAPES)
def _probing(ways: tuple[Form, ...]) -> Select[Any] | CompoundSelect[Any]:
    each = []
    for turn, form in enumerate(ways):
        newest = _newest(form.stated(turn))
        floor = func.coalesce(func.min(newest.c.id), 0)
        at: ColumnElement[int] = literal_column(str(turn)).label("at")
        each.append(select(at, func.count().label("orders"), floor.label("floor")).select_from(newest))
    return union_all(*each) if len(each) > 1 else each[0]


@lru_cache(_SHAPES)
def _counting(form: Form) -> Select[Any]:
    crowd = form.stated(0).crowd
    if crowd is None:
        raise ValueError(f"The lists of {form} come sorted.")
    return select(func.count()).select_from(crowd.limit(_number("most")).subquery())


def _newest(stated: Stated) -> Subquery:
    """Return the newest orders of lists, each once but for a crowd: there so many rows, all of the orders in them.

    To leave out what a crowd has twice, all of it would have to be stored; its newest rows are picked in passing.
    """
    each = [_newest_of_one(one) for one in stated.lists]
    if len(each) == 1:
        return each[0].subquery()
    # Each limited statement in one of its own: SQLite joins no others together.
    together = union_all(*(select(one.subquery().c.id) for one in each)).subquery()
    return select(together.c.id).order_by(together.c.id.desc()).limit(_number("at_once")).subquery()


def _newest_of_one(one: Listed) -> Select[Any]:
    order_id = one.order_id
    ids = one.ids.with_only_columns(order_id.label("id"), maintain_column_froms=True)
    inside = ids.where(order_id >= _number("first"), order_id < _number("end"))
    newest = inside.order_by(order_id.desc()).limit(_number("at_once"))
    return newest.distinct() if one.is_sorted else newest


def _number(name: str) -> ColumnElement[int]:
    return bindparam(name, type_=Integer())
