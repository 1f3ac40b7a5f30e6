"""Alembic's entry: runs the revisions on the connection that schema.py hands over."""

from __future__ import annotations

from alembic import context

from pos_app.db.base import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
