"""A scan is a scan everywhere: it reaches no field, no button and no map, and counts as no PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from sqlalchemy import func, select

from pos_app.db.models import CheckIn, SignInAttempt, Ticket
from pos_app.domain.codes import grouped
from pos_app.domain.roles import Role
from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import Level
from tests.evening import start_evening
from tests.hands import scan_with_keys
from tests.kinds import SQLITE
from tests.services.orders.reserving import reserved
from tests.services.stories import signed_code, sold
from tests.small_house import PINS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.domain.selling.sales import Sale
    from tests.evening import Evening
    from tests.houses import OpenHouse

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, tmp_path: Path) -> Iterator[Evening]:
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


@pytest.fixture
def sale(house: OpenHouse) -> Sale:
    return sold(house, house.small.seats_of(3, (1, 2)))


def scan(evening: Evening, text: str) -> None:
    handle = evening.window.windowHandle()
    assert handle is not None
    scan_with_keys(handle, text)


def told(evening: Evening, words: str) -> None:
    evening.wait(lambda: words in evening.window.banner.message.sentence)


def counted(evening: Evening, table: type) -> int:
    query = select(func.count()).select_from(table)
    return evening.house.database.read(lambda session: session.execute(query).scalar_one())


@SQLITE
def test_at_the_sell_screen_a_scan_is_told_and_its_order_chosen_on_orders(evening: Evening, sale: Sale) -> None:
    later = sold(evening.house, [evening.house.small.seat(4, 1)])
    evening.sign_in(Role.CASHIER)
    board, count = evening.sell.map_panel.map, evening.sell.map_panel.best.count
    evening.wait(lambda: evening.sell.live.plan is not None and evening.sell.live._cursor)
    board.setFocus()
    seats = count.value
    scan(evening, signed_code(evening.house, sale.ticket_ids[0]))
    told(evening, "This ticket is good. Nobody has come in with it yet.")
    sentence = evening.window.banner.message.sentence
    for fact in ("“The Cherry Orchard”", "row C, seat 1", "Adult", grouped(sale.number)):
        assert fact in sentence
    assert evening.window.banner.message.level is Level.OK
    assert count.value == seats
    assert not evening.sell.hold.basket.lines, "its Enter took no seat"
    orders = evening.workplace.orders
    assert orders is not None
    assert evening.window.current_screen == "orders"
    evening.wait(lambda: orders.table.chosen == sale.order_id != later.order_id)
    assert counted(evening, CheckIn) == 0


@SQLITE
def test_with_seats_in_the_basket_the_order_is_chosen_behind_it_and_shown_on_request(
    evening: Evening, sale: Sale
) -> None:
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    scan(evening, signed_code(evening.house, sale.ticket_ids[1]))
    told(evening, "row C, seat 2")
    assert evening.window.current_screen == "sell"
    assert len(evening.sell.hold.basket.lines) == 1
    assert evening.window.banner.message.action == "Show the order"
    assert evening.window.banner.press_action()
    assert evening.window.current_screen == "orders"
    orders = evening.workplace.orders
    assert orders is not None
    evening.wait(lambda: orders.table.chosen == sale.order_id)


@SQLITE
def test_on_orders_the_ticket_of_any_till_opens_its_order_whatever_has_the_keyboard(evening: Evening) -> None:
    small = evening.house.small
    elsewhere = sold(evening.house, [small.seat(2, 2)], actor=small.elsewhere(small.cashier))
    for seat in small.seats_of(4, range(1, 4)):
        sold(evening.house, [seat])
    evening.sign_in(Role.CASHIER)
    orders = evening.workplace.orders
    assert orders is not None
    evening.window.show_screen("orders")
    evening.wait(lambda: orders.panel.order is not None)
    orders.search.field.setFocus()
    scan(evening, signed_code(evening.house, elsewhere.ticket_ids[0]))
    evening.wait(lambda: orders.panel.number.text == grouped(elsewhere.number))
    assert orders.search.field.text() == ""
    assert orders.table.chosen == elsewhere.order_id


@SQLITE
def test_the_slip_of_a_reservation_opens_its_order_and_offers_its_payment(evening: Evening) -> None:
    made = reserved(evening.house, evening.house.small.seats_of(3, (1, 2)))
    evening.sign_in(Role.CASHIER)
    orders = evening.workplace.orders
    assert orders is not None
    scan(evening, made.number)
    told(evening, "not paid: €80.00 is to pay")
    assert evening.window.current_screen == "orders"
    evening.wait(lambda: orders.panel.order is not None and orders.panel.order.order_id == made.order_id)
    assert orders.panel.kept.pick_up.isVisible()
    orders.search.field.setFocus()
    orders.search.field.setText("anna")
    scan(evening, made.number)
    assert orders.search.field.text() == "anna", "it is typed nowhere"
    assert evening.window.banner.message.action == "Pick up"
    wanted: list[int] = []
    evening.workplace.scans.pick_up_wanted.connect(wanted.append)
    assert evening.window.banner.press_action()
    assert wanted == [made.order_id]
    assert evening.window.current_screen == "sell"


@SQLITE
def test_while_a_payment_is_open_a_scan_is_only_told(evening: Evening, sale: Sale) -> None:
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    evening.open_cash()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    before = field.text()
    scan(evening, signed_code(evening.house, sale.ticket_ids[0]))
    told(evening, "This ticket is good.")
    banner, sheet = evening.window.banner, evening.sell.checkout.sheet
    assert not banner.message.action
    assert sheet.is_open
    evening.wait(lambda: banner.height() > 30)
    middle = banner.mapTo(evening.window, banner.rect().center())
    assert evening.window.childAt(middle) in {banner, *banner.findChildren(QWidget)}, "the sheet does not hide it"
    assert QApplication.focusWidget() is field
    assert field.text() == before
    assert evening.window.current_screen == "sell"
    orders = evening.workplace.orders
    assert orders is not None
    assert orders.table.chosen is None
    assert evening.sell.tickets.sale is None


@SQLITE
def test_a_question_is_not_answered_by_the_enter_of_a_scanner(evening: Evening, sale: Sale) -> None:
    evening.sign_in(Role.CASHIER)
    answered: list[bool] = []
    asked = confirm(evening.sell, "Throw it away?", "All of it.", yes="Throw away")
    asked.confirmed.connect(lambda: answered.append(True))
    sheet = evening.sheet()
    scan(evening, signed_code(evening.house, sale.ticket_ids[0]))
    told(evening, "This ticket is good.")
    assert (answered, sheet.isVisible(), evening.window.current_screen) == ([], True, "sell")


@SQLITE
@pytest.mark.parametrize("text", ["4006381333931", "https://example.org/a?b=1", "WIFI:S:x y;P:secret;;"])
def test_what_is_no_ticket_is_swallowed_and_said_in_a_sentence(evening: Evening, text: str) -> None:
    evening.sign_in(Role.CASHIER)
    board = evening.sell.map_panel.map
    evening.wait(lambda: evening.sell.live.plan is not None)
    board.setFocus()
    count = evening.sell.map_panel.best.count.value
    scan(evening, text)
    told(evening, "What was scanned is no ticket of this house.")
    assert evening.sell.map_panel.best.count.value == count
    assert not evening.sell.hold.basket.lines


@SQLITE
def test_into_the_field_of_promo_codes_a_voucher_is_typed_without_its_enter_and_a_ticket_is_not(
    evening: Evening, sale: Sale
) -> None:
    evening.sign_in(Role.CASHIER)
    evening.hold_a_seat()
    field = evening.sell.basket_panel.promo.field
    field.setFocus()
    scan(evening, "SPRING-2026-XQ4")
    assert field.text() == "SPRING-2026-XQ4"
    assert field.hasFocus()
    field.clear()
    short = evening.house.database.read(lambda session: session.get_one(Ticket, sale.ticket_ids[0])).short_code
    scan(evening, short)
    assert field.text() == short, "many a promo code looks so"
    field.clear()
    scan(evening, signed_code(evening.house, sale.ticket_ids[0]))
    told(evening, "This ticket is good.")
    assert not field.text()
    scan(evening, "%B4111111111111111^DOE/JOHN^2812101?")
    told(evening, "no ticket of this house")
    assert not field.text(), "nor the stripe of a card"


@SQLITE
def test_a_manager_at_work_is_told_and_goes_on(evening: Evening, sale: Sale) -> None:
    evening.sign_in(Role.MANAGER)
    evening.window.show_screen("manage")
    scan(evening, signed_code(evening.house, sale.ticket_ids[0]))
    told(evening, "This ticket is good.")
    assert evening.window.current_screen == "manage"
    assert evening.window.banner.message.action == "Show the order"


@SQLITE
def test_on_the_lock_screen_a_scan_is_no_pin_and_what_was_typed_stays(evening: Evening, sale: Sale) -> None:
    evening.sign_in(Role.CASHIER)
    evening.window.lock()
    pad = evening.window.lock_screen.pin
    evening.wait(pad.hasFocus)
    tries = counted(evening, SignInAttempt)
    QTest.keyClicks(pad, PINS[Role.CASHIER][:2])
    for _ in range(6):
        scan(evening, signed_code(evening.house, sale.ticket_ids[0]))
        assert pad._pin == PINS[Role.CASHIER][:2]
        assert evening.window.lock_screen.status.hint == "This till is locked: unlock it first, then scan again."
        assert pad.hasFocus()
    scan(evening, "4006381333931")
    assert evening.window.is_locked
    assert counted(evening, SignInAttempt) == tries
    QTest.keyClicks(pad, PINS[Role.CASHIER][2:])
    evening.press(Qt.Key.Key_Return)
    evening.wait(lambda: not evening.window.is_locked)
    assert not evening.window.lock_screen.status.hint


@SQLITE
def test_a_locked_gate_says_that_it_is_a_gate(evening: Evening, sale: Sale) -> None:
    evening.sign_in(Role.DOOR_STEWARD)
    evening.window.lock()
    scan(evening, signed_code(evening.house, sale.ticket_ids[0]))
    assert evening.window.lock_screen.status.hint == "This gate is locked: unlock it first, then scan again."
    assert counted(evening, CheckIn) == 0


@SQLITE
def test_a_gate_that_is_unlocked_has_its_cursor_where_codes_are_typed(evening: Evening) -> None:
    evening.sign_in(Role.DOOR_STEWARD)
    door = evening.workplace.door
    assert door is not None
    evening.window.lock()
    evening.wait(evening.window.lock_screen.pin.hasFocus)
    evening.type_pin(Role.DOOR_STEWARD)
    evening.wait(lambda: not evening.window.is_locked)
    assert door.scan_field.hasFocus()
    evening.window.show_screen("door")
    assert door.scan_field.hasFocus()


@SQLITE
def test_where_nobody_is_signed_in_a_scan_is_no_password(evening: Evening, sale: Sale) -> None:
    form = evening.window.sign_in_screen.form
    form.name_field.setText("Carla Cash")
    form.password_field.setText("half typ")
    form.password_field.setFocus()
    scan(evening, signed_code(evening.house, sale.ticket_ids[0]))
    assert (form.name_field.text(), form.password_field.text()) == ("Carla Cash", "half typ")
    assert form.password_field.hasFocus()
    assert evening.window.sign_in_screen.status.hint == "Nobody is signed in: sign in first, then scan again."
    assert counted(evening, SignInAttempt) == 0


@SQLITE
def test_at_the_door_a_scan_is_judged_and_an_empty_enter_is_none(evening: Evening, sale: Sale) -> None:
    evening.sign_in(Role.DOOR_STEWARD)
    door = evening.workplace.door
    assert door is not None
    evening.wait(lambda: door._performance is not None)
    combo = door.bar.performances
    at = next(
        at for at in range(combo.count()) if combo.itemData(at).performance_id == evening.house.small.performance_id
    )
    combo.setCurrentIndex(at)
    combo.activated.emit(at)
    scan(evening, signed_code(evening.house, sale.ticket_ids[0]))
    evening.wait(lambda: door.side.last_scans.count() == 1)
    assert door.panel.state is DoorState.ADMITTED, door.panel.words
    for text in ("", "   "):
        door.scan_field.setFocus()
        door.scan_field.setText(text)
        evening.press(Qt.Key.Key_Return)
        assert not door.scan_field.text()
        assert door.scan_field.hasFocus()
    assert door._queue.waiting == 0
    assert door.panel.state is DoorState.ADMITTED
    assert counted(evening, CheckIn) == 1


@SQLITE
def test_a_pin_that_is_typed_fast_is_typing(evening: Evening) -> None:
    evening.sign_in(Role.CASHIER)
    evening.window.lock()
    pad = evening.window.lock_screen.pin
    evening.wait(pad.hasFocus)
    scan(evening, PINS[Role.CASHIER])
    evening.wait(lambda: not evening.window.is_locked)
