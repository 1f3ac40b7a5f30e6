from __future__ import annotations

import gc
from dataclasses import dataclass
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


@dataclass
class Pages:
    """Two pages of a stack, each dressed by itself; the first is on screen."""

    stack: QStackedWidget
    first: QLabel
    second: QLabel


@pytest.fixture
def pages(qtbot: QtBot) -> Iterator[Pages]:
    window = QWidget()
    made = Pages(QStackedWidget(window), QLabel("first"), QLabel("second"))
    for page in (made.first, made.second):
        made.stack.addWidget(page)
        dress(page)
    window.show()
    qtbot.waitUntil(made.first.isVisible)
    yield made
    window.close()
    window.deleteLater()


def test_what_is_shown_follows_the_look_at_once_and_what_is_hidden_in_a_pause(
    pages: Pages, qapp: QApplication, qtbot: QtBot
) -> None:
    apply_theme(qapp, dark=True)
    assert pages.first.styleSheet() == style_sheet_of(DARK)
    assert pages.second.styleSheet() == style_sheet_of(LIGHT)
    qtbot.waitUntil(are_all_dressed)
    assert pages.second.styleSheet() == style_sheet_of(DARK)


def test_what_is_shown_before_its_pause_came_is_dressed_first(pages: Pages, qapp: QApplication) -> None:
    apply_theme(qapp, dark=True)
    pages.stack.setCurrentIndex(1)
    assert pages.second.styleSheet() == style_sheet_of(DARK)


def test_changing_there_and_back_leaves_nothing_in_between(pages: Pages, qapp: QApplication) -> None:
    apply_theme(qapp, dark=True)
    apply_theme(qapp, dark=False)
    assert [page.styleSheet() for page in (pages.first, pages.second)] == [style_sheet_of(LIGHT)] * 2


def test_what_has_dressed_parts_is_not_dressed_a_second_time(pages: Pages) -> None:
    dress(pages.stack)
    dress(pages.first)
    assert pages.stack.styleSheet() == ""
    assert len(pages.stack.findChildren(_Worn)) == 2


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
    shown = completer.popup()
    assert shown is not None
    assert shown.styleSheet() == style_sheet_of(DARK)
    window.deleteLater()


def test_what_is_gone_is_not_looked_for(qapp: QApplication, qtbot: QtBot) -> None:
    gone = QWidget()
    dress(gone)
    gone.deleteLater()
    del gone
    apply_theme(qapp, dark=True)
    qtbot.waitUntil(are_all_dressed)
