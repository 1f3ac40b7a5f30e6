"""What a use of a promo code took off which lines, and giving the use back once none of them is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import OrderLine, PromoRedemption, PromoShare, PromoUsage
from pos_app.domain.orders.changes import LineKind, LineState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

_STANDING = (LineState.LIVE, LineState.RESERVED)


def write_shares(session: Session, redemption_id: int, shares: Mapping[int, int]) -> None:
    """Note what a use of a code took off lines, by their ids; lines that it took nothing off are passed over."""
    rows = [
        {"redemption_id": redemption_id, "order_line_id": line_id, "saved_minor": saved}
        for line_id, saved in sorted(shares.items())
        if saved
    ]
    if rows:
        session.execute(insert(PromoShare), rows)


def give_back_uses(session: Session, *order_ids: int) -> None:
    """Give the uses of orders back to their codes, where no line is left that the code took something off.

    Of a use that took nothing off any line, where no seat of its order is left. Call it behind the end of the lines and
    behind the shares of lines that took their place.
    """
    own = (
        select(OrderLine.id)
        .join(PromoShare, PromoShare.order_line_id == OrderLine.id)
        .where(PromoShare.redemption_id == PromoRedemption.id)
    )
    left = select(OrderLine.id).where(
        OrderLine.order_id == PromoRedemption.order_id,
        OrderLine.kind == LineKind.SEAT,
        OrderLine.state.in_(_STANDING),
    )
    rows = session.execute(
        select(
            PromoRedemption.id,
            PromoRedemption.promo_code_id,
            own.exists().label("has_shares"),
            own.where(OrderLine.state.in_(_STANDING)).exists().label("is_used"),
            left.exists().label("has_seats"),
        )
        .where(PromoRedemption.order_id.in_(order_ids), PromoRedemption.undone_at.is_(None))
        .order_by(PromoRedemption.promo_code_id)
    ).all()
    for row in rows:
        if row.is_used if row.has_shares else row.has_seats:
            continue
        session.execute(
            update(PromoUsage).where(PromoUsage.promo_code_id == row.promo_code_id).values(uses=PromoUsage.uses - 1)
        )
        session.execute(update(PromoRedemption).where(PromoRedemption.id == row.id).values(undone_at=utc_now()))
