"""Orders are found by words, and walked from the newest on: indexes, and the words of orders that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import create_index, drop_index
from pos_app.domain.orders.finding import OrderTexts

if TYPE_CHECKING:
    from pos_app.domain.searching import WordKind

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ORDERS_AT_ONCE = 2_000
_ROWS_AT_ONCE = 4_000
_INDEXES = {
    "search_word": (["id", "kind", "word"],),
    # Those of one column take the place of what MySQL has made for the foreign key.
    "orders": (["till_id"], ["staff_id"], ["created_at"]),
    "order_line": (["performance_id", "order_id"], ["seat_id", "order_id"], ["kind", "state", "order_id"]),
    "ticket": (["printed_at", "performance_id"],),
}


def upgrade() -> None:
    for table, indexes in _INDEXES.items():
        for columns in indexes:
            create_index("_".join(["ix", table, *columns]), table, columns)
    # Nobody asks for a till's orders by their time any more, and the key of tills has its index by now.
    drop_index("ix_orders_till_id_created_at", "orders")
    # What follows is committed together with the note of this revision, so it is done once, whenever it was killed.
    _write_orders()


def _write_orders() -> None:
    """Write the words of all orders but for those of guests, which are there, some orders at once."""
    bind = op.get_bind()
    orders = _table("orders", "id", "customer_id", "customer_name", "note")
    customer = _table("customer", "id", "email", "phone")
    last = bind.execute(sa.select(sa.func.max(orders.c.id))).scalar() or 0
    for start in range(0, last, _ORDERS_AT_ONCE):
        found = bind.execute(
            sa.select(orders.c.id, orders.c.customer_name, orders.c.note, customer.c.email, customer.c.phone)
            .join_from(orders, customer, customer.c.id == orders.c.customer_id, isouter=True)
            .where(orders.c.id > start, orders.c.id <= start + _ORDERS_AT_ONCE)
        )
        written: list[dict[str, Any]] = []
        for row in found:
            texts = OrderTexts(row.id, (), row.customer_name, row.note, row.email or "", row.phone or "")
            written += [_row(kind, word, row.id) for kind, word, _ in sorted(texts.words())]
        _insert(written)


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns))


def _row(kind: WordKind, word: str, key: int) -> dict[str, Any]:
    return {"kind": str(kind), "word": word, "performance_id": 0, "id": key}


def _insert(rows: list[dict[str, Any]]) -> None:
    words = _table("search_word", "kind", "word", "performance_id", "id")
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        op.get_bind().execute(sa.insert(words), rows[start : start + _ROWS_AT_ONCE])
