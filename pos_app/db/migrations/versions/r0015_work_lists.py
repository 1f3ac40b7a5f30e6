"""Work lists: the orders of a performance that was cancelled or moved, each worked off once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import create_index, create_table
from pos_app.db.types import BigId, LongText, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_table(
        "work_list",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("performance_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("to_performance_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("till_id", sa.Integer(), nullable=False),
        sa.Column("approval_id", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("open_performance_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["performance_id"], ["performance.id"], name=op.f("fk_work_list_performance_id")),
        sa.ForeignKeyConstraint(["to_performance_id"], ["performance.id"], name=op.f("fk_work_list_to_performance_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_work_list_staff_id")),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name=op.f("fk_work_list_till_id")),
        sa.ForeignKeyConstraint(["approval_id"], ["approval.id"], name=op.f("fk_work_list_approval_id")),
        sa.ForeignKeyConstraint(
            ["open_performance_id"], ["performance.id"], name=op.f("fk_work_list_open_performance_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_list")),
        sa.UniqueConstraint("request_id", name=op.f("uq_work_list_request_id")),
        sa.UniqueConstraint("open_performance_id", name=op.f("uq_work_list_open_performance_id")),
    )
    create_table(
        "work_item",
        sa.Column("work_list_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("failure", LongText, nullable=False),
        sa.Column("change_id", BigId, nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["work_list_id"], ["work_list.id"], name=op.f("fk_work_item_work_list_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_work_item_order_id")),
        sa.ForeignKeyConstraint(["change_id"], ["order_change.id"], name=op.f("fk_work_item_change_id")),
        sa.PrimaryKeyConstraint("work_list_id", "order_id", name=op.f("pk_work_item")),
    )
    create_index("ix_work_item_order_id", "work_item", ["order_id"])
