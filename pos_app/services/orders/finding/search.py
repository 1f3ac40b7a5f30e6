"""The house's one search over its orders: a text and filters, the newest first, page by page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.base import table_of
from pos_app.db.models import Order
from pos_app.domain.codes import looks_like_signed_code, normalise_code
from pos_app.domain.door.scan_text import clean_scan
from pos_app.domain.errors import InvalidInput
from pos_app.domain.local_times import moment_at
from pos_app.domain.orders.finding import OrderCursor, OrdersPage
from pos_app.domain.roles import Permission
from pos_app.services.house.settings import load_house_zone
from pos_app.services.orders.finding.conditions import (
    Condition,
    for_performance,
    is_one_of,
    sold_at,
    sold_between,
    sold_by,
    standing_is,
    waits_at_window,
)
from pos_app.services.orders.finding.rows import load_order_rows
from pos_app.services.orders.finding.sought import ways_to_read
from pos_app.services.orders.finding.walking import Span, newest_orders
from pos_app.services.orders.scanned_ticket import tell_scanned
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.finding import OrderQuery, OrderRow
    from pos_app.domain.roles import Actor

ORDERS_ON_PAGE: Final = 50

_MOST_ON_PAGE: Final = 500
_ORDER = table_of(Order)
_END: Final = 2**62
"""Above the id of any order."""
_NEIGHBOURS: Final = 5_000
"""Orders at either end of some days among which the one with the lowest or the highest id is looked for: ids rise with
time but for those of sales at the same moment, or while a server's clock was wrong."""


def find_orders(
    session: Session,
    actor: Actor,
    query: OrderQuery,
    *,
    after: OrderCursor | None = None,
    limit: int = ORDERS_ON_PAGE,
) -> OrdersPage:
    """Return orders that fit, the newest first. after: the next of the page before. Reads only.

    A page can be shorter than limit, even empty, and still have a next one: ask for it until there is none. No text is
    refused: what cannot be found finds nothing. Raises NotPermitted.
    """
    require(session, actor, Permission.SELL)
    size = max(1, min(limit, _MOST_ON_PAGE))
    since, until = _moments(session, query)
    span = _span(session, since, until, _END if after is None else after.order_id)
    filters = _filters(session, query, since, until)
    found, reached = set[int](), 0
    for way in _ways(session, actor, query):
        of_way = newest_orders(session, (*filters, *way), span, size + 1)
        found.update(of_way.ids)
        reached = max(reached, of_way.reached)
    # What one way has found below where another one still has to look is found again on a later page.
    sure = sorted((one for one in found if one >= reached), reverse=True)
    shown = sure[:size]
    rows = load_order_rows(session, shown)
    if len(sure) > size:
        return OrdersPage(rows, OrderCursor(shown[-1]))
    if reached:
        return OrdersPage(rows, OrderCursor(reached), _sold_at(session, reached))
    return OrdersPage(rows)


def each_order(session: Session, actor: Actor, query: OrderQuery) -> Iterator[OrderRow]:
    """Give all orders that fit, the newest first, read page by page. Raises NotPermitted."""
    after: OrderCursor | None = None
    while True:
        page = find_orders(session, actor, query, after=after, limit=_MOST_ON_PAGE)
        yield from page.rows
        after = page.next
        if after is None:
            return


def find_scanned_order(session: Session, actor: Actor, scanned_text: str) -> int | None:
    """Return the order of what was scanned or typed, None where there is none. Reads only. Raises NotPermitted.

    It is a printed ticket, good or not, a short code, a code of another system, or an order number.
    """
    told = tell_scanned(session, actor, scanned_text)
    if told.order_id is not None:
        return told.order_id
    number = normalise_code(clean_scan(scanned_text))
    return session.execute(select(_ORDER.c.id).where(_ORDER.c.number == number)).scalar_one_or_none()


def _ways(session: Session, actor: Actor, query: OrderQuery) -> list[tuple[Condition, ...]]:
    scan = clean_scan(query.text)
    if not looks_like_signed_code(scan):
        return ways_to_read(session, query.text, query.performance_id)
    order_id = find_scanned_order(session, actor, scan)
    return [(is_one_of([order_id] if order_id is not None else []),)]


def _filters(session: Session, query: OrderQuery, since: datetime | None, until: datetime | None) -> list[Condition]:
    """Return what is asked for beside the text."""
    filters: list[Condition] = []
    if query.till_id is not None:
        filters.append(sold_at(query.till_id))
    if query.staff_id is not None:
        filters.append(sold_by(query.staff_id))
    if since is not None or until is not None:
        filters.append(sold_between(since, until))
    if query.performance_id is not None:
        filters.append(for_performance(query.performance_id))
    if query.standing is not None:
        filters.append(standing_is(query.standing))
    if query.waiting:
        filters.append(waits_at_window(session, query.performance_id))
    return filters


def _moments(session: Session, query: OrderQuery) -> tuple[datetime | None, datetime | None]:
    """Return when the days begin and when they are over, by the clock of the house."""
    if query.day_from is None and query.day_until is None:
        return None, None
    zone = load_house_zone(session)
    return _begin_of(query.day_from, zone), _begin_of(query.day_until, zone, days_later=1)


def _begin_of(day: date | None, zone: str, days_later: int = 0) -> datetime | None:
    """Return the first moment of a day; None for no day, and for one before or behind all that can be reckoned with."""
    if day is None:
        return None
    try:
        return moment_at(datetime.combine(day + timedelta(days=days_later), time()), zone).utc
    except (InvalidInput, OverflowError):
        return None


def _span(session: Session, since: datetime | None, until: datetime | None, end: int) -> Span:
    """Return between which orders those of some days lie; where there are none, a span of none."""
    made, first = _ORDER.c.created_at, 0
    ids = select(_ORDER.c.id)
    for dialect in ("mysql", "mariadb"):
        ids = ids.with_hint(_ORDER, "FORCE INDEX (ix_orders_created_at)", dialect)
    if since is not None:
        near = ids.where(made >= since).order_by(made, _ORDER.c.id).limit(_NEIGHBOURS).subquery()
        first = session.execute(select(func.min(near.c.id))).scalar() or end
    if until is not None:
        near = ids.where(made < until).order_by(made.desc(), _ORDER.c.id.desc()).limit(_NEIGHBOURS).subquery()
        end = min(end, (session.execute(select(func.max(near.c.id))).scalar() or 0) + 1)
    return Span(first, end)


def _sold_at(session: Session, order_id: int) -> datetime | None:
    """Return when the first order from this id on was sold."""
    made = select(_ORDER.c.created_at).where(_ORDER.c.id >= order_id).order_by(_ORDER.c.id).limit(1)
    return session.execute(made).scalar_one_or_none()
