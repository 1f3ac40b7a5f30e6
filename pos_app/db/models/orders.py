"""Sales: orders, what changed them, their lines, money in and money out. Minor units of the order's currency.

A ledger: nothing in it is edited, every change is a new row. Lines, payments and refunds point at the change that made
them, lines and refunds also at the one that ended them; a ticket points at both through its line.

What each sale writes has no foreign key where nobody asks by it: a server keeps an index for each, and locks the row
that is pointed at. The judge looks whether that row is there (doctor/strays.py).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Amount, Base, Big, Code, Key, Moment, Name, ShortText, Word

PLACE_OF_A_SEAT: Final = (
    "(kind = 'seat' AND performance_id IS NOT NULL AND seat_id IS NOT NULL AND category_id IS NOT NULL"
    " AND ticket_type_id IS NOT NULL) OR (kind <> 'seat' AND performance_id IS NULL AND seat_id IS NULL"
    " AND category_id IS NULL AND ticket_type_id IS NULL)"
)
"""A line is for a place exactly if it is of kind seat."""


class Order(Base):
    """A sale; total = sum of lines + fee - what was taken off, as they were sold.

    What became of it is told by its lines and its money alone (domain/orders/standing.py). revision rises with each
    change: whoever changes an order writes it first.
    """

    __tablename__ = "orders"
    # Each index ends with the id: orders of one till, or one cashier, are walked from the newest on.
    __table_args__ = (
        Index("ix_orders_till_id", "till_id"),
        Index("ix_orders_staff_id", "staff_id"),
        Index("ix_orders_created_at", "created_at"),
        Index("ix_orders_customer_id", "customer_id"),
        Index("ix_orders_release_at", "release_at"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
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
    """When a reservation gives its seats back; NULL as soon as none of its lines is reserved any more."""
    pickup_hold_id: Mapped[Big | None]
    """The hold under which a till has the reservation open for paying; it claims no seats of its own."""
    pickup_until: Mapped[Moment | None]


class OrderChange(Base):
    """What was done to an order, and by whom. kind: see domain/orders/changes.py.

    Reprints of an older Foyer have nobody's name here; their entries in the audit tell it.
    """

    __tablename__ = "order_change"
    __table_args__ = (Index("ix_order_change_order_id", "order_id"), MYSQL_TABLE)
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    kind: Mapped[Word]
    reason: Mapped[ShortText] = mapped_column(default="", server_default=text("''"))
    staff_id: Mapped[int | None]
    approval_id: Mapped[Big | None]
    till_id: Mapped[int | None]
    shift_id: Mapped[Big | None]
    created_at: Mapped[Moment]


class OrderLine(Base):
    """One seat of an order, or a fee. kind: seat, fee (later rounding, voucher); only a seat's line has a place.

    state: live, reserved, void, returned, exchanged, released. for_line_id: the seat's line whose fee this is; NULL:
    the order's.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        Index("ix_order_line_performance_id_seat_id", "performance_id", "seat_id"),
        Index("ix_order_line_order_id", "order_id"),
        # The orders of a performance, of a seat, of what became of seats: from the newest on, without looking at lines.
        Index("ix_order_line_performance_id_order_id", "performance_id", "order_id"),
        Index("ix_order_line_seat_id_order_id", "seat_id", "order_id"),
        Index("ix_order_line_kind_state_order_id", "kind", "state", "order_id"),
        CheckConstraint(PLACE_OF_A_SEAT, name="place"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    kind: Mapped[Word] = mapped_column(default="seat", server_default="seat")
    for_line_id: Mapped[Big | None]
    performance_id: Mapped[int | None] = mapped_column(ForeignKey("performance.id"))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("price_category.id"))
    ticket_type_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_type.id"))
    price_minor: Mapped[Amount]
    discount_minor: Mapped[Amount] = mapped_column(default=0)
    state: Mapped[Word] = mapped_column(default="live")
    made_by_id: Mapped[Big | None]
    ended_by_id: Mapped[Big | None]


class Payment(Base):
    """Money in. method: cash, card, and later paypal, stripe. reference: approval number or last four digits.

    refunded_minor: what refunds that are due, pending, paid or failed take of it, never more than came in.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount_minor >= 0", name="amount"),
        CheckConstraint("refunded_minor >= 0 AND refunded_minor <= amount_minor", name="refunded"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    method: Mapped[Word]
    state: Mapped[Word] = mapped_column(default="captured")
    amount_minor: Mapped[Amount]
    refunded_minor: Mapped[Amount] = mapped_column(default=0, server_default="0")
    tendered_minor: Mapped[Amount | None]
    reference: Mapped[Name] = mapped_column(default="")
    made_by_id: Mapped[Big | None]
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"))
    created_at: Mapped[Moment]


class Refund(Base):
    """Money out, against a payment. state: due, pending, paid, failed, given_up.

    ended_by_id: the change that paid it out or gave it up; instead_of_id: the refund given up whose place it takes;
    reference: of the card terminal, where it went back by one.
    """

    __tablename__ = "refund"
    __table_args__ = (
        Index("ix_refund_state", "state"),
        CheckConstraint("amount_minor >= 0", name="amount"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    request_id: Mapped[Code] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"))
    method: Mapped[Word]
    state: Mapped[Word] = mapped_column(default="due")
    amount_minor: Mapped[Amount]
    reason: Mapped[ShortText]
    reference: Mapped[Name] = mapped_column(default="", server_default=text("''"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("order_change.id"))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("order_change.id"))
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"))
    paid_at: Mapped[Moment | None]
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"))
    created_at: Mapped[Moment]
