from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import PaymentRefused
from pos_app.domain.selling.sales import PaymentMethod, Tender, add_up, ticket_fee


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
