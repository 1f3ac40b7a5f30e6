"""How each thing that is asked of an order is stated, in two ways: as the list of the orders that fit, and as a test.

A list is walked by an index that ends with the order, so its newest orders are read without looking at the others. A
test is a sub-query of one value: no engine turns it into a join and begins with what fits by the thousand.

Statements hold no values but names for them, so that each is built once and not at every search: `turn` tells the same
thing apart that is asked for several times.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Integer, and_, bindparam, case, func, literal_column, or_, select, true

from pos_app.db.base import table_of
from pos_app.db.models import Order, OrderLine, SearchWord, Seat, Ticket
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.standing import OrderStanding

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, FromClause, Select

_ORDER = table_of(Order)
_LINE = table_of(OrderLine)
_SEAT = table_of(Seat)
_TICKET = table_of(Ticket)
_WORD = table_of(SearchWord)

BEHIND: Final = "\U0010ffff"
"""Behind a word, the end of all that begin with it, in the binary order of every engine."""

_STATES: Final = {
    OrderStanding.RESERVED: ((LineState.RESERVED,), ()),
    OrderStanding.PAID: ((LineState.LIVE,), (LineState.RESERVED, LineState.RETURNED, LineState.EXCHANGED)),
    OrderStanding.PART_REFUNDED: ((LineState.RETURNED, LineState.LIVE), (LineState.RESERVED,)),
    OrderStanding.EXCHANGED: ((LineState.EXCHANGED, LineState.LIVE), (LineState.RESERVED, LineState.RETURNED)),
    OrderStanding.REFUNDED: ((LineState.RETURNED,), (LineState.RESERVED, LineState.LIVE)),
    OrderStanding.RELEASED: (
        (LineState.RELEASED,),
        (LineState.RESERVED, LineState.LIVE, LineState.RETURNED, LineState.VOID),
    ),
    OrderStanding.VOID: ((LineState.VOID,), (LineState.RESERVED, LineState.LIVE, LineState.RETURNED)),
}
"""States that lines of each such order have, the rarest first, and those that none of its lines has."""


class Listed(NamedTuple):
    """A list of orders that fit.

    ids: its statement, of one column, with repetitions; order_id: that column. is_sorted: it is read by its orders.
    """

    ids: Select[Any]
    order_id: ColumnElement[int]
    is_sorted: bool = True


class Stated(NamedTuple):
    """How something is asked for.

    holds: the test of the order of this id. lists: together all orders that fit; none: they cannot be listed. crowd: a
    statement of the rows that the lists have to sort, None where they come sorted.
    """

    holds: Callable[[ColumnElement[int]], ColumnElement[bool]]
    lists: tuple[Listed, ...] = ()
    crowd: Select[Any] | None = None


class Form(NamedTuple):
    """What is asked for, without the values. details: what its statement depends on beside them."""

    stated_by: Callable[..., Stated]
    details: tuple[Any, ...] = ()

    def stated(self, turn: int) -> Stated:
        """State it, as the how manieth thing that one statement asks for."""
        return self.stated_by(turn, *self.details)


def of_turn(name: str, turn: int) -> str:
    """Return what a statement calls a value of the thing that it asks for at this turn."""
    return f"{name}_{turn}"


def any_order(_: int) -> Stated:
    """All orders there are."""
    return Stated(lambda _: true(), (Listed(select(_ORDER.c.id), _ORDER.c.id),))


def sold_at(turn: int) -> Stated:
    """Orders of a till."""
    return _by_column(_ORDER.c.till_id, _one("till", turn, _ORDER.c.till_id), "ix_orders_till_id")


def sold_by(turn: int) -> Stated:
    """Orders of somebody."""
    return _by_column(_ORDER.c.staff_id, _one("staff", turn, _ORDER.c.staff_id), "ix_orders_staff_id")


def sold_between(turn: int, has_since: bool, has_until: bool) -> Stated:  # noqa: FBT001 - what a form holds is told in its order
    """Orders of some time."""
    made = _ORDER.c.created_at
    bounds = [made >= _one("since", turn, made)] if has_since else []
    bounds += [made < _one("until", turn, made)] if has_until else []
    return Stated(_fits(and_(*bounds)))


def for_performance(turn: int) -> Stated:
    """Orders for a performance."""
    here = select(_LINE.c.order_id).where(_LINE.c.performance_id == _evening(turn))
    return _by_lines(here, _by_index(here, _LINE, "ix_order_line_performance_id_order_id"))


def standing_is(_: int, standing: OrderStanding) -> Stated:
    """Orders that stand so."""
    some, none = _STATES[standing]
    state = _LINE.c.state

    def holds(order_id: ColumnElement[int]) -> ColumnElement[bool]:
        # One look at its few lines, and not one for each state.
        has = [func.max(case((state == str(one), 1), else_=0)) == literal_column("1") for one in some]
        has_not = func.max(case((state.in_([str(one) for one in none]), 1), else_=0)) == literal_column("0")
        lines = select(and_(*has, has_not)).where(_LINE.c.order_id == order_id, _LINE.c.kind == str(LineKind.SEAT))
        return _is_true(lines)

    main = _by_index(_of_state(some[0]), _LINE, "ix_order_line_kind_state_order_id")
    return Stated(holds, (Listed(main, _LINE.c.order_id),))


def waits_at_window(turn: int) -> Stated:
    """Orders with a good ticket for some performances that was never printed."""
    here = (
        select(_LINE.c.order_id)
        .select_from(_TICKET)
        .join(_LINE, _LINE.c.id == _TICKET.c.order_line_id)
        .where(
            _TICKET.c.printed_at.is_(None),
            _TICKET.c.performance_id.in_(_several("performances", turn)),
            _TICKET.c.voided_at.is_(None),
        )
    )
    return _by_lines(here, _by_index(here, _TICKET, "ix_ticket_printed_at_performance_id"))


def has_few_words(turn: int, ways: int) -> Stated:
    """Orders that have a word of few."""
    here = begins(turn, ways)
    listed = _by_index(select(_WORD.c.id).where(here), _WORD, "PRIMARY")
    return Stated(_has(here), (Listed(listed, _WORD.c.id),))


def has_word(turn: int, ways: int) -> Stated:
    """Orders that have a word of many: those that it is as a whole, and those with longer ones."""
    of_all = _WORD.c.performance_id == 0
    each = _each_way(turn, ways)
    whole = [select(_WORD.c.id).where(kind, _WORD.c.word == start, of_all) for kind, start, _ in each]
    longer = [and_(kind, _WORD.c.word > start, _WORD.c.word <= end) for kind, start, end in each]
    crowd = _by_index(select(_WORD.c.id).where(or_(*longer)), _WORD, "PRIMARY")
    lists = [Listed(_by_index(one, _WORD, "PRIMARY"), _WORD.c.id) for one in whole]
    return Stated(_has(begins(turn, ways)), (*lists, Listed(crowd, _WORD.c.id, is_sorted=False)), crowd)


def has_whole_word(turn: int, words: int) -> Stated:
    """Orders that have one of some words as a whole."""
    kind = _WORD.c.kind == _one("kind_0", turn, _WORD.c.kind)
    fits = [_WORD.c.word == _one(f"word_{at}", turn, _WORD.c.word) for at in range(words)]
    whole = [select(_WORD.c.id).where(kind, fit, _WORD.c.performance_id == 0) for fit in fits]
    lists = tuple(Listed(_by_index(one, _WORD, "PRIMARY"), _WORD.c.id) for one in whole)
    return Stated(_has(and_(kind, or_(*fits))), lists)


@cache
def next_word() -> Select[Any]:
    """Return the statement of the first word of a kind behind another one and up to an end."""
    kind, after, end = (bindparam(name, type_=_WORD.c.word.type) for name in ("kind", "after", "end"))
    here = select(_WORD.c.word).where(_WORD.c.kind == kind, _WORD.c.word > after, _WORD.c.word <= end)
    return _by_index(here, _WORD, "PRIMARY").order_by(_WORD.c.word).limit(1)


def begins(turn: int, ways: int) -> ColumnElement[bool]:
    """Tell whether a word begins in one of so many ways."""
    return or_(*(and_(kind, _WORD.c.word.between(start, end)) for kind, start, end in _each_way(turn, ways)))


def has_number(turn: int, ways: int) -> Stated:
    """Orders whose number begins in one of so many ways."""
    number = _ORDER.c.number
    bounds = [(_one(f"number_from_{at}", turn, number), _one(f"number_to_{at}", turn, number)) for at in range(ways)]
    fits = or_(*(number.between(start, end) for start, end in bounds))
    return Stated(
        _fits(fits),
        (Listed(select(_ORDER.c.id).where(fits), _ORDER.c.id),),
    )


def has_seat(turn: int, of_one: bool) -> Stated:  # noqa: FBT001 - as above
    """Orders of some seats, of one performance or of all."""
    here = select(_LINE.c.order_id).where(_LINE.c.seat_id.in_(_several("seats", turn)))
    if not of_one:
        return _by_lines(here, _by_index(here, _LINE, "ix_order_line_seat_id_order_id"))
    here = here.where(_LINE.c.performance_id == _evening(turn))
    return _by_lines(here, _by_index(here, _LINE, "ix_order_line_performance_id_seat_id"))


def is_in_part(turn: int, has_zones: bool, has_areas: bool) -> Stated:  # noqa: FBT001 - as above
    """Orders with a place in parts of the house of a performance."""
    parts = [_SEAT.c.zone_id.in_(_several("zones", turn))] if has_zones else []
    parts += [_SEAT.c.area_id.in_(_several("areas", turn))] if has_areas else []
    here = (
        select(_LINE.c.order_id)
        .join(_SEAT, _SEAT.c.id == _LINE.c.seat_id)
        .where(_LINE.c.performance_id == _evening(turn), or_(*parts))
    )
    return Stated(lambda order_id: _is(here.where(_LINE.c.order_id == order_id)))


def is_one_of(turn: int) -> Stated:
    """Some orders."""
    here = _ORDER.c.id.in_(_several("orders", turn))
    return Stated(
        lambda order_id: order_id.in_(_several("orders", turn)), (Listed(select(_ORDER.c.id).where(here), _ORDER.c.id),)
    )


def _one(name: str, turn: int, like: ColumnElement[Any]) -> ColumnElement[Any]:
    return bindparam(of_turn(name, turn), type_=like.type)


def _several(name: str, turn: int) -> Any:
    return bindparam(of_turn(name, turn), expanding=True, type_=Integer())


def _evening(turn: int) -> ColumnElement[Any]:
    return _one("performance", turn, _LINE.c.performance_id)


def _each_way(turn: int, ways: int) -> list[tuple[ColumnElement[bool], ColumnElement[str], ColumnElement[str]]]:
    """Return of each way whether a word is of its kind, where such words begin and where they end."""
    return [
        (
            _WORD.c.kind == _one(f"kind_{at}", turn, _WORD.c.kind),
            _one(f"from_{at}", turn, _WORD.c.word),
            _one(f"to_{at}", turn, _WORD.c.word),
        )
        for at in range(ways)
    ]


def _has(here: ColumnElement[bool]) -> Callable[[ColumnElement[int]], ColumnElement[bool]]:
    return lambda order_id: _is(select(_WORD.c.id).where(_WORD.c.id == order_id, here))


def _by_column(column: ColumnElement[int], value: ColumnElement[Any], index: str) -> Stated:
    here = _by_index(select(_ORDER.c.id).where(column == value), _ORDER, index)
    return Stated(_fits(column == value), (Listed(here, _ORDER.c.id),))


def _fits(what: ColumnElement[bool]) -> Callable[[ColumnElement[int]], ColumnElement[bool]]:
    """Test what stands in an order itself: as a value, for a condition would have a server think of other indexes."""
    return lambda order_id: _is_true(select(what).where(_ORDER.c.id == order_id))


def _by_lines(here: Select[Any], listed: Select[Any]) -> Stated:
    return Stated(lambda order_id: _is(here.where(_LINE.c.order_id == order_id)), (Listed(listed, _LINE.c.order_id),))


def _of_state(state: LineState) -> Select[Any]:
    return select(_LINE.c.order_id).where(_LINE.c.kind == str(LineKind.SEAT), _LINE.c.state == str(state))


def _by_index(ids: Select[Any], table: FromClause, index: str) -> Select[Any]:
    """Say by which index a server walks a list: it cannot know that the newest few are enough."""
    return ids.with_hint(table, f"FORCE INDEX ({index})", "mysql").with_hint(table, f"FORCE INDEX ({index})", "mariadb")


def _is(found: Select[Any]) -> ColumnElement[bool]:
    """Tell whether a statement finds anything."""
    one: Select[Any] = found.with_only_columns(literal_column("1"), maintain_column_froms=True).limit(
        literal_column("1")
    )
    return _is_true(one)


def _is_true(value: Select[Any]) -> ColumnElement[bool]:
    return func.coalesce(value.scalar_subquery(), literal_column("0")) == literal_column("1")
