"""Who did what to an order."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.exchanges import DetailsRequest
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.orders.details import correct_details
from pos_app.services.orders.refunds.voids import void_order
from tests.services.orders.exchanging import exchanged
from tests.services.orders.test_page import page_of
from tests.small_house import allow, sell_seats

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_it_is_told_who_allowed_what_a_cashier_may_not_do_alone(house: OpenHouse) -> None:
    small = house.small
    sale = house.database.transact(sell_seats, small, [small.seat(1, 1)])
    allowed = house.database.transact(allow, small, Permission.VOID)
    house.database.transact(void_order, small.cashier, VoidRequest(uuid4().hex, sale.order_id, "Wrong seat", allowed))
    void, sold = page_of(house, sale.order_id).history
    assert (void.kind, void.reason, void.back_minor) == (ChangeKind.VOID, "Wrong seat", 4000)
    assert (void.staff_name, void.till_name, void.approver_name) == (small.cashier.name, "Till 1", small.manager.name)
    assert (sold.kind, sold.approver_name, sold.paid_minor) == (ChangeKind.SALE, "", 4000)


def test_a_corrected_name_is_told_from_another_ticket_type(house: OpenHouse) -> None:
    small = house.small
    seat = small.seat(1, 1)
    sale = house.database.transact(sell_seats, small, [seat])
    request = DetailsRequest(uuid4().hex, sale.order_id, None, "Bea", "")
    house.database.transact(correct_details, small.cashier, request)
    exchanged(house, sale, [seat], {seat: small.child_id}, kind=ChangeKind.CORRECTION)
    typed, named, _sold = page_of(house, sale.order_id).history
    assert [(one.kind, one.changes_tickets) for one in (typed, named)] == [
        (ChangeKind.CORRECTION, True),
        (ChangeKind.CORRECTION, False),
    ]
