from __future__ import annotations

from datetime import UTC, datetime

from pos_app.domain.promo_codes.rules import PromoKind, PromoRule, PromoScope
from pos_app.domain.season.offers import CategoryOffer, PerformanceOffer, TypeOffer
from pos_app.domain.seats import Place, SeatKey
from pos_app.domain.selling.basket import MOST_SINGLE_LINES, TIMES, Basket

NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
ADULT, CHILD = TypeOffer(1, "Adult", "A", ""), TypeOffer(2, "Child", "C", "")
OFFER = PerformanceOffer(
    7, 1, "Play", "UTC", "EUR", 900, 0, 0,
    (CategoryOffer(1, "A", ""),), (ADULT, CHILD), {(1, 1): 1000, (1, 2): 500},
)  # fmt: skip


def _basket() -> Basket:
    basket = Basket()
    for seat in (1, 2, 3):
        basket.add(OFFER, SeatKey(7, seat), Place("Standing", "", ""), 1, "A")
    for seat in (4, 5):
        basket.add(OFFER, SeatKey(7, seat), Place("Stalls", "C", str(seat)), 1, "A")
    return basket


def test_places_of_an_area_are_told_together_and_seats_one_by_one() -> None:
    groups = _basket().groups()
    assert [group.spoken() for group in groups] == [
        f"Standing {TIMES} 3",
        "Stalls, row C, seat 4",
        "Stalls, row C, seat 5",
    ]
    assert groups[0].price_minor == 3000


def test_places_of_other_ticket_types_are_another_group() -> None:
    basket = _basket()
    basket.change_type(SeatKey(7, 3), 2)
    assert [(len(group.lines), group.price_minor) for group in basket.groups()][:2] == [(2, 2000), (1, 500)]


def test_the_savings_of_the_groups_are_the_saving() -> None:
    basket = _basket()
    rule = PromoRule(1, "TEN", PromoKind.AMOUNT, PromoScope.ORDER, 1001, currency="EUR")
    basket.apply_promo([rule], NOW)
    assert sum(group.saved_minor for group in basket.groups()) == basket.totals().discount_minor == 1001


def test_in_a_large_basket_the_seats_of_a_row_are_told_together_by_ticket_type() -> None:
    basket = Basket()
    for seat in range(MOST_SINGLE_LINES + 1):
        basket.add(OFFER, SeatKey(7, seat), Place("Stalls", "C" if seat < 30 else "D", str(seat)), 1, "A")
    basket.change_type(SeatKey(7, 3), 2)
    assert [group.spoken() for group in basket.groups()] == [
        f"Stalls, row C {TIMES} 29",
        "Stalls, row C, seat 3",
        f"Stalls, row D {TIMES} {MOST_SINGLE_LINES - 29}",
    ]
    basket.remove([SeatKey(7, MOST_SINGLE_LINES)])
    assert len(basket.groups()) == MOST_SINGLE_LINES
    assert not basket.holds(SeatKey(7, MOST_SINGLE_LINES))
