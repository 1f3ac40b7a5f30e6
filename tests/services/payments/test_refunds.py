"""A refund is reserved on its payment, and no payment gives back more than came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import OrderChange, Payment
from pos_app.domain.errors import RefundRefused
from pos_app.domain.orders.changes import RefundState
from pos_app.domain.payments.giving_back import RefundPart
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.services.payments.refunds import (
    RefundOrigin,
    give_up_refund,
    load_payments,
    make_refunds,
    pay_refund,
)
from tests.services.stories import sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_what_is_due_is_reserved_and_returned_once_when_it_is_given_up(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])

    def live_through(session: Session) -> None:
        change = session.scalars(select(OrderChange.id).where(OrderChange.order_id == sale.order_id)).one()
        payment = session.scalars(select(Payment.id).where(Payment.order_id == sale.order_id)).one()
        origin = RefundOrigin(change, sale.order_id, "is ill")
        part = RefundPart(payment, PaymentMethod.CASH, 3000)
        (due,) = make_refunds(session, house.small.cashier, origin, (part,), paid=False)
        assert due.state is RefundState.DUE
        assert [paid.left_minor for paid in load_payments(session, sale.order_id)] == [1000]
        more = RefundPart(payment, PaymentMethod.CASH, 1001)
        with pytest.raises(RefundRefused, match="Less is left"):
            make_refunds(session, house.small.cashier, origin, (more,), paid=True)
        assert give_up_refund(session, due, change).state is RefundState.GIVEN_UP
        assert [paid.left_minor for paid in load_payments(session, sale.order_id)] == [4000]
        with pytest.raises(RefundRefused, match="not due any more"):
            give_up_refund(session, due, change)
        with pytest.raises(RefundRefused, match="not due any more"):
            pay_refund(session, due, change, "")

    house.database.transact(live_through)
