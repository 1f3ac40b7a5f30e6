"""A row for each name that was tried, so that tries of one name at once are counted one after the other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import create_table

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_table(
        "sign_in_turn",
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name_key", name=op.f("pk_sign_in_turn")),
    )
