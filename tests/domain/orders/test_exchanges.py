from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.errors import ExchangeRefused, InvalidInput, PaymentRefused
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.exchanges import (
    ExchangeAsk,
    ExchangeDone,
    SeatLine,
    moved,
    newly_given,
    only_changed,
    require_own_seats,
    require_sound,
    require_tender,
)
from pos_app.domain.payments.giving_back import RefundPart
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender

ADULT, CHILD = 1, 2


def old(seat: int, **more: Any) -> SeatLine:
    values: dict[str, Any] = {"category_id": 1, "ticket_type_id": ADULT, "event_id": 1, "price_minor": 4000}
    return SeatLine(line_id=seat + 100, seat=SeatKey(1, seat), **{**values, "discount_minor": 0, **more})


def new(seat: int, ticket_type: int = ADULT) -> SaleLine:
    return SaleLine(SeatKey(1, seat), ticket_type)


def test_who_keeps_seat_and_type_is_left_out() -> None:
    ended, made = only_changed((old(2), old(1), old(3)), (new(4), new(2), new(1, CHILD)))
    assert [line.seat.seat_id for line in ended] == [1, 3]
    assert [(line.seat.seat_id, line.ticket_type_id) for line in made] == [(1, CHILD), (4, ADULT)]
    assert moved(ended, made) == 1
    with pytest.raises(InvalidInput, match="Nothing would change"):
        only_changed((old(1), old(2)), (new(2), new(1)))


def test_the_fees_of_a_ticket_end_with_it() -> None:
    line = old(1, discount_minor=400, fees=((7, 50), (9, 20)))
    assert (line.brought_minor, line.fee_minor, line.ending()) == (3600, 70, (101, 7, 9))


def test_a_correction_leaves_everybody_where_they_sit() -> None:
    require_own_seats((old(1), old(2)), (new(2, CHILD), new(1, CHILD)))
    with pytest.raises(ExchangeRefused):
        require_own_seats((old(1),), (new(2),))


def test_a_ticket_given_away_before_may_stay_one() -> None:
    assert newly_given((old(1),), (True,))
    assert not newly_given((old(1, complimentary=True), old(2)), (True, False))


@pytest.mark.parametrize(
    ("ended", "made", "kind"),
    [
        ((), (), ChangeKind.EXCHANGE),
        ((1, 1), (new(1), new(2)), ChangeKind.EXCHANGE),
        ((1, 2), (new(1), new(1, CHILD)), ChangeKind.EXCHANGE),
        ((1,), (new(1), new(2)), ChangeKind.EXCHANGE),
        ((1,), (new(2),), ChangeKind.VOID),
    ],
)
def test_what_is_no_exchange_is_refused(ended: tuple[int, ...], made: tuple[SaleLine, ...], kind: ChangeKind) -> None:
    with pytest.raises(InvalidInput):
        require_sound(ExchangeAsk(1, ended, made), kind)


def test_the_customer_pays_exactly_the_difference_and_never_what_goes_back() -> None:
    cash = Tender(PaymentMethod.CASH, 500, 1000)
    require_tender(cash, 500)
    for nothing in (None, Tender(PaymentMethod.FREE, 0)):
        require_tender(nothing, 0)
        require_tender(nothing, -500)
        with pytest.raises(PaymentRefused):
            require_tender(nothing, 500)
    for due in (0, -500, 499):
        with pytest.raises(PaymentRefused):
            require_tender(cash, due)


def test_the_customer_is_told_of_the_money() -> None:
    parts = (RefundPart(1, PaymentMethod.CASH, 1500),)
    assert ExchangeDone("A", 1, (), 1500, "EUR", 500).sentence == "15.00 EUR paid, 5.00 EUR change."
    assert ExchangeDone("A", 1, (), 1500, "EUR").sentence == "15.00 EUR paid."
    assert ExchangeDone("A", 1, (), 0, "EUR").sentence == "There is nothing to pay, and nothing to give back."
    assert ExchangeDone("A", 1, (), -1500, "EUR", 0, parts).sentence == "15.00 EUR back in cash."
    assert "later" in ExchangeDone("A", 1, (), -1500, "EUR", 0, parts, paid=False).sentence
