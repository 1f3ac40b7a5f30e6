"""One till may ask another to let a held seat go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import create_index, create_table
from pos_app.db.types import BigId, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_table(
        "release_request",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("performance_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("hold_id", BigId, nullable=False),
        sa.Column("from_till_id", sa.Integer(), nullable=False),
        sa.Column("to_till_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["performance_id"], ["performance.id"], name=op.f("fk_release_request_performance_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_release_request_seat_id")),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_release_request_hold_id")),
        sa.ForeignKeyConstraint(["from_till_id"], ["till.id"], name=op.f("fk_release_request_from_till_id")),
        sa.ForeignKeyConstraint(["to_till_id"], ["till.id"], name=op.f("fk_release_request_to_till_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff_member.id"], name=op.f("fk_release_request_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_request")),
        sa.UniqueConstraint("request_id", name=op.f("uq_release_request_request_id")),
    )
    create_index("ix_release_request_to_till_id_answered_at", "release_request", ["to_till_id", "answered_at"])
