"""What is asked of an order, each in two ways: as the list of the orders that fit, and as a test of one order.

A list is walked by an index that ends with the order, so its newest orders are read without looking at the others. A
test is a sub-query of one value: no engine turns it into a join and begins with what fits by the thousand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, literal, literal_column, not_, or_, select, union_all

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Order, OrderLine, Performance, SearchWord, Seat, Ticket
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.standing import OrderStanding
from pos_app.domain.season.evenings import ASSUMED_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, FromClause, Select
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.finding import Begun

_ORDER = table_of(Order)
_LINE = table_of(OrderLine)
_SEAT = table_of(Seat)
_TICKET = table_of(Ticket)
_PERFORMANCE = table_of(Performance)
_WORD = table_of(SearchWord)

MOST_FEW: Final = 2_000
"""So many words are few: their orders are all looked at."""
_LAST: Final = "\U0010ffff"
"""Behind a word, the end of all that begin with it, in the binary order of every engine."""

_STATES: Final = {
    OrderStanding.RESERVED: ((LineState.RESERVED,), ()),
    OrderStanding.PAID: ((LineState.LIVE,), (LineState.RESERVED, LineState.RETURNED, LineState.EXCHANGED)),
    OrderStanding.PART_REFUNDED: ((LineState.RETURNED, LineState.LIVE), (LineState.RESERVED,)),
    OrderStanding.EXCHANGED: ((LineState.EXCHANGED, LineState.LIVE), (LineState.RESERVED, LineState.RETURNED)),
    OrderStanding.REFUNDED: ((LineState.RETURNED,), (LineState.RESERVED, LineState.LIVE)),
    OrderStanding.VOID: ((LineState.VOID,), (LineState.RESERVED, LineState.LIVE, LineState.RETURNED)),
}
"""States that lines of each such order have, the rarest first, and those that none of its lines has."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of orders that fit. ids: its statement, of one column, with repetitions; order_id: that column."""

    ids: Select[Any]
    order_id: ColumnElement[int]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that is asked of an order.

    holds: the test of the order of this id. lists: together all orders that fit; none: they cannot be listed. crowd: a
    statement of the rows that the lists have to sort, None where they come sorted. lists_more: others stand in the
    lists, too, and each order is to be tested. is_few: the lists are short.
    """

    holds: Callable[[ColumnElement[int]], ColumnElement[bool]]
    lists: tuple[Listed, ...] = ()
    crowd: Select[Any] | None = None
    lists_more: bool = False
    is_few: bool = False


def sold_at(till_id: int) -> Condition:
    """Ask for orders that were sold at a till."""
    return _by_column(_ORDER.c.till_id, till_id, "ix_orders_till_id")


def sold_by(staff_id: int) -> Condition:
    """Ask for orders that somebody sold."""
    return _by_column(_ORDER.c.staff_id, staff_id, "ix_orders_staff_id")


def sold_between(since: datetime | None, until: datetime | None) -> Condition:
    """Ask for orders that were sold since a moment and before another."""
    bounds = [_ORDER.c.created_at >= since] if since is not None else []
    bounds += [_ORDER.c.created_at < until] if until is not None else []
    return Condition(lambda order_id: _is(select(_ORDER.c.id).where(_ORDER.c.id == order_id, *bounds)))


def for_performance(performance_id: int) -> Condition:
    """Ask for orders that have, or had, a place of a performance."""
    here = select(_LINE.c.order_id).where(_LINE.c.performance_id == performance_id)
    return Condition(
        lambda order_id: _is(here.where(_LINE.c.order_id == order_id)),
        (Listed(_by_index(here, _LINE, "ix_order_line_performance_id_order_id"), _LINE.c.order_id),),
    )


def standing_is(standing: OrderStanding) -> Condition:
    """Ask for orders that stand so: as domain/orders/standing.py says, in what an index knows."""
    some, none = _STATES[standing]

    def holds(order_id: ColumnElement[int]) -> ColumnElement[bool]:
        has, has_not = ([_of_state(state).where(_LINE.c.order_id == order_id) for state in one] for one in (some, none))
        return and_(*map(_is, has), *map(not_, map(_is, has_not)))

    main = _by_index(_of_state(some[0]), _LINE, "ix_order_line_kind_state_order_id")
    return Condition(holds, (Listed(main, _LINE.c.order_id),), lists_more=True)


def is_not_over() -> ColumnElement[bool]:
    """Tell whether the performance of the enclosing statement is still to be, or under way."""
    ends_at, starts_at = _PERFORMANCE.c.ends_at, _PERFORMANCE.c.starts_at
    began = utc_plus(-int(ASSUMED_LENGTH.total_seconds()))
    return or_(ends_at > utc_now(), and_(ends_at.is_(None), starts_at > began))


def waits_at_window(session: Session, performance_id: int | None) -> Condition:
    """Ask for orders with a good ticket that was never printed, of a performance that is not over.

    performance_id: of this one only. What was never collected in years is not looked at.
    """
    evenings = select(_PERFORMANCE.c.id).where(is_not_over())
    if performance_id is not None:
        evenings = evenings.where(_PERFORMANCE.c.id == performance_id)
    here = (
        select(_LINE.c.order_id)
        .select_from(_TICKET)
        .join(_LINE, _LINE.c.id == _TICKET.c.order_line_id)
        .where(
            _TICKET.c.printed_at.is_(None),
            _TICKET.c.performance_id.in_(session.execute(evenings).scalars().all()),
            _TICKET.c.voided_at.is_(None),
        )
    )
    return Condition(
        lambda order_id: _is(here.where(_LINE.c.order_id == order_id)),
        (Listed(_by_index(here, _TICKET, "ix_ticket_printed_at_performance_id"), _LINE.c.order_id),),
        is_few=True,
    )


def count_words(session: Session, begun: Iterable[Begun]) -> dict[Begun, int]:
    """Return how many words begin in the ways of each; of more than MOST_FEW only that they are more."""
    asked = list(dict.fromkeys(begun))
    each = []
    for at, one in enumerate(asked):
        some = select(_WORD.c.id).where(_begins(one)).limit(MOST_FEW + 1).subquery()
        each.append(select(literal(at).label("at"), func.count().label("words")).select_from(some))
    if not each:
        return {}
    rows = session.execute(union_all(*each) if len(each) > 1 else each[0])
    return {asked[row.at]: row.words for row in rows}


def has_word(begun: Begun, words: int) -> Condition:
    """Ask for orders of which a word begins in one of these ways. words: how many do, as count_words says.

    Words that are one of these ways as a whole lie sorted by their orders, longer ones do not: the crowd.
    """
    here = [(_WORD.c.kind == str(kind), _WORD.c.word, way) for kind, way in begun.ways]
    of_all = _WORD.c.performance_id == 0
    whole = [select(_WORD.c.id).where(kind, word == way, of_all) for kind, word, way in here]
    longer = [and_(kind, word > way, word <= way + _LAST) for kind, word, way in here]
    any_longer = select(_WORD.c.id).where(or_(*longer))
    begins = _begins(begun)
    is_few = words <= MOST_FEW
    lists = (select(_WORD.c.id).where(begins),) if is_few else (*whole, any_longer)
    return Condition(
        lambda order_id: _is(select(_WORD.c.id).where(_WORD.c.id == order_id, begins)),
        tuple(Listed(one, _WORD.c.id) for one in lists),
        crowd=None if is_few else any_longer,
        is_few=is_few,
    )


def has_number(begun: Sequence[str]) -> Condition:
    """Ask for orders whose number begins so: long enough, so that they are few."""
    begins = or_(*(_ORDER.c.number.between(one, one + _LAST) for one in begun))
    return Condition(
        lambda order_id: _is(select(_ORDER.c.id).where(_ORDER.c.id == order_id, begins)),
        (Listed(select(_ORDER.c.id).where(begins), _ORDER.c.id),),
        is_few=True,
    )


def has_seat(seat_ids: Sequence[int], performance_id: int | None) -> Condition:
    """Ask for orders that have, or had, one of these seats, of one performance or of any."""
    here = select(_LINE.c.order_id).where(_LINE.c.seat_id.in_(seat_ids))
    if performance_id is None:
        listed = _by_index(here, _LINE, "ix_order_line_seat_id_order_id")
    else:
        here = here.where(_LINE.c.performance_id == performance_id)
        listed = _by_index(here, _LINE, "ix_order_line_performance_id_seat_id")
    return Condition(
        lambda order_id: _is(here.where(_LINE.c.order_id == order_id)), (Listed(listed, _LINE.c.order_id),)
    )


def is_in_part(zone_ids: Sequence[int], area_ids: Sequence[int], performance_id: int) -> Condition:
    """Ask for orders with a place in one of these parts of a house; too many to be listed but for a performance's."""
    part = or_(_SEAT.c.zone_id.in_(zone_ids), _SEAT.c.area_id.in_(area_ids))
    here = (
        select(_LINE.c.order_id)
        .join(_SEAT, _SEAT.c.id == _LINE.c.seat_id)
        .where(_LINE.c.performance_id == performance_id, part)
    )
    return Condition(lambda order_id: _is(here.where(_LINE.c.order_id == order_id)))


def is_one_of(order_ids: Sequence[int]) -> Condition:
    """Ask for these orders."""
    here = select(_ORDER.c.id).where(_ORDER.c.id.in_(order_ids))
    return Condition(lambda order_id: order_id.in_(order_ids), (Listed(here, _ORDER.c.id),), is_few=True)


ALL_ORDERS: Final = Listed(select(_ORDER.c.id), _ORDER.c.id)
"""What is walked where nothing that is asked for can be listed."""


def _begins(begun: Begun) -> ColumnElement[bool]:
    return or_(*(and_(_WORD.c.kind == str(kind), _WORD.c.word.between(way, way + _LAST)) for kind, way in begun.ways))


def _by_column(column: ColumnElement[int], value: int, index: str) -> Condition:
    here = select(_ORDER.c.id).where(column == value)
    return Condition(
        lambda order_id: _is(here.where(_ORDER.c.id == order_id)),
        (Listed(_by_index(here, _ORDER, index), _ORDER.c.id),),
    )


def _of_state(state: LineState) -> Select[Any]:
    return select(_LINE.c.order_id).where(_LINE.c.kind == str(LineKind.SEAT), _LINE.c.state == str(state))


def _by_index(ids: Select[Any], table: FromClause, index: str) -> Select[Any]:
    """Say by which index a server walks a list: it cannot know that the newest few are enough."""
    return ids.with_hint(table, f"FORCE INDEX ({index})", "mysql").with_hint(table, f"FORCE INDEX ({index})", "mariadb")


def _is(found: Select[Any]) -> ColumnElement[bool]:
    """Tell whether a statement finds anything."""
    one: Select[Any] = found.with_only_columns(literal_column("1"), maintain_column_froms=True).limit(1)
    return func.coalesce(one.scalar_subquery(), literal_column("0")) == literal_column("1")
