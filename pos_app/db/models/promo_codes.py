"""Discount rules, how often they were used, and by which orders. Cut apart by who writes them."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from pos_app.db.base import (
    MYSQL_TABLE,
    Amount,
    Base,
    Code,
    Document,
    Flag,
    Key,
    Moment,
    ShortText,
    SmallKey,
    Word,
)
from pos_app.db.types import BigId


class PromoCode(Base):
    """A discount rule. kind: percent or amount (value in minor units); scope: ticket or order.

    Of a percentage, value is the whole percent, and hundredths is what there is beyond: 10.5 % is 10 and 50.

    only: JSON lists of what it is for ({"events": [...], "performances": [...], "categories": [...], "types": [...]}).
    """

    __tablename__ = "promo_code"
    id: Mapped[SmallKey]
    code: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Word]
    scope: Mapped[Word]
    value: Mapped[Amount]
    hundredths: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    currency: Mapped[Word] = mapped_column(default="")
    valid_from: Mapped[Moment | None]
    valid_until: Mapped[Moment | None]
    most_uses: Mapped[int | None]
    most_uses_each: Mapped[int | None]
    least_spend_minor: Mapped[Amount] = mapped_column(default=0)
    only: Mapped[Document] = mapped_column(default="{}")
    combinable: Mapped[Flag] = mapped_column(default=False)
    verified_only: Mapped[Flag] = mapped_column(default=False, server_default=text("0"))
    """Whether it asks for a customer whose e-mail address is verified."""
    note: Mapped[ShortText] = mapped_column(default="")
    batch: Mapped[Code | None] = mapped_column(index=True)
    """The name of the batch that it was generated in."""
    ended_at: Mapped[Moment | None]
    deleted_at: Mapped[Moment | None]


class PromoUsage(Base):
    """How often a code was used: raised by a conditional UPDATE in the selling transaction."""

    __tablename__ = "promo_usage"
    promo_code_id: Mapped[int] = mapped_column(Integer, ForeignKey("promo_code.id"), primary_key=True)
    uses: Mapped[int] = mapped_column(default=0)


class PromoRedemption(Base):
    """One use of a code by an order."""

    __tablename__ = "promo_redemption"
    __table_args__ = (Index("ix_promo_redemption_promo_code_id", "promo_code_id"), MYSQL_TABLE)
    id: Mapped[Key]
    promo_code_id: Mapped[int] = mapped_column(ForeignKey("promo_code.id"))
    order_id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), ForeignKey("orders.id"))
    saved_minor: Mapped[Amount]
    created_at: Mapped[Moment]
    undone_at: Mapped[Moment | None]


class PromoShare(Base):
    """What one use of a code took off one line: the use is given back with the last line that it took something off."""

    __tablename__ = "promo_share"
    redemption_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("promo_redemption.id"), primary_key=True, autoincrement=False
    )
    order_line_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("order_line.id"), primary_key=True, autoincrement=False
    )
    saved_minor: Mapped[Amount]
