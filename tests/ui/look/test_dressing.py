from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCompleter, QLabel, QListView, QStackedWidget, QVBoxLayout, QWidget

from pos_app.ui.look.dressing import _Worn, are_all_dressed, dress
from pos_app.ui.look.theme import DARK, LIGHT, apply_theme, style_sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, dark=False)
    yield
    apply_theme(qapp, dark=False)


@pytest.fixture
def pages(qtbot: QtBot) -> Iterator[QStackedWidget]:
    """Two pages, each dressed by itself; the first is on screen."""
    stack = QStackedWidget()
    for words in ("first", "second"):
        stack.addWidget(QLabel(words))
        dress(stack.widget(stack.count() - 1))
    window = QWidget()
    stack.setParent(window)
    window.show()
    qtbot.waitUntil(stack.widget(0).isVisible)
    yield stack
    window.close()
    window.deleteLater()


def test_what_is_shown_follows_the_look_at_once_and_what_is_hidden_in_a_pause(
    pages: QStackedWidget, qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, dark=True)
    assert pages.widget(0).styleSheet() == style_sheet_of(DARK)
    assert pages.widget(1).styleSheet() == style_sheet_of(LIGHT)
    qtbot.waitUntil(are_all_dressed)
    assert pages.widget(1).styleSheet() == style_sheet_of(DARK)


def test_what_is_shown_before_its_pause_came_is_dressed_first(pages: QStackedWidget, qapp: QApplication) -> None:
    apply_theme(qapp, dark=True)
    pages.setCurrentIndex(1)
    assert pages.widget(1).styleSheet() == style_sheet_of(DARK)


def test_changing_there_and_back_leaves_nothing_in_between(pages: QStackedWidget, qapp: QApplication) -> None:
    apply_theme(qapp, dark=True)
    apply_theme(qapp, dark=False)
    assert [pages.widget(at).styleSheet() for at in range(2)] == [style_sheet_of(LIGHT)] * 2


def test_what_has_dressed_parts_is_not_dressed_a_second_time(pages: QStackedWidget) -> None:
    dress(pages)
    dress(pages.widget(0))
    assert pages.styleSheet() == ""
    assert len(pages.findChildren(_Worn)) == 2


def test_a_list_of_which_only_qt_knows_follows_the_look(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    completer = QCompleter(QStringListModel(["one"]), window)
    popup = QListView()
    dress(popup)
    completer.setPopup(popup)
    del popup
    gc.collect()
    column.addWidget(QLabel("a window"))
    apply_theme(qapp, dark=True)
    qtbot.waitUntil(are_all_dressed)
    assert completer.popup().styleSheet() == style_sheet_of(DARK)
    window.deleteLater()


def test_what_is_gone_is_not_looked_for(qapp: QApplication, qtbot: QtBot) -> None:
    gone = QWidget()
    dress(gone)
    gone.deleteLater()
    del gone
    apply_theme(qapp, dark=True)
    qtbot.waitUntil(are_all_dressed)
