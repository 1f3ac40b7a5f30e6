from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pos_app.domain.season.offers import CategoryOffer, PerformanceOffer, TypeOffer

ADULT, CHILD, COMPANION = (
    TypeOffer(1, "Adult", "A", ""),
    TypeOffer(2, "Child", "C", ""),
    TypeOffer(3, "Companion", "W", "companion"),
)
OFFER = PerformanceOffer(
    7, 1, "Play", "UTC", "EUR", 900, 0, 0,
    (CategoryOffer(1, "A", ""), CategoryOffer(2, "B", ""), CategoryOffer(3, "C", "")), (ADULT, CHILD, COMPANION),
    {(1, 1): 4000, (1, 2): 2000, (1, 3): 0, (2, 2): 1000, (3, 3): 0},
    starts_at=datetime(2026, 11, 28, 19, 30, tzinfo=UTC),
)  # fmt: skip


@pytest.mark.parametrize(
    ("category", "kind", "offered"),
    [
        (1, "seat", (ADULT, CHILD)),
        (1, "companion", (ADULT, CHILD, COMPANION)),
        (2, "companion", (CHILD,)),
        (9, "seat", ()),
    ],
)
def test_what_has_a_price_is_offered_for_seats_of_its_kind(
    category: int, kind: str, offered: tuple[TypeOffer, ...]
) -> None:
    assert OFFER.types_for(category, kind) == offered


@pytest.mark.parametrize(("category", "price"), [(1, 4000), (2, 1000), (3, None), (9, None)])
def test_the_full_price_is_that_of_the_usual_type_of_an_ordinary_seat(category: int, price: int | None) -> None:
    assert OFFER.full_price(category) == price


def test_the_stamp_is_the_same_for_the_same_prices_and_another_for_others() -> None:
    turned = replace(OFFER, prices=dict(reversed(list(OFFER.prices.items()))), title="Another name")
    assert turned.price_stamp == OFFER.price_stamp
    others = [
        replace(OFFER, ticket_fee_minor=1),
        replace(OFFER, order_fee_minor=1),
        replace(OFFER, prices={**OFFER.prices, (1, 1): 4001}),
        replace(OFFER, prices={**OFFER.prices, (2, 1): 4000}),
        replace(OFFER, ticket_types=(ADULT, COMPANION)),
    ]
    assert len({OFFER.price_stamp, *(other.price_stamp for other in others)}) == len(others) + 1
