"""Who allows that money goes back is asked at the counter, before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import ApprovalRefused, NotPermitted
from pos_app.domain.orders.refunds import GiveUp, PayOut
from pos_app.domain.roles import Role
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.staff.sign_in import Approval
from pos_app.flows.refund import give_up_with_approval, pay_out_with_approval, refund_with_approval
from pos_app.services.orders.refunds.due import list_refunds_due
from tests.kinds import SQLITE
from tests.services.orders.refunding import ask, live_lines, refunds_of
from tests.services.stories import sold
from tests.small_house import PINS

if TYPE_CHECKING:
    from tests.houses import OpenHouse


@SQLITE
def test_a_manager_lets_a_cashier_give_money_back_by_the_pin(house: OpenHouse) -> None:
    small, sale = house.small, sold(house, [house.small.seat(1, 1)])
    request = ask(house, sale, live_lines(house, sale), pay_now=False, allowed=False)
    manager = Approval(small.manager.staff_id, PINS[Role.MANAGER])
    for refused in (Approval(small.manager.staff_id, "0000"), None):
        with pytest.raises((ApprovalRefused, NotPermitted)):
            refund_with_approval(house.database, small.cashier, request, refused)
    assert not refund_with_approval(house.database, small.cashier, request, manager).paid
    (due,) = house.database.read(list_refunds_due, small.cashier)
    give_up = GiveUp("up", due.refund_id, "has a card only", PaymentMethod.CARD)
    made = give_up_with_approval(house.database, small.cashier, give_up, manager)
    pay = PayOut("pay", made, PaymentMethod.CARD, "0815")
    with pytest.raises(NotPermitted):
        pay_out_with_approval(house.database, small.cashier, pay, None)
    assert pay_out_with_approval(house.database, small.manager, pay, None).refund_id == made
    assert refunds_of(house, sale) == [("cash", "given_up", 4000), ("card", "paid", 4000)]
