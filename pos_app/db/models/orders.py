"""Sales: orders, their lines, money in and money out. Amounts in minor units of the order's currency."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Amount, Base, Code, Key, Moment, Name, ShortText, Word


class Order(Base):
    """A sale. state: paid, void, reserved (later also exchanged). total = sum of lines + fee - what was taken off."""

    __tablename__ = "orders"
    __table_args__ = (Index("ix_orders_till_id_created_at", "till_id", "created_at"), MYSQL_TABLE)
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    state: Mapped[Word]
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    customer_name: Mapped[Name] = mapped_column(default="")
    note: Mapped[ShortText] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(String(3))
    lines_minor: Mapped[Amount]
    fee_minor: Mapped[Amount] = mapped_column(default=0)
    total_minor: Mapped[Amount]
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("hold.id"))
    created_at: Mapped[Moment]
    release_at: Mapped[Moment | None]
    """When a reservation gives its seats back."""
    voided_at: Mapped[Moment | None]
    void_reason: Mapped[ShortText] = mapped_column(default="")
    void_approver_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))


class OrderLine(Base):
    """One seat of an order. state: live, void, returned, exchanged."""

    __tablename__ = "order_line"
    __table_args__ = (
        Index("ix_order_line_performance_id_seat_id", "performance_id", "seat_id"),
        Index("ix_order_line_order_id", "order_id"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("price_category.id"))
    ticket_type_id: Mapped[int] = mapped_column(ForeignKey("ticket_type.id"))
    price_minor: Mapped[Amount]
    discount_minor: Mapped[Amount] = mapped_column(default=0)
    fee_minor: Mapped[Amount] = mapped_column(default=0)
    state: Mapped[Word] = mapped_column(default="live")


class Payment(Base):
    """Money in. method: cash, card, and later paypal, stripe. reference: approval number or last four digits."""

    __tablename__ = "payment"
    __table_args__ = (CheckConstraint("amount_minor >= 0", name="amount"), MYSQL_TABLE)
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    method: Mapped[Word]
    state: Mapped[Word] = mapped_column(default="settled")
    amount_minor: Mapped[Amount]
    tendered_minor: Mapped[Amount | None]
    reference: Mapped[Name] = mapped_column(default="")
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"))
    created_at: Mapped[Moment]


class Refund(Base):
    """Money out, against a payment."""

    __tablename__ = "refund"
    __table_args__ = (CheckConstraint("amount_minor >= 0", name="amount"), MYSQL_TABLE)
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"))
    method: Mapped[Word]
    state: Mapped[Word] = mapped_column(default="settled")
    amount_minor: Mapped[Amount]
    reason: Mapped[ShortText]
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"))
    created_at: Mapped[Moment]
