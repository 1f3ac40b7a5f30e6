from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pos_app.domain.promo_codes.rules import PromoKind, PromoRule, PromoScope
from pos_app.domain.season.offers import CategoryOffer, PerformanceOffer, TypeOffer
from pos_app.domain.seats import Place, SeatKey
from pos_app.domain.selling.basket import Basket
from pos_app.domain.selling.basket_lines import MOST_SINGLE_LINES, TIMES

NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
ADULT, CHILD = TypeOffer(1, "Adult", "A", ""), TypeOffer(2, "Child", "C", "")
OFFER = PerformanceOffer(
    7, 1, "Play", "UTC", "EUR", 900, 0, 0,
    (CategoryOffer(1, "A", ""), CategoryOffer(2, "B", "")), (ADULT, CHILD),
    {(1, 1): 1000, (1, 2): 500, (2, 1): 1000}, starts_at=NOW,
)  # fmt: skip
GALA = replace(OFFER, performance_id=8, title="Gala")


def _sit(
    basket: Basket, numbers: str, *, row: str = "C", offer: PerformanceOffer = OFFER, by_twos: bool = False
) -> None:
    """Add seats of a row, in this order; by_twos: odd numbers sit side by side."""
    for number in map(int, numbers.split()):
        key = SeatKey(offer.performance_id, ord(row) * 1000 + number)
        position = (number + 1) // 2 if by_twos else number
        basket.add(offer, key, Place("Stalls", row, str(number)), 1, "A", position=position)


def _told(basket: Basket) -> list[str]:
    return [str(group.spoken()) for group in basket.groups()]


def _basket() -> Basket:
    basket = Basket()
    for seat in (1, 2, 3):
        basket.add(OFFER, SeatKey(7, seat), Place("Standing", "", ""), 1, "A")
    _sit(basket, "4 5")
    return basket


def test_places_of_an_area_are_told_together_and_so_are_seats_side_by_side() -> None:
    groups = _basket().groups()
    assert [group.spoken() for group in groups] == [f"Standing {TIMES} 3", "Stalls, row C, seats 4\u20135"]
    assert [group.price_minor for group in groups] == [3000, 2000]


def test_seats_are_side_by_side_whatever_the_order_of_their_choosing() -> None:
    basket = Basket()
    _sit(basket, "20 18 19")
    assert _told(basket) == ["Stalls, row C, seats 18\u201320"]
    assert [line.place.number for line in basket.groups()[0].lines] == ["18", "19", "20"]
    assert [line.place.number for line in basket.lines] == ["20", "18", "19"]


def test_a_gap_parts_them_and_so_does_another_row() -> None:
    basket = Basket()
    _sit(basket, "9 5 6")
    _sit(basket, "7 8", row="D")
    assert _told(basket) == ["Stalls, row C, seat 9", "Stalls, row C, seats 5\u20136", "Stalls, row D, seats 7\u20138"]


def test_odd_numbers_that_sit_side_by_side_are_told_together() -> None:
    basket = Basket()
    _sit(basket, "1 3 5 9", by_twos=True)
    assert _told(basket) == ["Stalls, row C, seats 1, 3, 5", "Stalls, row C, seat 9"]


def test_who_sits_beside_whom_is_not_guessed_from_numbers_nor_without_a_row() -> None:
    basket = Basket()
    for number in (1, 2):
        basket.add(OFFER, SeatKey(7, number), Place("Stalls", "C", str(number)), 1, "A")
        basket.add(OFFER, SeatKey(7, number + 10), Place("Boxes", "", str(number)), 1, "A", position=number)
    assert len(basket.groups()) == 4


def test_another_ticket_type_parts_them_and_the_old_one_joins_them_again() -> None:
    basket = Basket()
    _sit(basket, "18 19 20")
    basket.change_type(basket.seats[1], CHILD.ticket_type_id)
    assert _told(basket) == [f"Stalls, row C, seat {number}" for number in (18, 19, 20)]
    basket.change_type(basket.seats[1], ADULT.ticket_type_id)
    assert _told(basket) == ["Stalls, row C, seats 18\u201320"]


def test_another_price_category_parts_them_though_it_costs_the_same() -> None:
    basket = Basket()
    _sit(basket, "18")
    basket.add(OFFER, SeatKey(7, 1), Place("Stalls", "C", "19"), 2, "B", position=19)
    assert len(basket.groups()) == 2


def test_places_of_other_ticket_types_are_another_group() -> None:
    basket = _basket()
    basket.change_type(SeatKey(7, 3), 2)
    assert [(len(group.lines), group.price_minor) for group in basket.groups()][:2] == [(2, 2000), (1, 500)]


def test_the_savings_of_the_groups_are_the_saving_and_those_of_its_lines() -> None:
    basket = _basket()
    rule = PromoRule(1, "TEN", PromoKind.AMOUNT, PromoScope.ORDER, 1001, currency="EUR")
    basket.apply_promo([rule], NOW)
    groups = basket.groups()
    assert sum(group.saved_minor for group in groups) == basket.totals().discount_minor == 1001
    for group in groups:
        singles = group.singles()
        assert [single.lines for single in singles] == [(line,) for line in group.lines]
        assert sum(single.saved_minor for single in singles) == group.saved_minor


def test_the_same_seats_of_two_performances_are_told_evening_by_evening() -> None:
    basket = Basket()
    _sit(basket, "18")
    _sit(basket, "18", offer=GALA)
    _sit(basket, "19")
    told = [(one.offer.title, [str(group.spoken()) for group in one.groups]) for one in basket.performances()]
    assert told == [("Play", ["Stalls, row C, seats 18\u201319"]), ("Gala", ["Stalls, row C, seat 18"])]
    assert [str(one.seats().spoken()) for one in basket.performances()] == [
        "Stalls, row C, seats 18\u201319",
        "Stalls, row C, seat 18",
    ]


@pytest.mark.parametrize("more", [0, 1])
def test_in_a_large_basket_the_seats_of_a_row_are_told_together_by_ticket_type(more: int) -> None:
    basket = Basket()
    _sit(basket, " ".join(str(2 * number) for number in range(30)))
    _sit(basket, " ".join(str(2 * number) for number in range(MOST_SINGLE_LINES - 30 + more)), row="D")
    basket.change_type(basket.seats[3], 2)
    assert len(basket.groups()) == (3 if more else MOST_SINGLE_LINES)
    assert not basket.holds(SeatKey(7, 1))
