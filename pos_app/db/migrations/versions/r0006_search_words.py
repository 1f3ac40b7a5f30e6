"""The words under which guests and performances are found, and seats found by their number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import create_index, create_table
from pos_app.domain.searching import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ORDERS_AT_ONCE = 2_000


def upgrade() -> None:
    create_table(
        "search_word",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("performance_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "word", "performance_id", "id", name="pk_search_word"),
    )
    create_index("ix_seat_plan_id_number", "seat", ["plan_id", "number"])
    # MySQL has made one for the foreign key, which gives way to this; SQLite has none.
    create_index("ix_order_line_order_id", "order_line", ["order_id"])
    # What follows is committed together with the note of this revision, so it is done once, whenever it was killed.
    _write_guests()
    _write_performances()


def _write_guests() -> None:
    """Write the words of all customers' names, some orders at once."""
    bind = op.get_bind()
    orders = sa.table("orders", sa.column("id"), sa.column("customer_name"))
    line = sa.table("order_line", sa.column("order_id"), sa.column("performance_id"))
    last = bind.execute(sa.select(sa.func.max(orders.c.id))).scalar() or 0
    for start in range(0, last, _ORDERS_AT_ONCE):
        found = bind.execute(
            sa.select(orders.c.id, orders.c.customer_name, line.c.performance_id)
            .join_from(orders, line, line.c.order_id == orders.c.id)
            .where(orders.c.id > start, orders.c.id <= start + _ORDERS_AT_ONCE, orders.c.customer_name != "")
            .distinct()
        )
        _insert(_row("guest", word, row.performance_id, row.id) for row in found for word in words_of(row[1]))


def _write_performances() -> None:
    """Write the words of all titles and venues."""
    performance = sa.table("performance", sa.column("id"), sa.column("event_id"), sa.column("plan_id"))
    event = sa.table("event", sa.column("id"), sa.column("title"))
    plan = sa.table("seating_plan", sa.column("id"), sa.column("venue_id"))
    venue = sa.table("venue", sa.column("id"), sa.column("name"))
    found = op.get_bind().execute(
        sa.select(performance.c.id, event.c.title, venue.c.name)
        .join_from(performance, event, event.c.id == performance.c.event_id)
        .join(plan, plan.c.id == performance.c.plan_id)
        .join(venue, venue.c.id == plan.c.venue_id)
    )
    _insert(
        _row("performance", word, row.id, row.id)
        for row in found
        for word in dict.fromkeys((*words_of(row.title), *words_of(row.name)))
    )


def _row(kind: str, word: str, performance_id: int, key: int) -> dict[str, Any]:
    return {"kind": kind, "word": word, "performance_id": performance_id, "id": key}


def _insert(rows: Iterable[dict[str, Any]]) -> None:
    words = sa.table("search_word", *map(sa.column, ("kind", "word", "performance_id", "id")))
    written = list(rows)
    for start in range(0, len(written), _ORDERS_AT_ONCE):
        op.get_bind().execute(sa.insert(words), written[start : start + _ORDERS_AT_ONCE])
