"""The minute's warning of a reservation, on whatever screen a person is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.roles import Role
from pos_app.ui.screens.orders.reservations.keep_sheet import KeepSheet
from tests.evening import start_evening
from tests.everywhere import settle
from tests.kinds import SQLITE
from tests.services.orders.reserving import move_release, reserved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.domain.orders.reservations import Reservation
    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = [SQLITE, pytest.mark.usefixtures("themed")]

_KEEP = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


def _ends_soon(house: OpenHouse, *numbers: int, name: str = "Novak") -> Reservation:
    made = reserved(house, [house.small.seat(1, number) for number in numbers], name)
    move_release(house, made.order_id, 40)
    return made


def _look(evening: Evening) -> None:
    evening.sell.ending.poll()
    settle(evening)


def _said(evening: Evening) -> str:
    return "" if evening.window.banner.isHidden() else evening.window.banner.message.text


def test_it_is_told_on_orders_and_on_customers_and_by_its_own_card_on_sell(evening: Evening, house: OpenHouse) -> None:
    evening.sign_in(Role.CASHIER)
    evening.window.show_screen("orders")
    made = _ends_soon(house, 3, 4)
    _look(evening)
    assert _said(evening).startswith("Novak: Stalls, row A, seats 3\u20134 go back on sale at ")
    evening.window.show_screen("customers")
    assert _said(evening).startswith("Novak: ")
    evening.window.show_screen("sell")
    assert _said(evening) == ""
    assert evening.sell.ending.isVisible()
    evening.window.show_screen("orders")
    assert _said(evening).startswith("Novak: ")
    move_release(house, made.order_id, 3600)
    _look(evening)
    assert _said(evening) == "", "it was kept longer"


def test_it_looks_by_itself_on_every_screen_and_ends_when_the_person_goes(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    ending = evening.sell.ending
    evening.window.show_screen("orders")
    assert ending._timer.isActive()
    with evening.qtbot.waitSignal(ending.destroyed):
        evening.window.sign_out()


def test_closed_by_its_cross_it_is_told_on_no_screen_but_the_next_one_is(evening: Evening, house: OpenHouse) -> None:
    evening.sign_in(Role.CASHIER)
    evening.window.show_screen("orders")
    _ends_soon(house, 3)
    _look(evening)
    evening.window.banner.dismiss()
    _look(evening)
    assert _said(evening) == ""
    evening.window.show_screen("sell")
    assert evening.sell.ending.isHidden()
    evening.window.show_screen("customers")
    _ends_soon(house, 5, name="Weiß")
    _look(evening)
    assert _said(evening).startswith("Weiß: ")


@pytest.mark.parametrize("screen", ["sell", "customers", "orders"])
def test_its_key_and_its_button_lead_into_keeping_longer(evening: Evening, house: OpenHouse, screen: str) -> None:
    evening.sign_in(Role.CASHIER)
    evening.window.show_screen(screen)
    made = _ends_soon(house, 3)
    settle(evening)
    _look(evening)
    button = evening.sell.ending.keep if screen == "sell" else evening.window.banner._action
    assert button.isVisible()
    assert button.key_sequence.toString() == "Ctrl+Shift+K"
    if screen == "orders":
        button.click()
    else:
        QTest.keyClick(evening.window, Qt.Key.Key_K, _KEEP)
    sheet = evening.sheet()
    assert isinstance(sheet, KeepSheet)
    assert sheet.order.order_id == made.order_id
    assert evening.window.current_screen == "orders"


def test_over_an_open_question_it_is_said_and_leads_nowhere_before_that_is_answered(
    evening: Evening, house: OpenHouse
) -> None:
    evening.sign_in(Role.CASHIER)
    evening.window.show_screen("orders")
    settle(evening)
    orders = evening.workplace.orders
    assert orders is not None
    orders.reservations.list.open(None)
    listed = evening.sheet()
    _ends_soon(house, 3)
    _look(evening)
    assert _said(evening).startswith("Novak: ")
    assert evening.window.banner._action.isHidden()
    listed.cancel()
    _look(evening)
    assert evening.window.banner._action.isVisible()
