"""Lists of the orders of a performance that was cancelled or moved, and what became of each."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Code, Document, Key, Moment, ShortText, Word


class WorkList(Base):
    """The orders of a performance that are to be worked off. kind: cancelled, moved.

    open_performance_id: the performance while the list is open, so that there are never two. to_performance_id: to
    where orders were moved last. reason: told to each order's change. approval_id: of all that the list does.
    """

    __tablename__ = "work_list"
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    kind: Mapped[Word]
    to_performance_id: Mapped[int | None] = mapped_column(ForeignKey("performance.id"))
    reason: Mapped[ShortText] = mapped_column(default="")
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"))
    created_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    open_performance_id: Mapped[int | None] = mapped_column(ForeignKey("performance.id"), unique=True)


class WorkItem(Base):
    """One order of a list. state: open, refunded, moved, kept, by_hand, failed.

    failure: why not, as data (domain/orders/work_failures.py). change_id: the change that did it.
    """

    __tablename__ = "work_item"
    __table_args__ = (Index("ix_work_item_order_id", "order_id"), MYSQL_TABLE)
    work_list_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("work_list.id"), primary_key=True, autoincrement=False
    )
    order_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    state: Mapped[Word] = mapped_column(default="open")
    failure: Mapped[Document] = mapped_column(default="")
    change_id: Mapped[int | None] = mapped_column(ForeignKey("order_change.id"))
    done_at: Mapped[Moment | None]
