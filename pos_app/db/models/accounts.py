"""The accounts of the server that this house gave rights to."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import Base, Flag, Word


class DatabaseAccount(Base):
    """An account and the kind of machine that it belongs to, so that each upgrade renews its rights.

    The server's own tables say the same, but not to whoever merely owns this database. No account that stands here may
    read or write this table: who could, would have the next upgrade give rights to whom they like.
    """

    __tablename__ = "database_account"
    user: Mapped[str] = mapped_column(String(128), primary_key=True)
    host: Mapped[str] = mapped_column(String(255), primary_key=True)
    kind: Mapped[Word]
    also_gate: Mapped[Flag]
