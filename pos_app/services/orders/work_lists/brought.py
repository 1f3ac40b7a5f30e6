"""What the tickets of a list's orders brought, with their fees: as much as a refund of them would book, or has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import or_, select

from pos_app.db.models import OrderChange, OrderLine
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.services.orders.work_lists.kept import STANDING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.db.models import WorkList

_UNPAID: Final = (LineState.RESERVED, LineState.RELEASED)


@dataclass(frozen=True, slots=True)
class Brought:
    """The seats of an order in the performance, and what was paid for them. live: they are valid, or reserved still."""

    seat_ids: tuple[int, ...] = ()
    paid_minor: int = 0
    live: bool = False


def load_brought(session: Session, work: WorkList, on_list: ColumnElement[bool]) -> dict[int, Brought]:
    """Return, by order, the lines of the performance: those that are live, else those that ended last."""
    lines = _lines_met(session, work, on_list)
    fees = _fees(session, on_list)
    makers = _makers_of_live(session, work, on_list)
    found: dict[int, Brought] = {}
    for order_id, own in lines.items():
        ids = {line.id for line in own}
        ended_by = own[0].ended_by_id
        live = own[0].state in STANDING
        # The fee of the whole order goes with its last tickets; guests who were moved took it along.
        others = makers.get(order_id, set())
        whole = not others if live else others == {ended_by}
        minor = sum(
            fee.brought
            for fee in fees.get(order_id, ())
            if _goes(fee, ended_by, live=live, with_order=whole) and (fee.for_line_id is None or fee.for_line_id in ids)
        )
        seats = tuple(line.seat_id for line in own)
        paid = sum(line.brought for line in own if line.state not in _UNPAID)
        found[order_id] = Brought(seats, paid + minor, live)
    return found


def _goes(fee: Any, ended_by: int | None, *, live: bool, with_order: bool) -> bool:
    """Tell whether a fee goes, or went, with the tickets of its order."""
    if fee.state in _UNPAID:
        return False
    if fee.state != LineState.LIVE:
        return not live and fee.ended_by_id == ended_by
    return with_order if fee.for_line_id is None else live


def _lines_met(session: Session, work: WorkList, on_list: ColumnElement[bool]) -> Mapping[int, list[Any]]:
    rows = session.execute(
        select(
            OrderLine.id,
            OrderLine.order_id,
            OrderLine.seat_id,
            OrderLine.state,
            OrderLine.ended_by_id,
            (OrderLine.price_minor - OrderLine.discount_minor).label("brought"),
        )
        .outerjoin(OrderChange, OrderChange.id == OrderLine.ended_by_id)
        .where(
            on_list,
            OrderLine.performance_id == work.performance_id,
            OrderLine.kind == LineKind.SEAT,
            or_(OrderLine.state.in_(STANDING), OrderChange.created_at >= work.created_at),
        )
        .order_by(OrderLine.order_id, OrderLine.seat_id)
    )
    return {order_id: _newest(own) for order_id, own in _by_order(rows).items()}


def _newest(lines: list[Any]) -> list[Any]:
    standing = [line for line in lines if line.state in STANDING]
    if standing:
        return standing
    last = max(line.ended_by_id for line in lines)
    return [line for line in lines if line.ended_by_id == last]


def _fees(session: Session, on_list: ColumnElement[bool]) -> Mapping[int, Sequence[Any]]:
    rows = session.execute(
        select(
            OrderLine.order_id,
            OrderLine.for_line_id,
            OrderLine.state,
            OrderLine.ended_by_id,
            (OrderLine.price_minor - OrderLine.discount_minor).label("brought"),
        ).where(on_list, OrderLine.kind == LineKind.FEE)
    )
    return _by_order(rows)


def _makers_of_live(session: Session, work: WorkList, on_list: ColumnElement[bool]) -> dict[int, set[int | None]]:
    """Return, by order, which changes made its live tickets for other performances."""
    rows = session.execute(
        select(OrderLine.order_id, OrderLine.made_by_id)
        .where(
            on_list,
            OrderLine.kind == LineKind.SEAT,
            OrderLine.state == LineState.LIVE,
            OrderLine.performance_id != work.performance_id,
        )
        .distinct()
    )
    found: defaultdict[int, set[int | None]] = defaultdict(set)
    for row in rows:
        found[row.order_id].add(row.made_by_id)
    return found


def _by_order(rows: Any) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.order_id].append(row)
    return found
