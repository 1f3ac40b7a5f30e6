"""What an order is, in SQL: the twin of domain/orders/standing.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, select

from pos_app.db.base import table_of
from pos_app.db.models import Order, OrderLine
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.standing import OrderStanding

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

_ORDER = table_of(Order)
_LINE = table_of(OrderLine)


def has_lines(*states: LineState, order_id: ColumnElement[int] | None = None) -> ColumnElement[bool]:
    """Tell whether the order (by default of the enclosing statement) has a seat's line of one of these states."""
    of = _ORDER.c.id if order_id is None else order_id
    found = select(_LINE.c.id).where(
        _LINE.c.order_id == of, _LINE.c.kind == LineKind.SEAT, _LINE.c.state.in_([str(state) for state in states])
    )
    return found.exists()


def standing() -> ColumnElement[str]:
    """Return the OrderStanding of the order of the enclosing statement."""
    return case(
        (has_lines(LineState.RESERVED), str(OrderStanding.RESERVED)),
        (
            has_lines(LineState.LIVE),
            case(
                (has_lines(LineState.RETURNED), str(OrderStanding.PART_REFUNDED)),
                (has_lines(LineState.EXCHANGED), str(OrderStanding.EXCHANGED)),
                else_=str(OrderStanding.PAID),
            ),
        ),
        (has_lines(LineState.RETURNED), str(OrderStanding.REFUNDED)),
        (has_lines(LineState.VOID), str(OrderStanding.VOID)),
        (has_lines(LineState.RELEASED), str(OrderStanding.RELEASED)),
        else_=str(OrderStanding.VOID),
    )
