from __future__ import annotations

import pytest

from pos_app.domain.errors import RefundRefused
from pos_app.domain.payments.giving_back import (
    PaidIn,
    RefundPart,
    goes_another_way,
    needs_a_way,
    split_back,
    tell_back,
)
from pos_app.domain.selling.sales import PaymentMethod

CASH, CARD, ELSEWHERE = PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.ELSEWHERE
CARD_LAST = (PaidIn(2, CARD, 1000), PaidIn(1, CASH, 3000))


def test_money_goes_back_to_the_last_payment_first_up_to_what_is_left_of_it() -> None:
    assert split_back(CARD_LAST, 400) == (RefundPart(2, CARD, 400),)
    assert split_back(CARD_LAST, 1000) == (RefundPart(2, CARD, 1000),)
    assert split_back(CARD_LAST, 1001) == (RefundPart(2, CARD, 1000), RefundPart(1, CASH, 1))
    assert split_back((PaidIn(2, CARD, 0), PaidIn(1, CASH, 3000)), 5) == (RefundPart(1, CASH, 5),)
    assert split_back(CARD_LAST, 0) == ()
    with pytest.raises(RefundRefused, match="Less is left"):
        split_back(CARD_LAST, 4001)


def test_another_way_is_told_from_the_way_it_came() -> None:
    in_cash = split_back(CARD_LAST, 4000, CASH)
    assert [part.method for part in in_cash] == [CASH, CASH]
    assert goes_another_way(in_cash, CARD_LAST)
    assert not goes_another_way(split_back(CARD_LAST, 4000), CARD_LAST)
    assert not goes_another_way(split_back((PaidIn(1, CASH, 9),), 9, CASH), (PaidIn(1, CASH, 9),))
    elsewhere = (PaidIn(1, ELSEWHERE, 500),)
    assert needs_a_way(split_back(elsewhere, 500))
    assert not needs_a_way(split_back(elsewhere, 500, CARD))


def test_the_customer_is_told_each_way_once() -> None:
    parts = (RefundPart(3, CARD, 100), RefundPart(2, CASH, 250), RefundPart(1, CARD, 50))
    assert str(tell_back(parts, "EUR", paid=True)) == "1.50 EUR back to the card. 2.50 EUR back in cash."
    assert str(tell_back(parts, "EUR", paid=False)) == "4.00 EUR will be given back later."
    assert str(tell_back((), "EUR", paid=True)) == "There is no money to give back."
