from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.roles import Actor, Role
from pos_app.domain.sentences import say
from pos_app.domain.staff.sign_in import DemoSignIn, SignInChoices, StaffChoice
from pos_app.ui.screens.sign_in.lock_screen import LockScreen
from pos_app.ui.screens.sign_in.screen import SignInScreen
from pos_app.ui.screens.sign_in.status_area import RefusalLine
from pos_app.ui.widgets.person_cards import PersonTile, initials

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

_AMINA = StaffChoice(1, "Amina Əliyeva", Role.CASHIER, has_pin=True)
_JONAS = StaffChoice(2, "Jonas Weber", Role.MANAGER, has_pin=True)
_WITHOUT_PIN = StaffChoice(3, "Łukasz Nowak", Role.DOOR_STEWARD, has_pin=False)
_DEMO = DemoSignIn("Amina Əliyeva", "curtain", "1111", Role.CASHIER)
_CHOICES = SignInChoices("City Playhouse", (_AMINA, _JONAS, _WITHOUT_PIN), ())
_ACTOR = Actor(1, "Amina Əliyeva", Role.CASHIER, 1, "Till 2")


@pytest.fixture
def screen(qtbot: QtBot) -> SignInScreen:
    screen = SignInScreen()
    qtbot.addWidget(screen)
    screen.resize(1280, 720)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


@pytest.fixture
def lock(qtbot: QtBot) -> LockScreen:
    lock = LockScreen()
    qtbot.addWidget(lock)
    lock.resize(1280, 720)
    with qtbot.waitExposed(lock):
        lock.show()
    return lock


def _tiles(screen: SignInScreen) -> list[PersonTile]:
    return [tile for tile in screen.cards.findChildren(PersonTile) if tile.isVisible()]


def test_the_window_needs_none_of_the_heavy_libraries() -> None:
    heavy = "{'sqlalchemy', 'numpy', 'reportlab', 'pymysql', 'cryptography', 'qrcode'}"
    code = (
        "import sys; import pos_app.ui.window.main_window, pos_app.ui.background;"
        "import pos_app.ui.look.theme_choice, pos_app.logs;"
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_it_says_that_it_is_connecting_until_it_knows_the_choices(screen: SignInScreen) -> None:
    assert screen.waiting.isVisible()
    screen.show_choices(_CHOICES)
    assert not screen.waiting.isVisible()
    assert screen.cards.search.hasFocus()


def test_a_problem_is_told_and_can_be_tried_again(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_problem(ServerUnreachable(say("The server does not answer."), advice=say("Check the cable.")))
    assert screen.waiting.retry_button.hasFocus()
    with qtbot.waitSignal(screen.retry_asked):
        QTest.keyClick(screen.waiting.retry_button, Qt.Key.Key_Return)


def test_name_and_password_go_out_by_keyboard_alone(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    screen.form.name_field.setText(" Amina Əliyeva ")
    QTest.keyClick(screen.form.name_field, Qt.Key.Key_Return)
    assert screen.form.password_field.hasFocus()
    QTest.keyClicks(screen.form.password_field, " cur tain ")
    with qtbot.waitSignal(screen.password_given) as given:
        QTest.keyClick(screen.form.password_field, Qt.Key.Key_Return)
    assert given.args == ["Amina Əliyeva", " cur tain "]


def test_an_empty_field_is_not_sent(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    with qtbot.assertNotEmitted(screen.password_given):
        screen.form.button.click()
        QTest.keyClicks(screen.form.name_field, "Amina")
        screen.form.button.click()
    assert screen.form.password_field.hasFocus()


def test_everybody_has_a_card_and_who_has_no_pin_is_asked_for_the_password(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    assert [tile.accessibleName() for tile in _tiles(screen)] == [
        "Amina Əliyeva, Cashier",
        "Jonas Weber, Manager",
        "Łukasz Nowak, Door steward · password",
    ]
    QTest.keyClicks(screen.cards.search, "luk")
    QTest.keyClick(screen.cards.search, Qt.Key.Key_Return)
    assert screen.form.password_field.hasFocus()
    QTest.keyClicks(screen.form.password_field, "backstage")
    with qtbot.waitSignal(screen.password_given) as given:
        QTest.keyClick(screen.form.password_field, Qt.Key.Key_Return)
    assert given.args == ["Łukasz Nowak", "backstage"]


def test_the_keyboard_alone_signs_in_and_the_pin_sends_itself(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_choices(SignInChoices("City Playhouse", (_AMINA, replace(_JONAS, pin_digits=4)), ()))
    QTest.keyClick(screen.cards.search, Qt.Key.Key_Right)
    QTest.keyClick(screen.cards.search, Qt.Key.Key_Return)
    with qtbot.waitSignal(screen.pin_given) as given:
        QTest.keyClicks(screen.pin, "2222")
    assert given.args == [2, "2222"]


def test_what_was_learned_of_a_pin_meanwhile_leaves_the_person_where_they_are(screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    _tiles(screen)[0].click()
    screen.update_choices(SignInChoices("City Playhouse", (_JONAS, replace(_AMINA, pin_digits=4)), ()))
    assert screen.pin.isVisible()
    screen.update_choices(SignInChoices("City Playhouse", (_JONAS,), ()))
    assert screen.cards.isVisible()


def test_all_of_it_fits_the_smallest_window_in_demo_mode_too(screen: SignInScreen) -> None:
    screen.show_choices(SignInChoices("City Playhouse", (_AMINA,), (_DEMO,)))
    assert screen.minimumSizeHint().height() <= 680
    assert screen.minimumSizeHint().width() <= 1024


def test_a_tile_and_a_pin_sign_in(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    _tiles(screen)[1].click()
    assert screen.pin.hasFocus()
    QTest.keyClicks(screen.pin, "22x2")
    with qtbot.assertNotEmitted(screen.pin_given):
        QTest.keyClick(screen.pin, Qt.Key.Key_Return)
    QTest.keyClicks(screen.pin, "2222")
    with qtbot.waitSignal(screen.pin_given) as given:
        QTest.keyClick(screen.pin, Qt.Key.Key_Return)
    assert given.args == [2, "2222"]


def test_escape_leads_back_to_the_names(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    _tiles(screen)[0].click()
    QTest.keyClick(screen.pin, Qt.Key.Key_Escape)
    assert screen.cards.isVisible()


def test_a_refusal_keeps_the_name_and_empties_the_password(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    QTest.keyClicks(screen.form.name_field, "Amina")
    QTest.keyClicks(screen.form.password_field, "wrong")
    screen.show_busy("Checking…")
    assert not screen.form.button.isEnabled()
    screen.show_refusal("That name and password do not belong together.", "Try again.", 0)
    assert screen.status.refusal.isVisible()
    assert screen.form.button.isEnabled()
    assert screen.form.name_field.text() == "Amina"
    assert not screen.form.password_field.text()
    assert screen.form.password_field.hasFocus()


def test_waiting_is_counted_down_and_then_tries_are_open_again(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    QTest.keyClicks(screen.form.name_field, "Amina")
    screen.show_refusal("That name and password do not belong together.", "", 2)
    assert "You can try again in 2 s." in screen.status.refusal.words
    QTest.keyClicks(screen.form.password_field, "curtain")
    with qtbot.assertNotEmitted(screen.password_given):
        QTest.keyClick(screen.form.password_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "1 s." in screen.status.refusal.words)
    qtbot.waitUntil(screen.form.button.isEnabled)
    assert screen.status.refusal.isHidden()


def test_a_wait_concerns_one_person_only(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    QTest.keyClicks(screen.form.name_field, "Amina")
    screen.show_refusal("That name and password do not belong together.", "", 900)
    assert not screen.form.button.isEnabled()
    _tiles(screen)[1].click()
    QTest.keyClicks(screen.pin, "2222")
    with qtbot.waitSignal(screen.pin_given):
        QTest.keyClick(screen.pin, Qt.Key.Key_Return)
    screen.show_refusal("That PIN is wrong.", "", 900)
    assert not screen.pin.isEnabled()
    QTest.keyClicks(screen.form.name_field, "x")
    assert screen.form.button.isEnabled()
    assert screen.status.refusal.isHidden()


def test_a_long_wait_is_told_in_minutes(qtbot: QtBot) -> None:
    line = RefusalLine()
    qtbot.addWidget(line)
    line.tell("No.", "", 900)
    assert line.words == "No. You can try again in 15:00 min."
    line._timer.stop()


def test_demo_sign_ins_are_there_in_demo_mode_only(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    assert not screen.demo.isVisible()
    screen.show_choices(SignInChoices("City Playhouse", (_AMINA,), (_DEMO,)))
    assert screen.demo.isVisible()
    card = screen.demo.findChild(PersonTile)
    assert card is not None
    assert card.accessibleName() == "Amina Əliyeva, curtain · PIN 1111"
    with qtbot.waitSignal(screen.password_given) as given:
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert given.args == ["Amina Əliyeva", "curtain"]


def test_the_password_can_be_looked_at_and_is_hidden_again(screen: SignInScreen) -> None:
    screen.show_choices(_CHOICES)
    field = screen.form.password_field
    screen.form._eye.trigger()
    assert field.echoMode() is field.EchoMode.Normal
    screen.form.start()
    assert field.echoMode() is field.EchoMode.Password


def test_initials_of_any_name() -> None:
    assert initials("Amina Əliyeva") == "AƏ"
    assert initials("Anna Maria van Dyck") == "AD"
    assert initials("Cher") == "C"
    assert initials("  ") == ""


class TestLock:
    def test_it_asks_for_the_pin_of_the_same_person(self, qtbot: QtBot, lock: LockScreen) -> None:
        lock.show_locked(_ACTOR, has_pin=True)
        QTest.keyClicks(lock.pin, "1111")
        with qtbot.waitSignal(lock.pin_given) as given:
            QTest.keyClick(lock.pin, Qt.Key.Key_Return)
        assert given.args == [1, "1111"]

    def test_a_hint_stands_beside_a_wait_and_the_pad_gets_the_keyboard_when_that_is_over(
        self, qtbot: QtBot, lock: LockScreen
    ) -> None:
        lock.activateWindow()
        qtbot.waitUntil(lock.isActiveWindow)
        lock.show_locked(_ACTOR, has_pin=True)
        lock.show_refusal("That is not the PIN.", "", 1)
        lock.hint("This till is locked.")
        assert lock.status.refusal.waiting
        assert lock.status.refusal.isVisible()
        assert lock.status.hint == "This till is locked."
        qtbot.waitUntil(lambda: lock.pin.isEnabled() and lock.pin.hasFocus())
        lock.status.clear()
        assert not lock.status.hint

    def test_the_password_does_it_too(self, qtbot: QtBot, lock: LockScreen) -> None:
        lock.show_locked(_ACTOR, has_pin=True)
        lock.other_way.click()
        QTest.keyClicks(lock.form.password_field, "curtain")
        with qtbot.waitSignal(lock.password_given) as given:
            QTest.keyClick(lock.form.password_field, Qt.Key.Key_Return)
        assert given.args == ["Amina Əliyeva", "curtain"]

    def test_without_a_pin_it_asks_for_the_password(self, lock: LockScreen) -> None:
        lock.show_locked(_ACTOR, has_pin=False)
        assert lock.form.isVisible()
        assert not lock.other_way.isVisible()

    def test_it_says_how_long_seats_are_held_and_asks_somebody_else_who_it_is(
        self, qtbot: QtBot, lock: LockScreen
    ) -> None:
        lock.show_locked(_ACTOR, has_pin=True)
        lock.show_held(3, 751)
        assert lock.held.text() == "3 seats are held for a customer: 12:31 left."
        with qtbot.assertNotEmitted(lock.somebody_else_asked):
            lock.somebody_else.click()
        lock.other.name_field.setText("Mario Manager")
        lock.other.password_field.setText("2222")
        with qtbot.waitSignal(lock.other_given) as given:
            QTest.keyClick(lock.other.password_field, Qt.Key.Key_Return)
        assert given.args == ["Mario Manager", "2222"]
        lock.other_way.click()
        assert lock.pin.isVisible()
        assert not lock.other.password_field.text()

    def test_once_nothing_is_held_somebody_else_signs_in_as_always(self, qtbot: QtBot, lock: LockScreen) -> None:
        lock.show_locked(_ACTOR, has_pin=True)
        lock.show_held(3, 1)
        lock.show_held(0, 0)
        assert not lock.held.isVisible()
        with qtbot.waitSignal(lock.somebody_else_asked):
            lock.somebody_else.click()

    def test_all_of_it_fits_the_smallest_window(self, qtbot: QtBot, lock: LockScreen) -> None:
        lock.show_locked(_ACTOR, has_pin=True)
        lock.show_held(3, 751)
        assert lock.minimumSizeHint().height() <= 680
        lock.resize(1024, 680)
        qtbot.waitUntil(lambda: lock.pin._pad.geometry().bottom() < lock.pin.button.y())
        assert lock.pin.height() >= lock.pin.minimumSizeHint().height()
