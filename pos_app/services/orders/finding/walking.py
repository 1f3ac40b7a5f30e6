"""The newest orders that fit, found in a time that does not grow with how many there are.

Whatever is few is looked at as a whole. What fits by the thousand is met within the newest orders: these are looked at
first. Else a list is walked from its newest order on, and each order is tested for the rest: of several lists the
thinnest one, for so the fewest are tested. It is walked only so far at one time: a page may end before it is full, and
the next one goes on there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import func, literal, select, true, union_all

from pos_app.services.orders.finding.conditions import ALL_ORDERS, Condition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select, Subquery
    from sqlalchemy.orm import Session

    from pos_app.services.orders.finding.conditions import Listed

_FIRST: Final = (200, 800)
"""So many orders are tested, turn after turn, of all orders or of the thinnest list that comes sorted."""
_THEN: Final = (2_000, 6_000)
"""And so many of the thinnest of all lists, before the page ends."""
_MOST_SORTED: Final = 30_000
"""Rows that are sorted to find the newest: of more, some are among the newest orders or the page ends."""
_ANY: Final = Condition(lambda _: true(), (ALL_ORDERS,))


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
    """The newest orders of a list. floor: the oldest of them."""

    orders: int
    floor: int


def newest_orders(session: Session, conditions: Sequence[Condition], span: Span, most: int) -> Found:
    """Return the newest orders of a span of which all conditions hold; so many at the most."""
    if span.first >= span.end:
        return Found(())
    few = next((one for one in conditions if one.is_few), None)
    if few is not None:
        return _walk(session, few, conditions, span, most, _FIRST + _THEN)
    sorted_ones = [one for one in conditions if one.lists and one.crowd is None]
    thinnest = _thinnest(session, sorted_ones, span, sum(_FIRST))
    found = _walk(session, thinnest, conditions, span, most, _FIRST)
    if not found.reached or len(found.ids) == most:
        return found
    span = span._replace(end=found.reached)
    listed = [*sorted_ones, *(one for one in conditions if one.crowd is not None and not _is_crowd(session, one))]
    thinnest = _thinnest(session, listed, span, _THEN[0])
    rest = _walk(session, thinnest, conditions, span, most - len(found.ids), _THEN)
    return Found(found.ids + rest.ids, rest.reached)


def _thinnest(session: Session, ways: Sequence[Condition], span: Span, at_once: int) -> Condition:
    """Return the condition of whose list so many orders reach the farthest back; with none, of all."""
    if len(ways) < 2:
        return ways[0] if ways else _ANY
    probes = _probe(session, [one.lists for one in ways], span, at_once)
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
        found += _test(session, way.lists, others, span, at_once, most - len(found))
        if len(found) == most:
            return Found(tuple(found), found[-1])
        (probe,) = _probe(session, [way.lists], span, at_once)
        if probe.orders < at_once:
            return Found(tuple(found))
        span = span._replace(end=probe.floor)
    return Found(tuple(found), span.end)


def _test(
    session: Session, lists: Sequence[Listed], conditions: Sequence[Condition], span: Span, at_once: int, most: int
) -> tuple[int, ...]:
    """Return those of the newest orders of a list of which all conditions hold, so many at the most."""
    newest = _newest(lists, span, at_once if conditions else min(at_once, most))
    holds = [one.holds(newest.c.id) for one in conditions]
    return tuple(session.execute(select(newest.c.id).where(*holds).order_by(newest.c.id.desc()).limit(most)).scalars())


def _probe(session: Session, ways: Sequence[Sequence[Listed]], span: Span, at_once: int) -> list[_Probe]:
    """Return how many of the newest orders of each list there are, up to so many, and how far back they reach."""
    each = []
    for at, lists in enumerate(ways):
        newest = _newest(lists, span, at_once)
        floor = func.coalesce(func.min(newest.c.id), 0)
        each.append(
            select(literal(at).label("at"), func.count().label("orders"), floor.label("floor")).select_from(newest)
        )
    rows = session.execute(union_all(*each) if len(each) > 1 else each[0])
    return [_Probe(row.orders, row.floor) for row in sorted(rows, key=lambda row: row.at)]


def _newest(lists: Sequence[Listed], span: Span, at_once: int) -> Subquery:
    """Return the newest orders of lists, each once."""
    each = [_newest_of_one(one, span, at_once) for one in lists]
    if len(each) == 1:
        return each[0].subquery()
    # Each limited statement in one of its own: SQLite joins no others together.
    together = union_all(*(select(one.subquery().c.id) for one in each)).subquery()
    return select(together.c.id).distinct().order_by(together.c.id.desc()).limit(at_once).subquery()


def _newest_of_one(one: Listed, span: Span, at_once: int) -> Select[Any]:
    order_id = one.order_id
    ids = one.ids.with_only_columns(order_id.label("id"), maintain_column_froms=True).distinct()
    return ids.where(order_id >= span.first, order_id < span.end).order_by(order_id.desc()).limit(at_once)


def _is_crowd(session: Session, condition: Condition) -> bool:
    """Tell whether there is too much of a list to sort it."""
    if condition.crowd is None:
        return False
    some = condition.crowd.limit(_MOST_SORTED + 1).subquery()
    return session.execute(select(func.count()).select_from(some)).scalar_one() > _MOST_SORTED
