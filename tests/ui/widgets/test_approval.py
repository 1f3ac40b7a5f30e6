"""Somebody comes to the counter and allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from pos_app.domain.roles import Role
from pos_app.domain.staff.sign_in import Approval, StaffChoice
from pos_app.ui.widgets.labels import breakable
from pos_app.ui.widgets.sheets.approval import ApprovalSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

JONAS = StaffChoice(2, "Jonas Weber", Role.MANAGER, has_pin=True, pin_digits=4)
OLDER = StaffChoice(3, "Nora Long-Pin", Role.MANAGER, has_pin=True)
WITHOUT = StaffChoice(4, "Otto Without", Role.MANAGER, has_pin=False)


@pytest.fixture
def sheet(qtbot: QtBot) -> ApprovalSheet:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 680)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    sheet = ApprovalSheet(window, "Void order ABCD-2345", "Wrong seats", yes="Void the order")
    sheet.open()
    sheet.show_managers((JONAS, OLDER, WITHOUT))
    return sheet


def test_a_long_reason_without_a_space_is_not_cut_at_the_edge(qtbot: QtBot, sheet: ApprovalSheet) -> None:
    told = next(one for one in sheet.findChildren(QLabel) if one.accessibleName() == "Wrong seats")
    low = told.height()
    sheet.close_sheet()
    reason = "W" * 90
    other = ApprovalSheet(sheet.window(), "Void order ABCD-2345", reason, yes="Void the order")
    other.open()
    told = next(one for one in other.findChildren(QLabel) if one.accessibleName() == reason)
    qtbot.waitUntil(lambda: told.height() > 2 * low)
    assert QFontMetrics(told.font()).horizontalAdvance(reason) > told.width()
    assert told.minimumSizeHint().width() <= told.width() <= other.panel.width()
    # A mark stays with its letter.
    assert breakable("e\N{COMBINING ACUTE ACCENT}" * 20).split("\N{ZERO WIDTH SPACE}")[1][0] == "e"
    assert breakable("no more than words") == "no more than words"


def test_card_and_pin_by_the_keyboard_alone(qtbot: QtBot, sheet: ApprovalSheet) -> None:
    assert sheet.cards.search.hasFocus()
    QTest.keyClicks(sheet.cards.search, "jon")
    QTest.keyClick(sheet.cards.search, Qt.Key.Key_Return)
    with qtbot.waitSignal(sheet.given) as given:
        QTest.keyClicks(sheet.pin, "2222")
    assert given.args == [Approval(JONAS.staff_id, "2222")]
    assert "2222" not in repr(given.args)
    assert not sheet.pin.isEnabled()


def test_a_pin_of_another_length_is_given_by_enter(qtbot: QtBot, sheet: ApprovalSheet) -> None:
    QTest.keyClick(sheet.cards.search, Qt.Key.Key_2)
    QTest.keyClicks(sheet.pin, "22222")
    with qtbot.waitSignal(sheet.given) as given:
        QTest.keyClick(sheet.pin, Qt.Key.Key_Return)
    assert given.args == [Approval(OLDER.staff_id, "22222")]


def test_who_has_no_pin_gives_the_password(qtbot: QtBot, sheet: ApprovalSheet) -> None:
    QTest.keyClick(sheet.cards.search, Qt.Key.Key_3)
    assert sheet.password_field.hasFocus()
    with qtbot.assertNotEmitted(sheet.given):
        QTest.keyClick(sheet.password_field, Qt.Key.Key_Return)
    QTest.keyClicks(sheet.password_field, "house lights")
    with qtbot.waitSignal(sheet.given) as given:
        QTest.keyClick(sheet.password_field, Qt.Key.Key_Return)
    assert given.args == [Approval(WITHOUT.staff_id, "house lights", by_pin=False)]


def test_a_wrong_pin_is_told_and_another_typed(qtbot: QtBot, sheet: ApprovalSheet) -> None:
    QTest.keyClick(sheet.cards.search, Qt.Key.Key_1)
    QTest.keyClicks(sheet.pin, "2222")
    sheet.show_problem("That PIN is not right. Please try again.")
    assert sheet._problem.text() == "That PIN is not right. Please try again."
    assert sheet.pin.hasFocus()
    with qtbot.waitSignal(sheet.given) as given:
        QTest.keyClicks(sheet.pin, "3333")
    assert given.args == [Approval(JONAS.staff_id, "3333")]
    assert not sheet._problem.isVisible()


def test_after_too_many_it_waits_for_this_person_and_says_how_long(qtbot: QtBot, sheet: ApprovalSheet) -> None:
    QTest.keyClick(sheet.cards.search, Qt.Key.Key_1)
    QTest.keyClicks(sheet.pin, "2222")
    sheet.show_problem("There were too many wrong tries.", 2)
    assert sheet._problem.text() == "There were too many wrong tries. You can try again in 0:02."
    assert not sheet.pin.isEnabled()
    qtbot.waitUntil(sheet.pin.isEnabled)
    assert sheet.pin.hasFocus()
    assert not sheet._problem.isVisible()
    sheet.show_problem("There were too many wrong tries.", 900)
    sheet.pin.left.emit()
    QTest.keyClick(sheet.cards.search, Qt.Key.Key_2)
    assert sheet.pin.isEnabled()


def test_escape_goes_back_to_the_cards_and_then_away(qtbot: QtBot, sheet: ApprovalSheet) -> None:
    QTest.keyClick(sheet.cards.search, Qt.Key.Key_1)
    QTest.keyClick(sheet.pin, Qt.Key.Key_Escape)
    assert sheet.cards.isVisible()
    with qtbot.waitSignal(sheet.cancelled):
        QTest.keyClick(sheet.cards.search, Qt.Key.Key_Escape)


def test_a_house_where_nobody_may_allow_it_says_so(sheet: ApprovalSheet) -> None:
    sheet.show_managers(())
    assert sheet._problem.text() == "Nobody here may allow this."


def test_it_fits_the_smallest_window(sheet: ApprovalSheet) -> None:
    QTest.keyClick(sheet.cards.search, Qt.Key.Key_1)
    sheet.show_problem("There were too many wrong tries.", 900)
    assert sheet.panel.sizeHint().height() <= 680
