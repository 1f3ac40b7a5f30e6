"""The right to one entry, and its use at the gates."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import MYSQL_TABLE, Base, Big, Code, Flag, Key, Moment, ShortText, Word
from pos_app.db.clock import utc_now


class Ticket(Base):
    """One entry, printed on paper.

    live_seat_id is the seat while the ticket is valid and NULL once void, so that the database itself
    refuses a second live ticket for a place. issue_count rises with each reprint; only the last print is good.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("performance_id", "live_seat_id"),
        Index("ix_ticket_printed_at_performance_id", "printed_at", "performance_id"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), unique=True)
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    live_seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    short_code: Mapped[str] = mapped_column(String(16), unique=True)
    issue_count: Mapped[int] = mapped_column(SmallInteger, default=1)
    reissue_request_id: Mapped[Code | None] = mapped_column(unique=True)
    """The request that made the last reprint, so that its repeat does not count again."""
    reissue_reason: Mapped[ShortText] = mapped_column(default="")
    issued_at: Mapped[Moment] = mapped_column(default=utc_now())
    printed_at: Mapped[Moment | None]
    """NULL: paid, and waiting at the window for its first print."""
    voided_at: Mapped[Moment | None]


class OutsideCode(Base):
    """A code that was printed on a ticket elsewhere, before the season was taken over; gates accept it as the ticket's.

    code_key is the code as it is compared first (surrounding blanks taken off); folded_key is compared where nobody has
    the code letter by letter (see fold_old_code; "": never).
    """

    __tablename__ = "outside_code"
    __table_args__ = (
        UniqueConstraint("performance_id", "code_key"),
        Index("ix_outside_code_folded_key", "folded_key"),
        MYSQL_TABLE,
    )
    ticket_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), ForeignKey("ticket.id"), primary_key=True, autoincrement=False
    )
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    code_key: Mapped[str] = mapped_column(String(512))
    folded_key: Mapped[str] = mapped_column(String(512), default="", server_default=text("''"))


class TicketPresence(Base):
    """Whether the holder is inside; apart from the ticket, so that a gate's account can write only this.

    issue_count follows the ticket's; 0 once the ticket is void. One conditional UPDATE here decides who gets in.
    """

    __tablename__ = "ticket_presence"
    ticket_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("ticket.id"), primary_key=True)
    inside: Mapped[Flag] = mapped_column(server_default="0")
    """The server says that a new ticket's holder is outside: a counter may not write this column at all."""
    issue_count: Mapped[int] = mapped_column(SmallInteger, default=1)
    entries: Mapped[int] = mapped_column(SmallInteger, default=0)
    last_check_in_id: Mapped[Big | None]
    """Not written any more: a ticket's last scan is found by the ticket."""
    changed_at: Mapped[Moment] = mapped_column(default=utc_now())


class CheckIn(Base):
    """A scan at a gate, refused ones too. verdict: admitted, already_used, refused, left."""

    __tablename__ = "check_in"
    __table_args__ = (
        Index("ix_check_in_performance_id_id", "performance_id", "id"),
        Index("ix_check_in_ticket_id", "ticket_id"),
        MYSQL_TABLE,
    )
    id: Mapped[Key]
    nonce: Mapped[Code] = mapped_column(unique=True)
    performance_id: Mapped[int] = mapped_column(ForeignKey("performance.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    gate: Mapped[str] = mapped_column(String(80))
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    verdict: Mapped[Word]
    reason: Mapped[Word] = mapped_column(default="")
    scanned: Mapped[str] = mapped_column(String(512))
    created_at: Mapped[Moment]
    undone_at: Mapped[Moment | None]
