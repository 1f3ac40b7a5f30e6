"""An evening with reservations at the order desk, with the real services on SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.orders.standing import OrderStanding
from pos_app.services.orders.reservations.opening import leave_pick_up
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.ui.screens.orders.reservations.give_back_sheet import GiveBackSheet
from pos_app.ui.screens.orders.reservations.keep_sheet import KeepSheet
from tests.kinds import SQLITE
from tests.services.orders.reserving import move_release, opened, reserved

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.roles import Actor
    from pos_app.flows.print_tickets import TicketPress
    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.houses import OpenHouse

pytestmark = [SQLITE, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


def shown(screen: OrdersScreen) -> OrderPage:
    assert screen.panel.order is not None
    return screen.panel.order


def test_a_guest_calls_comes_later_comes_with_fewer_and_at_last_not_at_all(
    qtbot: QtBot, house: OpenHouse, press: TicketPress, desk_of: Callable[[Actor], OrdersScreen]
) -> None:
    small = house.small
    made = reserved(house, small.seats_of(1, (1, 2, 3)), "Čeněk Dvořák")
    reserved(house, small.seats_of(2, (1,)), "Bo Berg")
    screen = desk_of(small.cashier)
    qtbot.waitUntil(lambda: screen.search.reserved_button.words == "Reserved: 2")
    QTest.keyClick(screen, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    listed = screen.reservations.list.sheet
    assert listed is not None
    qtbot.waitUntil(lambda: len(listed.table.shown) == 2)
    QTest.keyClicks(listed.search, "dvora")
    qtbot.waitUntil(lambda: listed.chosen is not None and listed.chosen.order_id == made.order_id)

    QTest.keyClick(listed, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: isinstance(screen.reservations.keeping.sheet, KeepSheet))
    keep = screen.reservations.keeping.sheet
    assert isinstance(keep, KeepSheet)
    keep.later[-1].click()
    keep.reason.choices[0].click()
    keep.yes.click()
    qtbot.waitUntil(lambda: listed.banner.message.text.startswith(made.number[:4]))
    qtbot.waitUntil(lambda: listed.chosen is not None and listed.chosen.release_at > made.release_at)

    QTest.keyClick(listed, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: isinstance(screen.reservations.keeping.sheet, GiveBackSheet))
    back = screen.reservations.keeping.sheet
    assert isinstance(back, GiveBackSheet)
    for box in list(back.ticks.values())[1:]:
        box.show_value(False)
        box.edited.emit()
    back.reason.choices[1].click()
    back.yes.click()
    qtbot.waitUntil(lambda: listed.chosen is not None and listed.chosen.seats == 2)

    listed.slip.click()
    kept = press.folder / f"{made.number}-reservation.pdf"
    qtbot.waitUntil(kept.exists)
    listed.slip.click()
    qtbot.waitUntil(lambda: listed.banner.message.text.startswith("Saved as"))
    assert list(press.folder.iterdir()) == [kept], "the same slip is the same file"

    QTest.keyClick(listed, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: screen.panel.order is not None and screen.panel.order.order_id == made.order_id)
    move_release(house, made.order_id, -10)
    house.database.transact(release_reservations)
    qtbot.waitUntil(lambda: shown(screen).standing is OrderStanding.RELEASED)
    assert screen.panel.kept.isHidden()
    assert [row.words for row in screen.panel.rows.rows] == 3 * ["Adult · Given back"]
    assert [change.reason for change in shown(screen).history][1:3] == ["Fewer come", "Called: comes later"]


def test_a_reservation_that_a_till_opens_while_it_is_looked_at_is_not_changed_here(
    qtbot: QtBot, house: OpenHouse, desk_of: Callable[[Actor], OrdersScreen]
) -> None:
    small = house.small
    made = reserved(house, small.seats_of(1, (1, 2)))
    screen = desk_of(small.cashier)
    screen.open_order(made.order_id)
    kept = screen.panel.kept
    qtbot.waitUntil(kept.isVisible)
    assert kept.keep_longer.isEnabled()
    picked = opened(house, made.order_id, small.elsewhere(small.cashier))
    qtbot.waitUntil(lambda: not kept.keep_longer.isEnabled())
    assert kept.state.text() == "Open for paying at Till 2: these seats cannot lapse, nor be given back here."
    house.database.transact(leave_pick_up, small.elsewhere(small.cashier), made.order_id, picked.hold.basket_key)
    qtbot.waitUntil(kept.keep_longer.isEnabled)
