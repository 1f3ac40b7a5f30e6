"""Whether a performance may be sold now, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, select

from pos_app.db.base import table_of
from pos_app.db.clock import seconds_until
from pos_app.db.models import Event, Performance, SeatingPlan, StaffMember, Venue
from pos_app.domain.errors import NotFound, NotOnSale, NotPermitted, SaleAfterStart
from pos_app.domain.roles import Permission, Role, may
from pos_app.domain.season.evenings import comes_and_goes
from pos_app.domain.selling.one_currency import require_one_currency
from pos_app.domain.sentences import say
from pos_app.services.selling.pricing import Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from sqlalchemy import Row, Select
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_PERFORMANCE = table_of(Performance)
_EVENT = table_of(Event)
_STAFF = table_of(StaffMember)
_PLAN = table_of(SeatingPlan)
_VENUE = table_of(Venue)

# Built once, and of tables: building it with objects takes longer than asking the server.
_ON_SALE = (
    select(
        _PERFORMANCE.c.state,
        _PERFORMANCE.c.deleted_at,
        _PERFORMANCE.c.hold_seconds,
        _EVENT.c.title,
        _VENUE.c.currency,
        seconds_until(_PERFORMANCE.c.starts_at).label("until_start"),
        seconds_until(_PERFORMANCE.c.on_sale_at).label("until_sale"),
        seconds_until(_PERFORMANCE.c.off_sale_at).label("until_end"),
        seconds_until(_PERFORMANCE.c.ends_at).label("until_over"),
        _PERFORMANCE.c.starts_at,
        _PERFORMANCE.c.ends_at,
        _PERFORMANCE.c.off_sale_at,
        _STAFF.c.name,
        _STAFF.c.role,
        _STAFF.c.active,
        _STAFF.c.deleted_at.label("staff_left_at"),
    )
    .select_from(_PERFORMANCE)
    # Joined first, to the table itself: further on, SQLAlchemy's MySQL compiler takes it for a cartesian product.
    .outerjoin(_STAFF, _STAFF.c.id == bindparam("seller"))
    .join(_EVENT, _EVENT.c.id == _PERFORMANCE.c.event_id)
    .join(_PLAN, _PLAN.c.id == _PERFORMANCE.c.plan_id)
    .join(_VENUE, _VENUE.c.id == _PLAN.c.venue_id)
    .where(_PERFORMANCE.c.id == bindparam("sold"))
)
# Read with it where it is paid, and not with every click on a seat.
_ON_SALE_WITH_TERMS = _ON_SALE.add_columns(
    _PERFORMANCE.c.event_id,
    _PERFORMANCE.c.plan_id,
    _PERFORMANCE.c.ticket_fee_minor,
    _PERFORMANCE.c.order_fee_minor,
)
_CURRENCY = (
    select(_VENUE.c.currency)
    .join(_PLAN, _PLAN.c.venue_id == _VENUE.c.id)
    .join(_PERFORMANCE, _PERFORMANCE.c.plan_id == _PLAN.c.id)
    .where(_PERFORMANCE.c.id == bindparam("of_performance"))
)


class Selling(NamedTuple):
    """A performance that is sold now: for how long its seats are held, and in which currency."""

    title: str
    currency: str
    hold_seconds: int


def require_on_sale(
    session: Session,
    actor: Actor,
    performance_id: int,
    *,
    after_start: bool,
    may_finish: Callable[[], bool] = lambda: False,
    held_since: datetime | None = None,
) -> Selling:
    """Return how it is sold. One statement, because it runs with every click on a seat.

    may_finish: asked where the seller's account does not carry it (any more), whether this sale may end all the same.
    held_since: when the hold was made whose seats are sold now, while it lasts (UTC): one made before the end of the
    sale, or of the performance, may be paid after it.
    Raises NotOnSale, SaleAfterStart (unless after_start), NotPermitted, NotFound.
    """
    row = _sold_now(
        session,
        _ON_SALE,
        actor,
        performance_id,
        after_start=after_start,
        may_finish=may_finish,
        held_since=held_since,
    )
    return Selling(row.title, row.currency, int(row.hold_seconds))


def require_terms(
    session: Session,
    actor: Actor,
    performance_id: int,
    *,
    after_start: bool,
    may_finish: Callable[[], bool],
    held_since: datetime | None,
) -> Terms:
    """Return by what it is priced, once it may be sold: as require_on_sale, in one statement, too."""
    row = _sold_now(
        session,
        _ON_SALE_WITH_TERMS,
        actor,
        performance_id,
        after_start=after_start,
        may_finish=may_finish,
        held_since=held_since,
    )
    return Terms(row.event_id, row.plan_id, row.currency, row.ticket_fee_minor, row.order_fee_minor)


def _sold_now(
    session: Session,
    statement: Select[Any],
    actor: Actor,
    performance_id: int,
    *,
    after_start: bool,
    may_finish: Callable[[], bool],
    held_since: datetime | None,
) -> Row[Any]:
    row = session.connection().execute(statement, {"sold": performance_id, "seller": actor.staff_id}).one_or_none()
    if row is None:
        raise NotFound(say("This performance is not there any more."), advice=say("Choose another one."))
    may_sell = row.active and row.staff_left_at is None and may(Role(row.role), Permission.SELL)
    if not (may_sell or may_finish()):
        raise NotPermitted(say("{name} may not sell.", name=row.name or actor.name), advice=say("Ask a manager."))
    if row.state == "cancelled" or row.deleted_at is not None:
        raise NotOnSale(say("“{title}” is cancelled.", title=row.title), advice=say("Choose another performance."))
    if row.until_sale is not None and row.until_sale > 0:
        raise NotOnSale(
            say("“{title}” is not on sale yet.", title=row.title), advice=say("Choose another performance.")
        )
    in_time = held_since is not None and row.off_sale_at is not None and held_since < row.off_sale_at
    if row.until_end is not None and row.until_end <= 0 and not in_time:
        raise NotOnSale(
            say("“{title}” is no longer on sale.", title=row.title), advice=say("Choose another performance.")
        )
    paid_in_time = held_since is not None and row.ends_at is not None and held_since < row.ends_at
    if row.until_over is not None and row.until_over <= 0 and not paid_in_time:
        raise NotOnSale(say("“{title}” is over.", title=row.title), advice=say("Choose another performance."))
    if row.until_start <= 0 and not after_start and not comes_and_goes(row.starts_at, row.ends_at):
        raise SaleAfterStart(say("“{title}” has begun.", title=row.title), advice=say("Sell late tickets?"))
    return row


def require_same_currency(session: Session, held: Collection[int], sold: Mapping[int, Selling]) -> None:
    """Raise OtherCurrency unless what is sold and the performances that a basket holds are paid in one currency.

    The server is asked only where the basket holds yet another performance than those that are sold.
    """
    others = set(held).difference(sold)
    currency = _load_currency(session, min(others)) if others else next(iter(sold.values())).currency
    for one in sold.values():
        require_one_currency(one.title, one.currency, currency)


def _load_currency(session: Session, performance_id: int) -> str:
    found = session.connection().execute(_CURRENCY, {"of_performance": performance_id})
    return found.scalar_one_or_none() or ""
