"""Which tickets a letter about resale tells of, as the books have it, and what the house keeps of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from pos_app.db.models import OrderLine, Performance, Resale
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.orders.changes import LineKind, LineState

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def load_resale_lines(session: Session, kind: LetterKind, line_ids: Collection[int]) -> frozenset[int]:
    """Return of the lines that a letter was written for those of which it is true: on resale still, or good again.

    Of a performance that is not given neither is: its guests hear of that.
    """
    on_resale = exists().where(Resale.open_line_id == OrderLine.id)
    found = session.scalars(
        select(OrderLine.id)
        .join(Performance, Performance.id == OrderLine.performance_id)
        .where(
            Performance.state != "cancelled",
            OrderLine.id.in_(sorted(line_ids)),
            OrderLine.state == LineState.LIVE,
            on_resale if kind is LetterKind.RESALE else ~on_resale,
        )
    )
    return frozenset(found)


def load_expected_commission(session: Session, line_ids: Collection[int]) -> int:
    """Return what the house would keep of tickets on resale, in minor units, as it was told."""
    kept = select(func.sum(Resale.commission_minor)).where(Resale.open_line_id.in_(sorted(line_ids)))
    return int(session.execute(kept).scalar_one() or 0)


def load_kept_commission(session: Session, order_id: int, change_id: int) -> int:
    """Return what the house kept of the tickets that a change ended, in minor units."""
    kept = select(func.sum(OrderLine.price_minor - OrderLine.discount_minor)).where(
        OrderLine.order_id == order_id,
        OrderLine.kind == LineKind.FEE,
        OrderLine.made_by_id == change_id,
        OrderLine.for_line_id.is_not(None),
    )
    return int(session.execute(kept).scalar_one() or 0)
