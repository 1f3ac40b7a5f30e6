"""The screen of customers in the window: who has it, and where its orders lead."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.roles import Role
from pos_app.services.customers.records import add_customer
from pos_app.services.selling.sales import sell
from tests.evening import start_evening
from tests.everywhere import settle
from tests.kinds import SQLITE
from tests.services.stories import cash_request, hold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = [SQLITE, pytest.mark.usefixtures("themed")]


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


def test_a_cashier_goes_from_a_customer_to_the_order_by_keys(evening: Evening, house: OpenHouse) -> None:
    small = house.small
    anna = house.database.transact(add_customer, small.cashier, CustomerDraft("Anna"), request_id=uuid4().hex)
    request = cash_request(house, hold(house, small.seats_of(1, (1, 2))), customer_id=anna.customer_id)
    sale = house.database.transact(sell, small.cashier, request)
    evening.sign_in(Role.CASHIER)
    evening.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert evening.window.current_screen == "customers"
    settle(evening)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F4, Qt.Key.Key_Return, Qt.Key.Key_Return):
        evening.press(key)
        settle(evening)
    assert evening.window.current_screen == "orders"
    orders = evening.workplace.orders
    assert orders is not None
    evening.wait(lambda: orders.panel.order is not None and orders.panel.order.order_id == sale.order_id)
    # And back from the order to who has it.
    customers = evening.workplace.customers
    assert customers is not None
    customers.page.start_new()
    evening.press(Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    settle(evening)
    assert evening.window.current_screen == "customers"
    evening.wait(lambda: customers.page.record is not None and customers.page.record.customer_id == anna.customer_id)


def test_what_is_unsaved_is_asked_about_before_the_window_closes(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    evening.window.show_screen("customers")
    settle(evening)
    evening.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    evening.press(Qt.Key.Key_A)
    evening.window.show_screen("sell")
    assert evening.window.unsaved() == ("A new customer who is not saved",)
    evening.window.close()
    assert evening.window.isVisible()
    assert evening.window.current_screen == "customers"


def test_a_steward_has_no_customers(evening: Evening) -> None:
    evening.sign_in(Role.DOOR_STEWARD)
    evening.window.show_screen("customers")
    assert evening.window.current_screen == "door"
    assert evening.workplace.customers is None
