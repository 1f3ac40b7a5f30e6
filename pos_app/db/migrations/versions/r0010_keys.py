"""Secrets of the staff in a table of their own; the house key, its wraps, and what it signs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import add_column, create_table, drop_columns
from pos_app.db.types import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SECRETS = ("password_hash", "pin_hash")


def upgrade() -> None:
    create_table(
        "staff_secret",
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("pin_hash", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name="fk_staff_secret_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_staff_secret"),
    )
    create_table(
        "house_key",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("pepper_check", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["staff_member.id"], name="fk_house_key_created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_house_key"),
        sa.UniqueConstraint("public_key", name="uq_house_key_public_key"),
    )
    create_table(
        "house_key_wrap",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("house_key_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.String(length=300), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["house_key_id"], ["house_key.id"], name="fk_house_key_wrap_house_key_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name="fk_house_key_wrap_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_house_key_wrap"),
        sa.UniqueConstraint("house_key_id", "staff_id", name="uq_house_key_wrap_house_key_id_staff_id"),
    )
    add_column("till_key", sa.Column("signature", sa.String(length=128), nullable=True))
    _move_secrets()


def _move_secrets() -> None:
    """Copy the hashes, and then drop both columns at once: while they are there, they are what counts."""
    bind = op.get_bind()
    there = {column["name"] for column in sa.inspect(bind).get_columns("staff_member")}
    if there.issuperset(_SECRETS):
        member = sa.table("staff_member", *map(sa.column, ("id", *_SECRETS)))
        secret = sa.table("staff_secret", *map(sa.column, ("staff_id", *_SECRETS)))
        # Copied anew where an upgrade was killed before: an older Foyer may have changed a password meanwhile.
        op.execute(sa.delete(secret))
        copied = sa.select(member.c.id, member.c.password_hash, member.c.pin_hash)
        op.execute(sa.insert(secret).from_select(["staff_id", *_SECRETS], copied))
    drop_columns("staff_member", *_SECRETS)
