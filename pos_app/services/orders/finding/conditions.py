"""What is asked of an order: conditions, each of a form of statement and the values of one search.

How each form is stated is told in stating.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Integer, bindparam, func, literal_column, select, union_all

from pos_app.services.orders.finding import stating
from pos_app.services.orders.finding.evenings import evenings_to_come
from pos_app.services.orders.finding.stating import BEHIND, Form, begins, next_word, of_turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, CompoundSelect
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.finding import Begun
    from pos_app.domain.orders.standing import OrderStanding

MOST_FEW: Final = 2_000
"""So many words are few: their orders are all looked at."""
_MOST_SPELLED: Final = 3
"""So many different words that begin as was typed are looked up one by one: the orders of each lie sorted."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that is asked of an order.

    form: how it is stated. facts: the values, by the names that the form has for them. is_listed: the orders that fit
    can be listed. has_crowd: the lists have to be sorted. lists_more: others stand in the lists, too, and each order is
    to be tested. is_few: the lists are short. at_most: so many orders stand in them; None: nobody has counted.
    """

    form: Form
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_listed: bool = False
    has_crowd: bool = False
    lists_more: bool = False
    is_few: bool = False
    at_most: int | None = None

    def facts_at(self, turn: int) -> dict[str, Any]:
        """Return its values as a statement names them in which it stands at this turn."""
        return {of_turn(name, turn): value for name, value in self.facts.items()}


ANY_ORDER: Final = Condition(Form(stating.any_order), is_listed=True)
"""What is walked where nothing that is asked for can be listed."""


def sold_at(till_id: int) -> Condition:
    """Ask for orders that were sold at a till."""
    return Condition(Form(stating.sold_at), {"till": till_id}, is_listed=True)


def sold_by(staff_id: int) -> Condition:
    """Ask for orders that somebody sold."""
    return Condition(Form(stating.sold_by), {"staff": staff_id}, is_listed=True)


def sold_between(since: datetime | None, until: datetime | None) -> Condition:
    """Ask for orders that were sold since a moment and before another."""
    form = Form(stating.sold_between, (since is not None, until is not None))
    return Condition(form, _told(since=since, until=until))


def for_performance(performance_id: int) -> Condition:
    """Ask for orders that have, or had, a place of a performance."""
    return Condition(Form(stating.for_performance), {"performance": performance_id}, is_listed=True)


def standing_is(standing: OrderStanding) -> Condition:
    """Ask for orders that stand so: as domain/orders/standing.py says, in what an index knows."""
    return Condition(Form(stating.standing_is, (standing,)), is_listed=True, lists_more=True)


def waits_at_window(session: Session, performance_id: int | None) -> Condition:
    """Ask for orders with a good ticket that was never printed, of a performance that is not over.

    performance_id: of this one only. What was never collected in years is not looked at.
    """
    evenings = session.connection().execute(
        evenings_to_come(performance_id is not None), _told(performance=performance_id)
    )
    facts = {"performances": evenings.scalars().all()}
    return Condition(Form(stating.waits_at_window), facts, is_listed=True, is_few=True)


def count_words(session: Session, begun: Iterable[Begun]) -> dict[Begun, int]:
    """Return how many words begin in the ways of each; of more than MOST_FEW only that they are more."""
    asked = list(dict.fromkeys(begun))
    if not asked:
        return {}
    facts: dict[str, Any] = {"most": MOST_FEW + 1}
    for turn, one in enumerate(asked):
        facts.update((of_turn(name, turn), value) for name, value in _ways(one).items())
    rows = session.connection().execute(_counting(tuple(len(one.ways) for one in asked)), facts)
    return {asked[row.at]: row.words for row in rows}


def has_word(begun: Begun, words: int) -> Condition:
    """Ask for orders of which a word begins in one of these ways. words: how many do, as count_words says.

    Words that are one of these ways as a whole lie sorted by their orders, longer ones do not: the crowd.
    """
    is_few = words <= MOST_FEW
    return Condition(
        Form(stating.has_few_words if is_few else stating.has_word, (len(begun.ways),)),
        _ways(begun),
        is_listed=True,
        has_crowd=not is_few,
        is_few=is_few,
        at_most=words if is_few else None,
    )


def spelled_out(session: Session, condition: Condition) -> Condition:
    """Return the same condition by the words as they are stored, where these are few different ones: with no crowd."""
    if not condition.has_crowd:
        return condition
    facts = condition.facts
    words: dict[tuple[str, str], None] = {}
    for at in range(condition.form.details[0]):
        kind, start, end = (facts[f"{name}_{at}"] for name in ("kind", "from", "to"))
        after: str | None = start
        while after is not None:
            words[kind, after] = None
            if len(words) > _MOST_SPELLED or kind != facts["kind_0"]:
                return condition
            asked = {"kind": kind, "after": after, "end": end}
            after = session.connection().execute(next_word(), asked).scalar_one_or_none()
    spelled = {f"word_{at}": word for at, (_, word) in enumerate(words)}
    form = Form(stating.has_whole_word, (len(words),))
    return Condition(form, {"kind_0": facts["kind_0"]} | spelled, is_listed=True)


def has_number(begun: Sequence[str]) -> Condition:
    """Ask for orders whose number begins so: long enough, so that they are few."""
    facts: dict[str, Any] = {}
    for at, one in enumerate(begun):
        facts |= {f"number_from_{at}": one, f"number_to_{at}": one + BEHIND}
    return Condition(Form(stating.has_number, (len(begun),)), facts, is_listed=True, is_few=True)


def has_seat(seat_ids: Sequence[int], performance_id: int | None) -> Condition:
    """Ask for orders that have, or had, one of these seats, of one performance or of any."""
    form = Form(stating.has_seat, (performance_id is not None,))
    return Condition(form, _told(seats=list(seat_ids), performance=performance_id), is_listed=True)


def is_in_part(zone_ids: Sequence[int], area_ids: Sequence[int], performance_id: int) -> Condition:
    """Ask for orders with a place in one of these parts of a house; too many to be listed but for a performance's."""
    form = Form(stating.is_in_part, (bool(zone_ids), bool(area_ids)))
    facts = _told(zones=list(zone_ids) or None, areas=list(area_ids) or None)
    return Condition(form, {"performance": performance_id} | facts)


def is_one_of(order_ids: Sequence[int]) -> Condition:
    """Ask for these orders."""
    facts = {"orders": list(order_ids)}
    return Condition(Form(stating.is_one_of), facts, is_listed=True, is_few=True, at_most=len(order_ids))


def _told(**facts: Any) -> dict[str, Any]:
    """Return the values that are there."""
    return {name: value for name, value in facts.items() if value is not None}


def _ways(begun: Begun) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for at, (kind, way) in enumerate(begun.ways):
        facts |= {f"kind_{at}": str(kind), f"from_{at}": way, f"to_{at}": way + BEHIND}
    return facts


@lru_cache(64)
def _counting(ways: tuple[int, ...]) -> CompoundSelect[Any]:
    each = []
    for turn, count in enumerate(ways):
        at: ColumnElement[int] = literal_column(str(turn))
        some = (
            select(literal_column("1").label("one"))
            .where(begins(turn, count))
            .limit(bindparam("most", type_=Integer()))
            .subquery()
        )
        each.append(select(at.label("at"), func.count().label("words")).select_from(some))
    return union_all(*each)
