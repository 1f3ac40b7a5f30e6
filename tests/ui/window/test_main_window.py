from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from pos_app.domain.errors import OutcomeUnknown, ServerUnreachable
from pos_app.domain.roles import Actor, Permission, Role
from pos_app.domain.sentences import say
from pos_app.domain.staff.sign_in import SignInChoices
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet, confirm
from pos_app.ui.window.connection import Connection
from pos_app.ui.window.main_window import MainWindow
from pos_app.ui.words.messages import Level, Message, message_for
from tests.hands import scan_with_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("themed")


def _actor(role: Role) -> Actor:
    return Actor(1, "Amina Əliyeva", role, 1, "Till 2")


@pytest.fixture
def make(qtbot: QtBot) -> Callable[..., MainWindow]:
    def make(*, idle_seconds: int = 0) -> MainWindow:
        window = MainWindow(idle_seconds=idle_seconds)
        qtbot.addWidget(window)
        for key, title, icon, permission in (
            ("sell", "Sell", "shopping-cart-simple", Permission.SELL),
            ("orders", "Orders", "receipt", Permission.SELL),
            ("door", "Door", "qr-code", Permission.CHECK_IN),
            ("admin", "Admin", "gear-six", Permission.MANAGE),
        ):
            window.add_screen(key, title, icon, QLineEdit(), permission)
        window.resize(1280, 720)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make


@pytest.fixture
def window(make: Callable[..., MainWindow]) -> MainWindow:
    return make()


def _shown(window: MainWindow) -> list[str]:
    return [key for key, button in window.top_bar._buttons.items() if button.isVisible()]


def test_it_begins_with_signing_in(window: MainWindow) -> None:
    assert window.sign_in_screen.isVisible()
    assert window.actor is None


def test_each_role_sees_its_screens(window: MainWindow) -> None:
    window.enter(_actor(Role.CASHIER))
    assert _shown(window) == ["sell", "orders"]
    window.enter(_actor(Role.MANAGER))
    assert _shown(window) == ["sell", "orders", "door", "admin"]
    window.enter(_actor(Role.DOOR_STEWARD))
    assert _shown(window) == []
    assert window.current_screen == "door"


def test_keys_open_the_screens(qtbot: QtBot, window: MainWindow) -> None:
    window.enter(_actor(Role.MANAGER))
    with qtbot.waitSignal(window.screen_changed) as changed:
        QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert changed.args == ["door"]
    assert window.current_screen == "door"


def test_a_screen_of_another_role_stays_closed(window: MainWindow) -> None:
    window.enter(_actor(Role.CASHIER))
    window.show_screen("admin")
    assert window.current_screen == "sell"


def test_ctrl_l_locks_and_unlocking_goes_on_where_one_was(qtbot: QtBot, window: MainWindow) -> None:
    window.enter(_actor(Role.CASHIER), has_pin=True)
    window.show_screen("orders")
    with qtbot.waitSignal(window.locked):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.is_locked
    window.show_screen("sell")
    assert window.is_locked
    window.unlock()
    assert window.current_screen == "orders"
    assert not window.is_locked


def test_keys_of_the_screens_do_nothing_while_locked(qtbot: QtBot, window: MainWindow) -> None:
    window.enter(_actor(Role.CASHIER))
    window.lock()
    with qtbot.assertNotEmitted(window.screen_changed):
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.is_locked


def test_nobody_else_signs_in_over_a_held_basket(qtbot: QtBot, window: MainWindow) -> None:
    window.enter(_actor(Role.CASHIER), has_pin=True)
    window.show_held(2, 600)
    window.lock()
    with qtbot.assertNotEmitted(window.signed_out):
        window.lock_screen.somebody_else_asked.emit()
    window.show_held(0, 0)
    with qtbot.waitSignal(window.signed_out):
        window.lock_screen.somebody_else.click()
    assert window.actor is None
    assert window.sign_in_screen.isVisible()


def test_an_idle_till_locks_itself(qtbot: QtBot, make: Callable[..., MainWindow]) -> None:
    window = make(idle_seconds=1)
    with qtbot.waitSignal(window.locked):
        window.enter(_actor(Role.CASHIER))
    assert not window.idle_lock.running


def test_while_a_box_office_is_set_up_a_scan_reaches_no_field(window: MainWindow) -> None:
    page = QLineEdit("mysql://")
    window.show_setup(page)
    page.setFocus()
    handle = window.windowHandle()
    assert handle is not None
    scan_with_keys(handle, "4006381333931")
    assert page.text() == "mysql://"
    assert not window.banner.message.text


def test_a_touch_begins_the_count_anew(qtbot: QtBot, make: Callable[..., MainWindow]) -> None:
    window = make(idle_seconds=100)
    window.enter(_actor(Role.CASHIER))
    qtbot.waitUntil(lambda: window.idle_lock._timer.remainingTime() < 99_400)
    QTest.keyClick(window, Qt.Key.Key_Shift)
    assert window.idle_lock._timer.remainingTime() > 99_600


def test_a_gate_does_not_lock_itself_unless_its_till_says_so(make: Callable[..., MainWindow]) -> None:
    window = make(idle_seconds=100)
    window.enter(_actor(Role.DOOR_STEWARD))
    assert window.current_screen == "door"
    counting = [window.idle_lock.running]
    window.lock()
    window.unlock()
    counting.append(window.idle_lock.running)
    window.idle_lock.set_seconds("door", 900)
    counting.append(window.idle_lock.running)
    assert counting == [False, False, True]
    assert window.idle_lock._timer.interval() == 900_000


def test_the_door_of_a_manager_waits_for_guests_and_the_other_screens_lock_as_ever(
    make: Callable[..., MainWindow],
) -> None:
    window = make(idle_seconds=100)
    window.enter(_actor(Role.MANAGER))
    counting = []
    for key in ("sell", "door", "orders"):
        window.show_screen(key)
        counting.append(window.idle_lock.running)
    assert counting == [True, False, True]
    assert window.idle_lock._timer.remainingTime() > 99_000


def test_a_till_does_not_lock_while_money_changes_hands(make: Callable[..., MainWindow]) -> None:
    window = make(idle_seconds=100)
    window.enter(_actor(Role.CASHIER))
    window.set_payment_open(True)
    window.lock()
    assert not window.is_locked
    assert not window.idle_lock.running
    window.set_payment_open(False)
    assert window.idle_lock.running


def test_errors_of_the_house_are_sentences(window: MainWindow) -> None:
    window.enter(_actor(Role.CASHIER))
    window.show_error(ServerUnreachable(say("The server did not answer."), advice=say("Your basket is kept.")))
    assert window.banner.isVisible()
    assert window.banner.message.level is Level.WARNING
    assert window.banner.message.text == "The server did not answer."


def test_a_bug_is_told_once_with_an_incident_number(caplog: pytest.LogCaptureFixture) -> None:
    message = message_for(ZeroDivisionError("secret inside"))
    assert "secret inside" not in message.text + message.advice
    number = message.text.split("incident ")[1].split(")")[0]
    assert number in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_write_whose_screen_is_gone_is_told(window: MainWindow) -> None:
    window.enter(_actor(Role.CASHIER))
    window.show_orphan(OutcomeUnknown(say("It is not known whether the sale went through."), request_id="r1"))
    assert window.banner.message.level == "error"
    window.show_orphan(object())
    assert window.banner.message.level == "info"


def test_the_connection_is_told_in_words(window: MainWindow) -> None:
    window.enter(_actor(Role.CASHIER))
    window.show_connection(Connection.ONLINE)
    assert window.top_bar.connection.words == "Online · synced 0 s ago"
    window.show_connection(Connection.LOST)
    assert window.top_bar.connection.words == "Server lost, trying again"


def test_names_give_way_to_icons_where_there_is_little_room(qtbot: QtBot, window: MainWindow) -> None:
    for number in range(6):
        window.add_screen(f"more{number}", "Another long name", "list", QWidget(), None)
    window.enter(_actor(Role.MANAGER))
    assert not any(button.text() for button in window.top_bar._buttons.values())
    window.resize(2600, 800)
    qtbot.waitUntil(lambda: all(button.text() for button in window.top_bar._buttons.values()))
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.current_screen == "orders"


def test_it_remembers_where_the_window_was(make: Callable[..., MainWindow]) -> None:
    first = make()
    usual = MainWindow()
    first.close()
    second = MainWindow()
    # The off-screen display is smaller than the window, so the place is moved; but it is not the usual one.
    assert second.geometry() != usual.geometry()
    usual.deleteLater()
    second.deleteLater()


def test_an_error_before_signing_in_is_told_in_the_card(window: MainWindow) -> None:
    window.show_error(ServerUnreachable(say("The server did not answer."), advice=say("Check the cable.")))
    assert window.sign_in_screen.waiting.retry_button.isVisible()
    window.sign_in_screen.show_choices(SignInChoices("City Playhouse", (), ()))
    window.sign_in_screen.form.name_field.setText("Amina")
    window.show_error(ServerUnreachable(say("The server did not answer."), advice=say("Check the cable.")))
    assert window.sign_in_screen.status.refusal.words == "The server did not answer. Check the cable."
    assert window.sign_in_screen.form.name_field.text() == "Amina"


def test_locking_covers_an_open_question_and_unlocking_goes_on_with_it(qtbot: QtBot, window: MainWindow) -> None:
    window.enter(_actor(Role.CASHIER), has_pin=True)
    sheet = confirm(window._stack.currentWidget() or window, "Release?", "", yes="Release")
    assert sheet.isVisible()
    window.lock()
    assert not sheet.isVisible()
    assert window.lock_screen.pin.hasFocus()
    window.unlock()
    assert sheet.isVisible()
    assert sheet.hasFocus()
    with qtbot.assertNotEmitted(window.screen_changed):
        QTest.keyClick(sheet, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    sheet.cancel()


def test_all_fits_1280_by_720(window: MainWindow) -> None:
    window.enter(_actor(Role.MANAGER))
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720


def test_what_the_window_says_covers_nothing(window: MainWindow) -> None:
    window.enter(_actor(Role.CASHIER))
    screen = window._screens["sell"].widget
    before = screen.size()
    window.show_message(Message("The server does not answer.", "Foyer keeps trying.", Level.WARNING))
    QApplication.processEvents()
    assert window.banner.isVisible()
    said = window.banner.geometry()
    assert said.top() > window.top_bar.geometry().bottom()
    assert said.bottom() < screen.mapTo(window, screen.rect().topLeft()).y()
    assert window.banner.height() >= window.banner.heightForWidth(window.banner.width())
    window.banner.dismiss()
    QApplication.processEvents()
    assert screen.size() == before


class _LeftBehind(QWidget):
    """A screen in which somebody has left something."""

    def unsaved(self) -> tuple[str, ...]:
        return ("3 orders of a work list are left",)

    def leave(self, go_on: Callable[[], object]) -> None:
        go_on()


def test_what_somebody_left_unfinished_is_named_before_somebody_else_gets_in(window: MainWindow) -> None:
    window.add_screen("lists", "Lists", "receipt", _LeftBehind(), None)
    window.enter(_actor(Role.MANAGER))
    window.lock()
    gone: list[int] = []
    window.give_up_unsaved(lambda: gone.append(1))
    sheet = next(one for one in window.findChildren(ConfirmSheet) if one.is_open)
    assert sheet.accessibleName() == "Left unfinished by Amina Əliyeva"
    words = [label.text() for label in sheet.findChildren(QLabel)]
    assert any("3 orders of a work list are left" in one for one in words)
    assert not any("saved" in one for one in words)
    assert gone == []
    sheet.yes.click()
    assert gone == [1]
