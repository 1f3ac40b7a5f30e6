"""The key of the house: its public half, and all that is secret of it, wrapped for those who may open it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Moment, SmallKey


class HouseKey(Base):
    """The one key of the house (Ed25519, hex), under id 1. pepper_check: by which a till knows the pepper it keeps."""

    __tablename__ = "house_key"
    id: Mapped[SmallKey]
    public_key: Mapped[str] = mapped_column(String(64), unique=True)
    pepper_check: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[Moment]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))


class HouseKeyWrap(Base):
    """Pepper and private key, sealed by a key from a manager's password; staff_id NULL: from the recovery code."""

    __tablename__ = "house_key_wrap"
    __table_args__ = (UniqueConstraint("house_key_id", "staff_id"), MYSQL_TABLE)
    id: Mapped[SmallKey]
    house_key_id: Mapped[int] = mapped_column(ForeignKey("house_key.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    salt: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[Moment]
