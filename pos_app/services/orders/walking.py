"""The newest orders that fit, found in a time that does not grow with how many there are.

What fits by the thousand is met within the newest orders: these are looked at first. What is rarer is listed, its
newest orders first, and each is tested for the rest. Of several lists the thinnest is walked, for so the fewest orders
are tested, and only so far at one time: a page may end before it is full, and the next one goes on there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import func, literal, select, union_all

from pos_app.services.orders.conditions import ALL_ORDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select, Subquery
    from sqlalchemy.orm import Session

    from pos_app.services.orders.conditions import Condition, Listed

_NEWEST: Final = 1_000
"""Orders that are looked at before anything else."""
_AT_ONCE: Final = (2_000, 4_000, 8_000)
"""So many orders of a list are tested, turn after turn, before the page ends."""
_MOST_SORTED: Final = 50_000
"""Rows that are sorted to find the newest: of more, some are among the newest orders or the page ends."""


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
    if not _comes_sorted(conditions):
        ids = _test(session, (ALL_ORDERS,), conditions, span, _NEWEST, most)
        if len(ids) == most:
            return Found(ids, ids[-1])
    ways = [one for one in conditions if one.lists and not _is_crowd(session, one)]
    if not ways:
        return _walk(session, (ALL_ORDERS,), conditions, span, most)
    way, probe = ways[0], None
    if len(ways) > 1:
        probes = _probe(session, [one.lists for one in ways], span, _AT_ONCE[0])
        at = min(range(len(ways)), key=lambda at: (probes[at].orders == _AT_ONCE[0], probes[at].floor))
        way, probe = ways[at], probes[at]
    others = [one for one in conditions if one is not way or one.lists_more]
    return _walk(session, way.lists, others, span, most, probe)


def _comes_sorted(conditions: Sequence[Condition]) -> bool:
    """Tell whether the newest of what is asked for are the first of a list, so that little has to be tested."""
    return not conditions or (len(conditions) == 1 and bool(conditions[0].lists) and conditions[0].crowd is None)


def _walk(
    session: Session,
    lists: Sequence[Listed],
    conditions: Sequence[Condition],
    span: Span,
    most: int,
    probe: _Probe | None = None,
) -> Found:
    """Test the orders of a list, the newest first, some at once. probe: the first turn's, where it is known."""
    found: list[int] = []
    for at_once in _AT_ONCE:
        found += _test(session, lists, conditions, span, at_once, most - len(found))
        if len(found) == most:
            return Found(tuple(found), found[-1])
        probe = probe or _probe(session, [lists], span, at_once)[0]
        if probe.orders < at_once:
            return Found(tuple(found))
        span, probe = span._replace(end=probe.floor), None
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
