"""What a house decides once."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import Base, Document


class Setting(Base):
    """A named value, JSON text."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Document]
