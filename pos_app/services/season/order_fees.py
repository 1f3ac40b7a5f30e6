"""The fee of a whole order: it goes back with the last of its tickets, and is told with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from pos_app.db.models import OrderLine
from pos_app.domain.orders.changes import LineKind, LineState

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def load_order_fees_going(
    session: Session, performance_ids: Collection[int], gone: Collection[int] = ()
) -> dict[int, int]:
    """Return, by order, the fees of whole orders that go when all live tickets of these performances are given back.

    gone: performances whose tickets count as given back before. In minor units of each order; orders without are left
    out.
    """
    fee, ours, other = (aliased(OrderLine) for _ in range(3))
    going = sorted({*performance_ids, *gone})
    rows = session.execute(
        select(fee.order_id, func.sum(fee.price_minor - fee.discount_minor).label("minor"))
        .where(
            fee.kind == LineKind.FEE,
            fee.for_line_id.is_(None),
            fee.state == LineState.LIVE,
            fee.order_id.in_(
                select(ours.order_id).where(
                    ours.performance_id.in_(sorted(performance_ids)), ours.state == LineState.LIVE
                )
            ),
            ~exists().where(
                other.order_id == fee.order_id,
                other.kind == LineKind.SEAT,
                other.state == LineState.LIVE,
                other.performance_id.not_in(going),
            ),
        )
        .group_by(fee.order_id)
    )
    return {row.order_id: int(row.minor) for row in rows}
