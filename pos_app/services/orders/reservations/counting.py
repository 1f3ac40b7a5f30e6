"""How many reservations are open: asked often, so it is read from an index alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.models import Order
from pos_app.domain.roles import Permission
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def count_reservations(session: Session, actor: Actor) -> int:
    """Return of how many orders seats are kept and not paid. Raises NotPermitted."""
    require(session, actor, Permission.SELL)
    return session.execute(select(func.count()).where(Order.release_at.is_not(None))).scalar_one()
