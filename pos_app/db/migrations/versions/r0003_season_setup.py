"""What a manager sets up: artwork, scenery, seats kept back, tickets printed elsewhere, batches of promo codes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import add_column, create_index, create_table
from pos_app.db.types import BigId, LongText, Picture, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_table(
        "event_artwork",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("image", Picture, nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_artwork_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_artwork")),
    )
    create_table(
        "plan_scenery",
        sa.Column("plan_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shapes", LongText, nullable=False),
        sa.Column("details", LongText, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["seating_plan.id"], name=op.f("fk_plan_scenery_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_scenery")),
    )
    add_column("seating_plan", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    create_table(
        "kept_back",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("performance_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("places", LongText, nullable=False),
        sa.Column("release_at", UtcDateTime(), nullable=True),
        sa.Column("release_before_doors", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_as", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["performance_id"], ["performance.id"], name=op.f("fk_kept_back_performance_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_kept_back_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_back")),
        sa.UniqueConstraint("request_id", name=op.f("uq_kept_back_request_id")),
    )
    create_index("ix_kept_back_closed_at_release_at", "kept_back", ["closed_at", "release_at"])
    create_table(
        "outside_code",
        sa.Column("ticket_id", BigId, autoincrement=False, nullable=False),
        sa.Column("performance_id", sa.Integer(), nullable=False),
        sa.Column("code_key", sa.String(length=512), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_outside_code_ticket_id")),
        sa.ForeignKeyConstraint(["performance_id"], ["performance.id"], name=op.f("fk_outside_code_performance_id")),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_outside_code")),
        sa.UniqueConstraint("performance_id", "code_key", name=op.f("uq_outside_code_performance_id_code_key")),
    )
    add_column("promo_code", sa.Column("batch", sa.String(length=64), nullable=True))
    create_index("ix_promo_code_batch", "promo_code", ["batch"])
    add_column("promo_redemption", sa.Column("customer_key", sa.String(length=200), nullable=True))
    create_index(
        "ix_promo_redemption_promo_code_id_customer_key", "promo_redemption", ["promo_code_id", "customer_key"]
    )
