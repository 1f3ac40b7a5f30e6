"""From the order desk to the payment of a reservation, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.roles import Role
from pos_app.services.orders.sign import load_order_sign
from tests.evening import start_evening
from tests.kinds import SQLITE
from tests.services.orders.reserving import reserved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.domain.orders.page import OrderSign
    from pos_app.domain.orders.reservations import Reservation
    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = [SQLITE, pytest.mark.usefixtures("themed")]


@pytest.fixture
def made(house: OpenHouse) -> Reservation:
    return reserved(house, house.small.seats_of(3, (1, 2)))


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, made: Reservation, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    started.sign_in(Role.CASHIER)
    yield started
    started.foyer.shut_down()


def sign(evening: Evening, order_id: int) -> OrderSign:
    return evening.house.database.read(load_order_sign, evening.house.small.cashier, order_id)


def picked_up(evening: Evening, made: Reservation) -> OrdersScreen:
    """Press what the order offers, and wait until its payment is at the counter."""
    orders = evening.workplace.orders
    assert orders is not None
    evening.window.show_screen("orders")
    orders.open_order(made.order_id)
    evening.wait(orders.panel.kept.pick_up.isVisible)
    QTest.keyClick(evening.window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    evening.wait(lambda: evening.sell.picking_up.is_active)
    assert evening.window.current_screen == "sell"
    return orders


def test_a_pick_up_that_is_left_leads_back_to_its_order(evening: Evening, made: Reservation) -> None:
    orders = picked_up(evening, made)
    evening.wait(lambda: sign(evening, made.order_id).open_at != "")
    evening.sell.picking_up.leave()
    assert evening.window.current_screen == "orders"
    evening.wait(lambda: sign(evening, made.order_id).open_at == "")
    assert orders.panel.order is not None
    assert orders.panel.order.order_id == made.order_id


def test_who_goes_away_leaves_no_reservation_open_behind(evening: Evening, made: Reservation) -> None:
    picked_up(evening, made)
    evening.workplace.put_away()
    evening.wait(lambda: sign(evening, made.order_id).open_at == "")
    assert evening.window.current_screen == "sell"
    picked_up(evening, made)
    evening.wait(lambda: sign(evening, made.order_id).open_at != "")
    evening.window.close()
    evening.wait(lambda: sign(evening, made.order_id).open_at == "")
