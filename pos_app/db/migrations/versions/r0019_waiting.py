"""Waiting lists with entries and offers, seats given back for resale, and a seat's flag that knows three states."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import add_column, create_index, create_table, drop_columns, remake_table
from pos_app.db.types import BigId, LongText, UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_column("hold", sa.Column("with_offers", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    _count_guards()
    _drop_old_lists()
    create_table(
        "waiting_list",
        sa.Column("performance_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("passes", BigId, nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("offer_minutes", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["performance_id"], ["performance.id"], name=op.f("fk_waiting_list_performance_id")),
        sa.PrimaryKeyConstraint("performance_id", name=op.f("pk_waiting_list")),
        sa.UniqueConstraint("request_id", name=op.f("uq_waiting_list_request_id")),
    )
    create_table(
        "waiting_entry",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("performance_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("categories", sa.String(length=500), nullable=False),
        sa.Column("zones", sa.String(length=500), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("turn", BigId, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("passed_over", LongText, nullable=False),
        sa.Column("passed_over_at", UtcDateTime(), nullable=True),
        sa.Column("moved_reason", sa.String(length=500), nullable=False),
        sa.Column("till_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_waiting_entry_customer_id")),
        sa.ForeignKeyConstraint(["performance_id"], ["performance.id"], name=op.f("fk_waiting_entry_performance_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_waiting_entry_staff_id")),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name=op.f("fk_waiting_entry_till_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_entry")),
        sa.UniqueConstraint("code", name=op.f("uq_waiting_entry_code")),
        sa.UniqueConstraint("request_id", name=op.f("uq_waiting_entry_request_id")),
    )
    create_index("ix_waiting_entry_performance_id_state", "waiting_entry", ["performance_id", "state"])
    create_index("ix_waiting_entry_customer_id", "waiting_entry", ["customer_id"])
    create_table(
        "waiting_offer",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("waiting_entry_id", BigId, nullable=False),
        sa.Column("performance_id", sa.Integer(), nullable=False),
        sa.Column("places", LongText, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("pickup_hold_id", BigId, nullable=True),
        sa.Column("order_id", BigId, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["waiting_entry_id"], ["waiting_entry.id"], name=op.f("fk_waiting_offer_waiting_entry_id")
        ),
        sa.ForeignKeyConstraint(["performance_id"], ["performance.id"], name=op.f("fk_waiting_offer_performance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_offer")),
    )
    create_index("ix_waiting_offer_state_expires_at", "waiting_offer", ["state", "expires_at"])
    create_index("ix_waiting_offer_performance_id_state", "waiting_offer", ["performance_id", "state"])
    create_index("ix_waiting_offer_waiting_entry_id", "waiting_offer", ["waiting_entry_id"])
    create_index("ix_waiting_offer_pickup_hold_id", "waiting_offer", ["pickup_hold_id"])
    create_table(
        "resale",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("order_id", BigId, nullable=False),
        sa.Column("order_line_id", BigId, nullable=False),
        sa.Column("open_line_id", BigId, nullable=True),
        sa.Column("performance_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("commission_minor", BigId, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_by_id", BigId, nullable=False),
        sa.Column("ended_by_id", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_resale_order_id")),
        sa.ForeignKeyConstraint(["order_line_id"], ["order_line.id"], name=op.f("fk_resale_order_line_id")),
        sa.ForeignKeyConstraint(["performance_id"], ["performance.id"], name=op.f("fk_resale_performance_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_resale_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resale")),
        sa.UniqueConstraint("open_line_id", name=op.f("uq_resale_open_line_id")),
    )
    create_index("ix_resale_performance_id_state", "resale", ["performance_id", "state"])
    create_index("ix_resale_order_id", "resale", ["order_id"])
    create_index("ix_resale_order_line_id", "resale", ["order_line_id"])
    drop_columns("performance", "waiting_open")


def _count_guards() -> None:
    """Let a seat's flag be a number: servers keep a flag as one anyway."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        kept = {one["name"]: str(one["type"]) for one in sa.inspect(bind).get_columns("performance_seat")}
        if kept["guarded"] != "SMALLINT":
            remake_table("performance_seat", types={"guarded": "SMALLINT"})


def _drop_old_lists() -> None:
    """Drop the tables of waiting as they were planned once; nothing was ever written to them."""
    seen = sa.inspect(op.get_bind())
    if seen.has_table("waiting_entry") and "turn" not in {one["name"] for one in seen.get_columns("waiting_entry")}:
        if seen.has_table("waiting_offer"):
            op.drop_table("waiting_offer")
        op.drop_table("waiting_entry")
