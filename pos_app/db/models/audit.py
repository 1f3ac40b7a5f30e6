"""What happened, in chains that show it when something was changed afterwards."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Document, Key, Moment
from pos_app.db.types import BigId


class AuditHead(Base):
    """The end of a chain; locked while one is appended. One chain a till ("till:3"), one for jobs ("jobs")."""

    __tablename__ = "audit_head"
    chain: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")


class AuditEntry(Base):
    """One entry: hash = SHA-256 over the hash before and the stored text's UTF-8 bytes."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("chain", "seq"), MYSQL_TABLE)
    id: Mapped[Key]
    chain: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int]
    recorded_at: Mapped[Moment]
    action: Mapped[str] = mapped_column(String(40))
    body: Mapped[Document]
    hash: Mapped[str] = mapped_column(String(64))


class AuditText(Base):
    """What people typed about an entry, beside what is hashed: it may be erased, and the chain stays whole.

    texts: a JSON object, by the names of what was typed.
    """

    __tablename__ = "audit_text"
    entry_id: Mapped[int] = mapped_column(BigId, ForeignKey("audit_entry.id"), primary_key=True, autoincrement=False)
    texts: Mapped[Document]
