"""Whether a performance may be sold now, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from pos_app.db.base import table_of
from pos_app.db.clock import seconds_until
from pos_app.db.models import Event, Performance, StaffMember
from pos_app.domain.errors import NotFound, NotOnSale, NotPermitted, SaleAfterStart
from pos_app.domain.roles import Permission, Role, may

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_PERFORMANCE = table_of(Performance)
_EVENT = table_of(Event)
_STAFF = table_of(StaffMember)

# Built once, and of tables: building it with objects takes longer than asking the server.
_ON_SALE = (
    select(
        _PERFORMANCE.c.state,
        _PERFORMANCE.c.deleted_at,
        _PERFORMANCE.c.hold_seconds,
        _EVENT.c.title,
        seconds_until(_PERFORMANCE.c.starts_at).label("until_start"),
        seconds_until(_PERFORMANCE.c.on_sale_at).label("until_sale"),
        seconds_until(_PERFORMANCE.c.off_sale_at).label("until_end"),
        _STAFF.c.name,
        _STAFF.c.role,
        _STAFF.c.active,
        _STAFF.c.deleted_at.label("staff_left_at"),
    )
    .select_from(_PERFORMANCE)
    # Joined first, to the table itself: further on, SQLAlchemy's MySQL compiler takes it for a cartesian product.
    .outerjoin(_STAFF, _STAFF.c.id == bindparam("seller"))
    .join(_EVENT, _EVENT.c.id == _PERFORMANCE.c.event_id)
    .where(_PERFORMANCE.c.id == bindparam("sold"))
)


def require_on_sale(
    session: Session,
    actor: Actor,
    performance_id: int,
    *,
    after_start: bool,
    may_finish: Callable[[], bool] = lambda: False,
) -> int:
    """Return the hold time in seconds. One statement, because it runs with every click on a seat.

    may_finish: asked where the seller's account does not carry it (any more), whether this sale may end all the same.
    Raises NotOnSale, SaleAfterStart (unless after_start), NotPermitted, NotFound.
    """
    row = session.connection().execute(_ON_SALE, {"sold": performance_id, "seller": actor.staff_id}).one_or_none()
    if row is None:
        raise NotFound("This performance is not there any more.", advice="Choose another one.")
    may_sell = row.active and row.staff_left_at is None and may(Role(row.role), Permission.SELL)
    if not (may_sell or may_finish()):
        raise NotPermitted(f"{row.name or actor.name} may not sell.", advice="Ask a manager.")
    if row.state == "cancelled" or row.deleted_at is not None:
        raise NotOnSale(f"“{row.title}” is cancelled.", advice="Choose another performance.")
    if row.until_sale is not None and row.until_sale > 0:
        raise NotOnSale(f"“{row.title}” is not on sale yet.", advice="Choose another performance.")
    if row.until_end is not None and row.until_end <= 0:
        raise NotOnSale(f"“{row.title}” is no longer on sale.", advice="Choose another performance.")
    if row.until_start <= 0 and not after_start:
        raise SaleAfterStart(f"“{row.title}” has begun.", advice="Sell late tickets?")
    return int(row.hold_seconds)
