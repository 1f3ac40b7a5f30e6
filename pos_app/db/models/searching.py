"""The words under which guests, orders and performances are found."""

from __future__ import annotations

from sqlalchemy import Index, Integer, PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Word
from pos_app.db.types import BigId
from pos_app.domain.searching import LONGEST_WORD


class SearchWord(Base):
    """A folded word (domain/searching.py) of something that is looked for by the beginnings of its words.

    kind: guest (id is an order, performance_id one of its performances), order or phone (id is an order, performance_id
    0), customer or customer_phone (id is a customer, performance_id 0), or performance (both are its id). The key is in
    the order of looking up: among the guests of one performance, and among all orders. By the other index it is looked
    up whether one order has a word that begins so.
    """

    __tablename__ = "search_word"
    __table_args__ = (
        PrimaryKeyConstraint("kind", "word", "performance_id", "id"),
        Index("ix_search_word_id_kind_word", "id", "kind", "word"),
        MYSQL_TABLE,
    )
    kind: Mapped[Word]
    word: Mapped[str] = mapped_column(String(LONGEST_WORD))
    performance_id: Mapped[int] = mapped_column(Integer, autoincrement=False)
    id: Mapped[int] = mapped_column(BigId, autoincrement=False)
