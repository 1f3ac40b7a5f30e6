"""The house's one search over its orders: a text and filters, the newest first, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.finding import OrderCursor, OrderQuery, OrderRow, OrdersPage
    from pos_app.domain.roles import Actor

ORDERS_ON_PAGE: Final = 50


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
    raise NotImplementedError


def each_order(session: Session, actor: Actor, query: OrderQuery) -> Iterator[OrderRow]:
    """Give all orders that fit, the newest first, read page by page. Raises NotPermitted."""
    raise NotImplementedError


def export_orders(session: Session, actor: Actor, query: OrderQuery) -> bytes:
    """Return all orders that fit as CSV (documents/csv_tables.py). Writes an audit entry. Raises NotPermitted."""
    raise NotImplementedError


def find_scanned_order(session: Session, actor: Actor, scanned_text: str) -> int | None:
    """Return the order of what was scanned or typed: a printed ticket, good or not, a short code, a code of another
    system, or an order number; None where there is no such order. Reads only. Raises NotPermitted.
    """
    raise NotImplementedError
