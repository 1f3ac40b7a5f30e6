"""Prices of a performance as a grid: price category by ticket type, in minor units of the venue's currency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pos_app.domain.season.offers import CategoryOffer, TypeOffer


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """What a manager decides. amounts: by (category, ticket type); no key: not offered. Fees a ticket and an order."""

    amounts: Mapping[tuple[int, int], int]
    ticket_fee_minor: int
    order_fee_minor: int


@dataclass(frozen=True, slots=True)
class PriceGrid:
    """The prices of a performance, with the names of its rows and columns."""

    performance_id: int
    currency: str
    categories: tuple[CategoryOffer, ...]
    ticket_types: tuple[TypeOffer, ...]
    amounts: Mapping[tuple[int, int], int]
    ticket_fee_minor: int
    order_fee_minor: int


@dataclass(frozen=True, slots=True)
class PriceChange:
    """One price that will be another. None: not offered. sold: live tickets of this kind; they keep what was paid.

    held: places of this category that are in baskets now; whoever sells them is shown the new total before money moves.
    """

    category: str
    ticket_type: str
    before_minor: int | None
    after_minor: int | None
    sold: int
    held: int


@dataclass(frozen=True, slots=True)
class PricePreview:
    """What a change would mean for one performance. grid: its prices now; fees are compared with those of the grid.

    on_sale: anybody could be buying just now.
    """

    title: str
    starts_at: datetime
    time_zone: str
    grid: PriceGrid
    changes: tuple[PriceChange, ...]
    on_sale: bool
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CopiedPrices:
    """Prices of another performance in this one's categories. unknown: names of its categories that are not here."""

    draft: PriceDraft
    unknown: tuple[str, ...]
