from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTimeEdit, QVBoxLayout, QWidget

from pos_app.domain.errors import ApprovalRefused
from pos_app.domain.sentences import say
from pos_app.ui.records.fields.date_edit import DateEdit
from pos_app.ui.widgets import hold_ring
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.hold_ring import HoldRing
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import HOSTS_SHEETS, Sheet
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet, confirm
from pos_app.ui.widgets.sheets.reason import Reason, ReasonSheet
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., QMainWindow]:
    """Show widgets in an active window of their own."""

    windows = []

    def show(*widgets: QWidget) -> QMainWindow:
        window = QMainWindow()
        windows.append(window)
        qtbot.addWidget(window)
        middle = QWidget()
        column = QVBoxLayout(middle)
        for widget in widgets:
            column.addWidget(widget)
        window.setCentralWidget(middle)
        window.resize(900, 700)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return show


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class TestKeyButton:
    def test_its_key_presses_it(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        button = KeyButton("Card", "F9", icon_name="credit-card", variant="primary", size="large")
        window = show(button)
        with qtbot.waitSignal(button.clicked):
            QTest.keyClick(window, Qt.Key.Key_F9)
        assert button.accessibleName() == "Card (F9)"

    def test_a_finger_can_hit_it(self, show: Callable[..., QMainWindow]) -> None:
        normal, large = KeyButton("Cash", "F10"), KeyButton("Card", "F9", size="large")
        show(normal, large)
        assert normal.height() >= 44
        assert large.height() >= 56

    def test_focus_does_not_change_its_size(self, show: Callable[..., QMainWindow]) -> None:
        button = KeyButton("Cash", "F10")
        show(button)
        before = button.sizeHint(), button.minimumHeight()
        button.setFocus()
        assert (button.sizeHint(), button.minimumHeight()) == before


class TestBanner:
    def test_it_says_the_sentence_and_the_advice(self, show: Callable[..., QMainWindow]) -> None:
        banner = Banner()
        show(banner)
        assert banner.isHidden()
        banner.show_message(Message("The server did not answer.", "Your basket is kept.", Level.WARNING))
        assert banner.isVisible()
        assert banner.accessibleName() == "The server did not answer. Your basket is kept."

    def test_a_name_from_right_to_left_does_not_turn_its_sentence_round(self, show: Callable[..., QMainWindow]) -> None:
        banner = Banner()
        show(banner)
        banner.show_message(Message("“ערב” was made.", "", Level.OK))
        assert banner._text.text().startswith("\u200e")
        banner.show_message(Message("“Evening” was made.", "", Level.OK))
        assert banner._text.text() == "“Evening” was made."

    def test_escape_closes_it(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        banner = Banner()
        show(banner)
        banner.show_message(Message("Hello."))
        QTest.keyClick(banner, Qt.Key.Key_Escape)
        assert banner.isHidden()

    def test_escape_on_its_cross_does_not_reach_the_screen(
        self, qtbot: QtBot, show: Callable[..., QMainWindow]
    ) -> None:
        banner, release = Banner(), KeyButton("Release seats", "Esc")
        show(banner, release)
        banner.show_message(Message("Hello."))
        banner._cross.setFocus()
        with qtbot.assertNotEmitted(release.clicked):
            QTest.keyClick(_focused(), Qt.Key.Key_Escape)
        assert banner.isHidden()

    def test_its_button_acts_once(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        banner = Banner()
        show(banner)
        acts: list[str] = []
        banner.show_message(Message("Lost.", action="Try now", on_action=lambda: acts.append("now")))
        QTest.mouseClick(banner._action, Qt.MouseButton.LeftButton)
        assert acts == ["now"]
        assert banner.isHidden()

    def test_a_passing_message_goes_by_itself(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        banner = Banner()
        show(banner)
        banner.show_message(Message("Saved.", level=Level.OK), seconds=1)
        assert banner.isVisible()
        qtbot.waitUntil(banner.isHidden)


class TestHoldRing:
    @pytest.mark.parametrize(
        ("seconds", "digits", "tone"),
        [
            (900, "15:00", "accent"),
            (121, "2:01", "accent"),
            (120, "2:00", "warn"),
            (61, "1:01", "warn"),
            (60, "1:00", "danger"),
            (9, "0:09", "danger"),
            (-5, "0:00", "danger"),
        ],
    )
    def test_it_grows_urgent(self, qtbot: QtBot, seconds: int, digits: str, tone: str) -> None:
        ring = HoldRing()
        qtbot.addWidget(ring)
        ring.set_remaining(seconds, 900)
        assert (ring.digits, ring.tone) == (digits, tone)

    @pytest.fixture
    def said(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        said: list[str] = []
        monkeypatch.setattr(hold_ring, "announce", lambda _widget, sentence, *, urgent: said.append(sentence))
        return said

    def test_it_speaks_at_five_two_and_one_minutes_and_at_the_end(self, qtbot: QtBot, said: list[str]) -> None:
        ring = HoldRing()
        qtbot.addWidget(ring)
        for seconds in range(900, -1, -1):
            ring.set_remaining(seconds, 900)
        assert said == [
            "Time left to pay: 5 min.",
            "Time left to pay: 2 min.",
            "Time left to pay: 1 min.",
            "The time to pay is over.",
        ]

    def test_a_late_tick_still_speaks(self, qtbot: QtBot, said: list[str]) -> None:
        ring = HoldRing()
        qtbot.addWidget(ring)
        ring.set_remaining(122, 900)
        said.clear()
        ring.set_remaining(118, 900)
        assert said


class TestChoices:
    def test_one_segment_is_always_down(self, qtbot: QtBot) -> None:
        segments = SegmentedButtons([("all", "All"), ("today", "Today")])
        qtbot.addWidget(segments)
        assert segments.current == "all"
        with qtbot.waitSignal(segments.chosen) as chosen:
            segments._buttons["today"].click()
        assert chosen.args == ["today"]
        assert segments.current == "today"
        segments.choose("all")
        assert segments.current == "all"

    def test_an_empty_state_offers_its_one_thing_to_do(self, qtbot: QtBot) -> None:
        empty = EmptyState("ticket", "Nothing chosen", "Choose one on the left.", action="Show all")
        qtbot.addWidget(empty)
        with qtbot.waitSignal(empty.asked):
            empty._button.click()
        empty.show_words("ticket", "Nothing found")
        assert empty._button.isHidden()


class TestSearchField:
    def test_it_searches_after_a_pause_and_once(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        field = SearchField("Search events")
        show(field)
        heard: list[str] = []
        field.searched.connect(heard.append)
        QTest.keyClicks(field, " nut ")
        qtbot.waitUntil(lambda: heard == ["nut"])

    def test_its_key_brings_the_cursor_and_escape_empties_it(
        self, qtbot: QtBot, show: Callable[..., QMainWindow]
    ) -> None:
        field, other = SearchField("Search events"), QLineEdit()
        window = show(other, field)
        other.setFocus()
        QTest.keyClick(window, Qt.Key.Key_F2)
        assert field.hasFocus()
        QTest.keyClicks(field, "nut")
        with qtbot.waitSignal(field.searched) as searched:
            QTest.keyClick(field, Qt.Key.Key_Escape)
        assert searched.args == [""]


class TestSheets:
    def test_enter_confirms_and_the_focus_returns(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        field = QLineEdit()
        show(field)
        field.setFocus()
        sheet = confirm(field, "Release 4 seats?", "Others can take them.", yes="Release", lost=("Row G",))
        qtbot.waitUntil(sheet.hasFocus)
        with qtbot.waitSignals([sheet.confirmed, sheet.closed]):
            QTest.keyClick(sheet, Qt.Key.Key_Return)
        assert field.hasFocus()

    def test_escape_keeps_everything(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        window = show(QLineEdit())
        sheet = confirm(window, "Release?", "", yes="Release")
        confirmed: list[bool] = []
        sheet.confirmed.connect(lambda: confirmed.append(True))
        with qtbot.waitSignals([sheet.cancelled, sheet.closed]):
            QTest.keyClick(sheet, Qt.Key.Key_Escape)
        assert confirmed == []

    def test_keys_do_not_reach_what_lies_below(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        button = KeyButton("Card", "F9")
        window = show(button)
        presses: list[bool] = []
        button.clicked.connect(lambda: presses.append(True))
        sheet = confirm(window, "Release?", "", yes="Release")
        qtbot.waitUntil(sheet.hasFocus)
        QTest.keyClick(_focused(), Qt.Key.Key_F9)
        assert presses == []
        sheet.cancel()
        QTest.keyClick(window, Qt.Key.Key_F9)
        assert presses == [True]

    def test_tab_stays_inside(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        window = show(QLineEdit(), QLineEdit())
        sheet = confirm(window, "Release?", "", yes="Release", no="Keep")
        seen: set[object] = set()
        for _ in range(6):
            QTest.keyClick(_focused(), Qt.Key.Key_Tab)
            seen.add(QApplication.focusWidget())
        assert seen == {sheet.yes, sheet.no}
        sheet.no.setFocus()
        with qtbot.waitSignal(sheet.cancelled):
            QTest.keyClick(sheet.no, Qt.Key.Key_Return)

    def test_tab_leaves_a_date_for_the_next_field(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        sheet = Sheet(show(), "When?")
        date, time = DateEdit(), QTimeEdit()
        date.setDisplayFormat("yyyy-MM-dd")
        for widget in (date, time):
            sheet.body.addWidget(widget)
        sheet.open()
        date.setFocus()
        date.lineEdit().selectAll()
        QTest.keyClicks(date, "2031-12-21")
        QTest.keyClick(_focused(), Qt.Key.Key_Tab)
        assert _focused() is time
        QTest.keyClick(_focused(), Qt.Key.Key_Backtab)
        assert _focused() is date
        assert date.date() == QDate(2031, 12, 21)

    def test_the_keyboard_does_not_fall_out_of_it(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        below = QLineEdit()
        sheet = confirm(show(below), "Release?", "", yes="Release")
        below.setFocus()
        qtbot.waitUntil(sheet.hasFocus)
        sheet.yes.setFocus()
        sheet.yes.setEnabled(False)
        assert sheet.isAncestorOf(_focused()) or sheet.hasFocus()
        second = confirm(below, "Really?", "", yes="Yes")
        qtbot.waitUntil(second.hasFocus)
        below.setFocus()
        qtbot.waitUntil(second.hasFocus)
        second.cancel()
        sheet.cancel()

    def test_it_covers_the_window_as_it_grows(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        window = show(QLineEdit())
        sheet = confirm(window, "Release?", "", yes="Release")
        window.resize(1200, 800)
        qtbot.waitUntil(lambda: sheet.size() == window.size())
        sheet.cancel()

    def test_a_closed_sheet_is_gone(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        window = show(QLineEdit())
        confirm(window, "Release?", "", yes="Release").cancel()
        qtbot.waitUntil(lambda: not window.findChildren(ConfirmSheet))

    def test_a_reason_is_required(self, qtbot: QtBot, show: Callable[..., QMainWindow]) -> None:
        sheet = ReasonSheet(show(QLineEdit()), "Void?", choices=["Wrong seats", "Test"], yes="Void")
        sheet.open()
        given: list[Reason] = []
        sheet.given.connect(given.append)
        sheet.yes.click()
        assert given == []
        assert sheet._wrong.text() == "Choose or type a reason."
        sheet._on_choice("Wrong seats")
        sheet.yes.click()
        assert given == [Reason("Wrong seats")]
        sheet.close_sheet()

    def test_a_refusal_gives_the_keyboard_back_to_the_button(self, show: Callable[..., QMainWindow]) -> None:
        sheet = ReasonSheet(show(QLineEdit()), "Extend?", choices=["Customer is deciding"], yes="Extend")
        sheet.open()
        sheet._on_choice("Customer is deciding")
        QTest.keyClick(sheet.yes, Qt.Key.Key_Return)
        sheet.show_refusal(ApprovalRefused(say("The hold ran out."), advice=say("Choose the seats again.")))
        assert sheet.yes.hasFocus()
        sheet.close_sheet()


def test_a_sheet_goes_with_its_asker_though_it_lies_over_the_page(qtbot: QtBot, themed: QApplication) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.setProperty(HOSTS_SHEETS, True)
    asker = QWidget(page)
    sheet = Sheet(asker, "A question", reusable=True)
    assert sheet.parentWidget() is page
    with qtbot.waitSignal(sheet.destroyed):
        asker.deleteLater()
