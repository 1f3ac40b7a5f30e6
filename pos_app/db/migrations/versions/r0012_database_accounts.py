"""Accounts that belong to a kind of machine: which there are, and tickets that begin outside without being told so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import create_table

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_table(
        "database_account",
        sa.Column("user", sa.String(length=128), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("also_gate", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("user", "host", name="pk_database_account"),
    )
    # So that a counter, which has no right on this column, can still write the row of a ticket that it sells.
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("ticket_presence") as table:
            table.alter_column("inside", server_default="0", existing_type=sa.Boolean(), existing_nullable=False)
    else:
        op.execute("ALTER TABLE `ticket_presence` ALTER COLUMN `inside` SET DEFAULT 0")
