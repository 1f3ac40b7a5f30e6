"""A performance may have an end: festivals, exhibitions, nights."""

from __future__ import annotations

import sqlalchemy as sa

from pos_app.db.schema.steps import add_column
from pos_app.db.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_column("performance", sa.Column("ends_at", UtcDateTime(), nullable=True))
