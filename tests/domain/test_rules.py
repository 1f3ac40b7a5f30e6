"""The small rules: holds, fees and totals, payments, waits, roles, baskets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import PaymentRefused
from pos_app.domain.roles import Permission, Role, may
from pos_app.domain.season.offers import CategoryOffer, PerformanceOffer, TypeOffer
from pos_app.domain.seats import Place, SeatKey, SeatKind
from pos_app.domain.selling.basket import Basket
from pos_app.domain.selling.holds import MOST_SECONDS, by_performance, extension, read_places, write_places
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender, add_up, ticket_fee
from pos_app.domain.staff.sign_in import FREE_TRIES, LONGEST_WAIT_SECONDS, wait_after

SEATS = st.builds(SeatKey, st.integers(1, 5), st.integers(1, 10**6))
NOW = datetime(2030, 1, 1, tzinfo=UTC)


@given(st.lists(SEATS, max_size=50))
def test_places_that_were_written_are_read_again_sorted(seats: list[SeatKey]) -> None:
    assert read_places(write_places(seats)) == tuple(sorted(set(seats)))


@given(st.lists(SEATS, max_size=50))
def test_every_till_takes_seats_in_the_same_order(seats: list[SeatKey]) -> None:
    groups = by_performance(seats)
    assert groups == by_performance(reversed(seats))
    assert [performance for performance, _ in groups] == sorted({seat.performance_id for seat in seats})
    assert all(ids == sorted(set(ids)) for _, ids in groups)


@given(st.floats(0, MOST_SECONDS), st.floats(1, MOST_SECONDS))
def test_an_extension_never_goes_beyond_thirty_minutes(age: float, total: float) -> None:
    assert extension(age_seconds=age, total_seconds=total) == min(MOST_SECONDS, age + total)


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 100)), max_size=20),
    st.lists(st.integers(0, 500), max_size=3),
)
def test_lines_and_fees_always_sum_to_the_total(lines: list[tuple[int, int]], order_fees: list[int]) -> None:
    pairs = [(price, price * percent // 100) for price, percent in lines]
    totals = add_up(pairs, [ticket_fee(50, price) for price, _ in pairs], order_fees)
    assert totals.total_minor == totals.lines_minor - totals.discount_minor + totals.fee_minor
    assert totals.total_minor >= 0
    if totals.lines_minor == totals.discount_minor:
        assert totals.fee_minor == 50 * sum(1 for price, _ in pairs if price)


def test_only_the_highest_order_fee_is_charged_and_none_for_what_is_free() -> None:
    assert add_up([(1000, 0)], [], [150, 200]).total_minor == 1200
    assert add_up([(0, 0)], [ticket_fee(50, 0)], [150]).total_minor == 0


@pytest.mark.parametrize(
    "tender",
    [
        Tender(PaymentMethod.CASH, 1000, 999),
        Tender(PaymentMethod.CASH, 1000),
        Tender(PaymentMethod.CASH, 999, 2000),
        Tender(PaymentMethod.CARD, 1000),
        Tender(PaymentMethod.CARD, 1000, reference="\u202e \x00"),
        Tender(PaymentMethod.CARD, 1001, reference="4711"),
        Tender(PaymentMethod.FREE, 1000),
    ],
)
def test_a_payment_that_does_not_pay_the_total_is_refused(tender: Tender) -> None:
    with pytest.raises(PaymentRefused):
        tender.require_sound(1000)


def test_change_is_given_for_cash_only() -> None:
    assert Tender(PaymentMethod.CASH, 1000, 1500).change_minor == 500
    assert Tender(PaymentMethod.CARD, 1000, 1500, "4711").change_minor == 0
    Tender(PaymentMethod.CASH, 0, 0).require_sound(0)
    Tender(PaymentMethod.FREE, 0).require_sound(0)


def test_each_wrong_try_waits_at_least_as_long_as_the_one_before() -> None:
    waits = [wait_after(failures) for failures in range(100)]
    assert waits[:FREE_TRIES] == [0] * FREE_TRIES
    assert waits[FREE_TRIES : FREE_TRIES + 3] == [5, 10, 20]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT_SECONDS


def test_each_role_may_do_its_own_work_and_no_more() -> None:
    assert {one for one in Permission if may(Role.DOOR_STEWARD, one)} == {Permission.CHECK_IN}
    assert {one for one in Permission if may(Role.CASHIER, one)} == {
        Permission.SELL,
        Permission.REPRINT,
        Permission.VOID,
    }
    assert all(may(Role.MANAGER, one) for one in Permission)


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
