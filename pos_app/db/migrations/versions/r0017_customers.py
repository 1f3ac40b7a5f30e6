"""Customers and reservations: what they are known by, who has one open, and free text beside the hashed audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import change_table, create_index, create_table, drop_columns, drop_index
from pos_app.db.types import BigId, LongText, UtcDateTime
from pos_app.domain.customers.contact import phone_key
from pos_app.domain.customers.finding import CustomerTexts

if TYPE_CHECKING:
    from collections.abc import Iterator

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_AT_ONCE = 2_000
_LONGEST_PHONE_KEY = 40
_CUSTOMER = sa.table("customer", *map(sa.column, ("id", "name", "email", "phone", "phone_key")))
_WORD = sa.table("search_word", *map(sa.column, ("kind", "word", "performance_id", "id")))
_OF_CUSTOMERS = ("customer", "customer_phone")


def upgrade() -> None:
    change_table(
        "customer",
        add=(
            sa.Column("request_id", sa.String(length=64), nullable=True),
            sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
            sa.Column("phone_key", sa.String(length=40), server_default=sa.text("''"), nullable=False),
            sa.Column("marks", sa.String(length=500), server_default=sa.text("'[]'"), nullable=False),
            sa.Column("letters_at", UtcDateTime(), nullable=True),
            sa.Column("merged_into_id", BigId, nullable=True),
            sa.Column("erased_at", UtcDateTime(), nullable=True),
        ),
        unique=("request_id",),
    )
    create_index("ix_customer_merged_into_id", "customer", ["merged_into_id"])
    create_index("ix_customer_phone_key", "customer", ["phone_key"])
    change_table(
        "orders",
        add=(
            sa.Column("pickup_hold_id", BigId, nullable=True),
            sa.Column("pickup_until", UtcDateTime(), nullable=True),
        ),
    )
    create_index("ix_orders_customer_id", "orders", ["customer_id"])
    create_index("ix_orders_release_at", "orders", ["release_at"])
    create_table(
        "audit_text",
        sa.Column("entry_id", BigId, autoincrement=False, nullable=False),
        sa.Column("texts", LongText, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_text_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_text")),
    )
    # The one for the foreign key comes before the one goes that served it.
    create_index("ix_promo_redemption_promo_code_id", "promo_redemption", ["promo_code_id"])
    drop_index("ix_promo_redemption_promo_code_id_customer_key", "promo_redemption")
    # A plain name is no customer: nobody is counted by it any more.
    drop_columns("promo_redemption", "customer_key")
    # What follows is committed together with the note of this revision, so it is done once, whenever it was killed.
    _make_findable()


def _make_findable() -> None:
    """Write the keys and the words of the customers that are there, some at once."""
    bind = op.get_bind()
    bind.execute(sa.delete(_WORD).where(_WORD.c.kind.in_(_OF_CUSTOMERS)))
    for some in _customers():
        keys = [{"one": row.id, "now": phone_key(row.phone)[:_LONGEST_PHONE_KEY]} for row in some]
        if with_phone := [key for key in keys if key["now"]]:
            change = sa.update(_CUSTOMER).where(_CUSTOMER.c.id == sa.bindparam("one"))
            bind.execute(change.values(phone_key=sa.bindparam("now")), with_phone)
        words: list[dict[str, Any]] = [
            {"kind": str(kind), "word": word, "performance_id": 0, "id": row.id}
            for row in some
            for kind, word in sorted(CustomerTexts(row.id, row.name, row.email, row.phone).words())
        ]
        if words:
            bind.execute(sa.insert(_WORD), words)


def _customers() -> Iterator[list[Any]]:
    last = 0
    while rows := list(
        op.get_bind().execute(
            sa.select(_CUSTOMER.c.id, _CUSTOMER.c.name, _CUSTOMER.c.email, _CUSTOMER.c.phone)
            .where(_CUSTOMER.c.id > last)
            .order_by(_CUSTOMER.c.id)
            .limit(_AT_ONCE)
        )
    ):
        yield rows
        last = rows[-1].id
