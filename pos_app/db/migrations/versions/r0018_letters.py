"""Letters: an outbox that many tills empty, its tries, who sends, and how a house words them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import add_column, change_table, create_index, create_table
from pos_app.db.types import BigId, LongText, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_column("customer", sa.Column("language", sa.String(length=20), server_default=sa.text("''"), nullable=False))
    add_column("promo_code", sa.Column("verified_only", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    change_table(
        "email_verification",
        add=(
            sa.Column("closed_at", UtcDateTime(), nullable=True),
            sa.Column("request_id", sa.String(length=64), nullable=True),
        ),
        unique=("request_id",),
    )
    _drop_old_outbox()
    create_table(
        "outbox_email",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("order_id", BigId, nullable=True),
        sa.Column("change_id", BigId, nullable=True),
        sa.Column("customer_id", BigId, nullable=True),
        sa.Column("performance_id", BigId, nullable=True),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("facts", LongText, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("leased_by", sa.String(length=64), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("first_tried_at", UtcDateTime(), nullable=True),
        sa.Column("failure", sa.String(length=500), nullable=False),
        sa.Column("may_be_twice", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("body", LongText, nullable=True),
        sa.Column("attachments", LongText, nullable=True),
        sa.Column("again_of_id", BigId, nullable=True),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["order_change.id"], name=op.f("fk_outbox_email_change_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_outbox_email_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_email")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_email_message_id")),
        sa.UniqueConstraint("request_id", name=op.f("uq_outbox_email_request_id")),
    )
    create_index("ix_outbox_email_state_due_at", "outbox_email", ["state", "due_at"])
    create_index("ix_outbox_email_order_id", "outbox_email", ["order_id"])
    create_index("ix_outbox_email_customer_id", "outbox_email", ["customer_id"])
    create_index("ix_outbox_email_performance_id", "outbox_email", ["performance_id"])
    create_table(
        "outbox_try",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("letter_id", BigId, nullable=False),
        sa.Column("till_id", sa.Integer(), nullable=True),
        sa.Column("leased_by", sa.String(length=64), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("handed_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["outbox_email.id"], name=op.f("fk_outbox_try_letter_id")),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name=op.f("fk_outbox_try_till_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_try")),
    )
    create_index("ix_outbox_try_letter_id", "outbox_try", ["letter_id"])
    create_table(
        "letter_sender",
        sa.Column("till_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name=op.f("fk_letter_sender_till_id")),
        sa.PrimaryKeyConstraint("till_id", name=op.f("pk_letter_sender")),
    )
    create_table(
        "letter_template",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("body", LongText, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
        sa.UniqueConstraint("kind", "language", name=op.f("uq_letter_template_kind_language")),
    )


def _drop_old_outbox() -> None:
    """Drop the table of letters as it was planned once; nothing was ever written to it."""
    seen = sa.inspect(op.get_bind())
    if seen.has_table("outbox_email") and "facts" not in {one["name"] for one in seen.get_columns("outbox_email")}:
        op.drop_table("outbox_email")
