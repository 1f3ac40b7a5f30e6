"""Whatever folds out over the window: it can be read in both looks, and hit with a finger."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QTableView, QToolTip, QVBoxLayout, QWidget

import pos_app.ui
from pos_app.ui.look.dressing import dress
from pos_app.ui.look.theme import apply_theme, current_theme
from pos_app.ui.records.fields.date_edit import DateEdit
from pos_app.ui.widgets.calendar import Calendar
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.popup_list import MOST_ROWS, ROW_HEIGHT, PopupList, suggest_words
from tests.contrast import background_and_contrast
from tests.wheels import turn_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Unfold = Callable[[QWidget], QWidget]


def unfold_choice(window: QWidget) -> QWidget:
    box = ComboBox()
    box.addItems(["Stalls", "Circle", "Boxes"])
    return _unfolded(window, box)


def unfold_editable(window: QWidget) -> QWidget:
    box = ComboBox(editable=True)
    box.addItems(["Main entrance", "Side entrance"])
    return _unfolded(window, box)


def _unfolded(window: QWidget, box: ComboBox) -> QWidget:
    _put(window, box)
    box.showPopup()
    return box.view().window()


def suggest(window: QWidget) -> QWidget:
    line = QLineEdit()
    completer = suggest_words(line, QStringListModel(["Berlin", "Bern", "Paris"], line))
    _put(window, line)
    QTest.keyClicks(line, "ber")
    completer.complete()
    popup = completer.popup()
    assert popup is not None
    return popup


def open_menu(window: QWidget) -> QWidget:
    menu = QMenu(window)
    for words in ("Adult", "Child", "Student"):
        menu.addAction(words)
    menu.popup(QPoint(0, 0))
    return menu


def open_line_menu(window: QWidget) -> QWidget:
    line = QLineEdit("words")
    _put(window, line)
    menu = line.createStandardContextMenu()
    menu.popup(QPoint(0, 0))
    return menu


def unfold_calendar(window: QWidget) -> QWidget:
    edit = DateEdit()
    _put(window, edit)
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=QPoint(edit.width() - 12, edit.height() // 2))
    return edit.calendarWidget()


def show_tip(window: QWidget) -> QWidget:
    QToolTip.showText(QPoint(10, 10), "Hold longer", window)
    return next(one for one in QApplication.topLevelWidgets() if one.objectName() == "qtooltip_label")


def _put(window: QWidget, widget: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(widget)
    widget.show()
    widget.setFocus()
    layout.activate()


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication) -> Iterator[QWidget]:
    window = QWidget()
    QVBoxLayout(window)
    dress(window)
    qtbot.addWidget(window)
    window.resize(500, 300)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield window
    for one in QApplication.topLevelWidgets():
        one.hide()
    apply_theme(themed, dark=False)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "unfold",
    [unfold_choice, unfold_editable, suggest, open_menu, open_line_menu, unfold_calendar, show_tip],
)
def test_it_can_be_read_in_both_looks(
    window: QWidget, themed: QApplication, qtbot: QtBot, unfold: Unfold, *, dark: bool
) -> None:
    apply_theme(themed, dark=dark)
    popup = unfold(window)
    qtbot.waitUntil(popup.isVisible)
    ground, stands_out = background_and_contrast(popup)
    assert ground == current_theme()["raised"].lower()
    assert stands_out >= 7


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("unfold", [unfold_choice, unfold_editable, suggest, open_menu, open_line_menu])
def test_it_follows_a_change_of_the_look_between_two_openings(
    window: QWidget, themed: QApplication, qtbot: QtBot, unfold: Unfold, *, dark: bool
) -> None:
    apply_theme(themed, dark=not dark)
    popup = unfold(window)
    qtbot.waitUntil(popup.isVisible)
    popup.hide()
    apply_theme(themed, dark=dark)
    popup.show()
    assert background_and_contrast(popup)[0] == current_theme()["raised"].lower()


@pytest.mark.parametrize("unfold", [unfold_choice, unfold_editable, suggest])
def test_rows_of_lists_can_be_hit_with_a_finger(window: QWidget, qtbot: QtBot, unfold: Unfold) -> None:
    popup = unfold(window)
    qtbot.waitUntil(popup.isVisible)
    view = popup if isinstance(popup, PopupList) else popup.findChild(PopupList)
    assert view is not None
    model = view.model()
    heights = [view.visualRect(model.index(at, 0)).height() for at in range(model.rowCount())]
    assert heights
    assert min(heights) >= ROW_HEIGHT


def test_a_long_list_is_scrolled_and_does_not_cover_the_window(window: QWidget, qtbot: QtBot) -> None:
    box = ComboBox()
    box.addItems([f"Currency {number}" for number in range(150)])
    popup = _unfolded(window, box)
    qtbot.waitUntil(popup.isVisible)
    assert popup.height() <= MOST_ROWS * ROW_HEIGHT + 12
    assert box.view().verticalScrollBar().isVisible()


@pytest.mark.parametrize("unfold", [open_menu, open_line_menu])
def test_entries_of_menus_can_be_hit_with_a_finger(window: QWidget, unfold: Unfold) -> None:
    menu = unfold(window)
    assert isinstance(menu, QMenu)
    entries = [action for action in menu.actions() if not action.isSeparator()]
    assert min(menu.actionGeometry(action).height() for action in entries) >= ROW_HEIGHT


def test_a_list_of_suggestions_that_is_shown_whole_has_no_bar_to_scroll(window: QWidget, qtbot: QtBot) -> None:
    popup = suggest(window)
    assert isinstance(popup, PopupList)
    qtbot.waitUntil(popup.isVisible)
    assert not popup.verticalScrollBar().isVisible()


def test_days_of_the_calendar_can_be_hit_with_a_finger(window: QWidget, qtbot: QtBot) -> None:
    calendar = unfold_calendar(window)
    qtbot.waitUntil(calendar.isVisible)
    assert calendar.width() // 7 >= ROW_HEIGHT
    assert calendar.height() // 8 >= ROW_HEIGHT


def test_the_wheel_goes_to_no_other_month(window: QWidget, qtbot: QtBot) -> None:
    calendar = unfold_calendar(window)
    assert isinstance(calendar, Calendar)
    qtbot.waitUntil(calendar.isVisible)
    before = (calendar.yearShown(), calendar.monthShown())
    for table in calendar.findChildren(QTableView):
        for turned in (-120, 120, 120):
            turn_wheel(table.viewport(), turned)
            assert (calendar.yearShown(), calendar.monthShown()) == before


def test_no_other_module_makes_fields_that_the_wheel_changes_or_lists_that_nobody_dresses() -> None:
    bare = re.compile(
        r"\b(QComboBox|QSpinBox|QDoubleSpinBox|QDateEdit|QTimeEdit|QDateTimeEdit|QCompleter|QSlider|QDial|QTabWidget"
        r"|QTabBar|QCalendarWidget)\("
    )
    ours = {"combo_box.py", "date_edit.py", "time_edit.py", "popup_list.py", "calendar.py"}
    files = [file for file in Path(pos_app.ui.__file__).parent.rglob("*.py") if file.name not in ours]
    assert len(files) > 100
    assert [file.name for file in files if bare.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [("sao paulo", ["America/Sao_Paulo"]), ("ZURICH", ["Zürich"]), ("zürich", ["Zürich"]), ("x", [])],
)
def test_words_are_suggested_by_what_any_keyboard_types(qtbot: QtBot, typed: str, found: list[str]) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    completer = suggest_words(line, QStringListModel(["America/Sao_Paulo", "Europe/Berlin", "Zürich"], line))
    completer.setCompletionPrefix(typed)
    offered = completer.completionModel()
    assert [offered.index(row, 0).data() for row in range(offered.rowCount())] == found
    if found:
        assert completer.currentCompletion() == found[0]
