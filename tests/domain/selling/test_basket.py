from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pos_app.domain.errors import OtherCurrency
from pos_app.domain.season.offers import CategoryOffer, PerformanceOffer, TypeOffer
from pos_app.domain.seats import Place, SeatKey, SeatKind
from pos_app.domain.selling.basket import Basket
from pos_app.domain.selling.sales import SaleLine

ADULT, CHILD, COMPANION = (
    TypeOffer(1, "Adult", "A", ""),
    TypeOffer(2, "Child", "C", ""),
    TypeOffer(3, "Companion", "W", "companion"),
)


def offer(performance_id: int = 7, prices: dict[tuple[int, int], int] | None = None) -> PerformanceOffer:
    given = {(1, 1): 4000, (1, 2): 2000, (1, 3): 0} if prices is None else prices
    categories = (CategoryOffer(1, "A", ""), CategoryOffer(2, "B", ""))
    return PerformanceOffer(
        performance_id,
        1,
        "The Cherry Orchard",
        "Europe/Berlin",
        "EUR",
        hold_seconds=900,
        ticket_fee_minor=50,
        order_fee_minor=150,
        categories=categories,
        ticket_types=(ADULT, CHILD, COMPANION),
        prices=given,
        starts_at=datetime(2026, 11, 28, 19, 30, tzinfo=UTC),
    )


@pytest.fixture
def basket() -> Basket:
    made = Basket()
    made.add(offer(), SeatKey(7, 1), Place("Stalls", "A", "1"), 1, "A")
    made.add(offer(), SeatKey(7, 2), Place("Stalls", "A", "2", SeatKind.COMPANION), 1, "A")
    return made


def test_a_seat_comes_with_the_usual_type_of_its_kind(basket: Basket) -> None:
    assert [line.ticket_type for line in basket.lines] == [ADULT, COMPANION]
    assert [choice.name for choice in basket.lines[0].choices] == ["Adult", "Child"]
    basket.add(offer(), SeatKey(7, 1), Place("Stalls", "A", "1"), 1, "A")
    assert len(basket.lines) == 2, "a seat stands in it once"
    assert basket.totals().total_minor == 4000 + 50 + 150
    assert basket.sale_lines() == (SaleLine(SeatKey(7, 1), 1), SaleLine(SeatKey(7, 2), 3))


def test_a_seat_for_which_nothing_is_offered_is_not_taken(basket: Basket) -> None:
    with pytest.raises(ValueError, match="nothing is offered"):
        basket.add(offer(), SeatKey(7, 3), Place("Stalls", "B", "1"), 2, "B")


def test_the_price_follows_the_type(basket: Basket) -> None:
    basket.change_type(SeatKey(7, 1), CHILD.ticket_type_id)
    assert basket.totals().lines_minor == 2000
    basket.change_type(SeatKey(7, 1), COMPANION.ticket_type_id)
    assert basket.lines[0].ticket_type == CHILD, "not offered for this seat"


def test_new_prices_are_taken_over_and_a_type_that_is_gone_becomes_the_usual_one(basket: Basket) -> None:
    basket.change_type(SeatKey(7, 1), CHILD.ticket_type_id)
    basket.reprice(offer(prices={(1, 1): 4100, (1, 3): 0}))
    assert (basket.lines[0].ticket_type, basket.lines[0].price_minor) == (ADULT, 4100)
    basket.reprice(offer(performance_id=8, prices={(1, 1): 1}))
    assert basket.totals().lines_minor == 4100


def test_a_basket_without_lines_costs_nothing(basket: Basket) -> None:
    basket.remove(basket.seats)
    assert (basket.totals().total_minor, basket.currency, basket.named()) == (0, "", "")


def test_a_seat_in_another_currency_is_refused_until_the_basket_is_empty(basket: Basket) -> None:
    abroad = replace(offer(8), currency="CHF")
    before = basket.totals()
    with pytest.raises(OtherCurrency, match="CHF"):
        basket.add(abroad, SeatKey(8, 1), Place("Stalls", "A", "1"), 1, "A")
    assert basket.totals() == before
    basket.remove(basket.seats)
    basket.add(abroad, SeatKey(8, 1), Place("Stalls", "A", "1"), 1, "A")
    assert basket.currency == "CHF"


def test_only_what_costs_nothing_of_a_complimentary_type_is_given_away() -> None:
    guest = TypeOffer(4, "Guest", "G", "", complimentary=True)
    prices = {(1, 1): 0, (1, 4): 0, (2, 4): 500}
    given = replace(offer(prices=prices), ticket_types=(ADULT, guest))
    made = Basket()
    for number, category in ((1, 1), (2, 1), (3, 2)):
        made.add(given, SeatKey(7, number), Place("Stalls", "A", str(number)), category, "A")
    assert made.gifts() == ()
    made.change_type(SeatKey(7, 2), 4)
    made.change_type(SeatKey(7, 3), 4)
    assert made.gifts() == (SeatKey(7, 2),)
