"""Buttons go on in the next line, and words in two, where there is no room; where there is, nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


class Box(QWidget):
    """As wide as a button would be."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._width, 40)


def placed(qtbot: QtBot, width: int, *widgets: QWidget, grows: QWidget | None = None) -> list[tuple[int, int, int]]:
    """Lay widgets out; returns left, top and width of each that is to be seen."""
    place = QWidget()
    qtbot.addWidget(place)
    row = WrappingRow(*widgets, inside=place, spacing=10, grows=grows, least=60)
    place.resize(width, row.heightForWidth(width))
    place.show()
    return [(one.x(), one.y(), one.width()) for one in widgets if one.isVisible()]


def test_one_line_is_as_a_row(qtbot: QtBot) -> None:
    assert placed(qtbot, 300, Box(80), Box(90), Box(100)) == [(0, 0, 80), (90, 0, 90), (190, 0, 100)]


def test_what_has_no_room_begins_a_line(qtbot: QtBot) -> None:
    first, second, third = (Box(100) for _ in range(3))
    assert placed(qtbot, 220, first, second, third) == [(0, 0, 100), (110, 0, 100), (0, 46, 100)]


def test_a_hidden_one_takes_no_room(qtbot: QtBot) -> None:
    hidden = Box(100)
    hidden.hide()
    assert placed(qtbot, 220, Box(100), hidden, Box(100)) == [(0, 0, 100), (110, 0, 100)]


def test_one_grows_into_what_is_left_of_its_line(qtbot: QtBot) -> None:
    field = Box(100)
    assert placed(qtbot, 300, field, Box(100), grows=field)[:1] == [(0, 0, 190)]
    narrow = Box(100)
    assert placed(qtbot, 140, narrow, Box(100), grows=narrow) == [(0, 0, 140), (0, 46, 100)]


def test_padding_gives_way_before_a_line_is_begun(qtbot: QtBot) -> None:
    assert placed(qtbot, 204, Box(100), Box(100)) == [(0, 0, 97), (107, 0, 97)]


@pytest.mark.parametrize("width", [300, 180, 130, 100])
def test_words_on_a_button_go_on_in_a_second_line_and_icon_and_key_give_way(qtbot: QtBot, width: int) -> None:
    key = KeyButton("Best seats together", "F4", icon_name="magic-wand")
    qtbot.addWidget(key)
    key.resize(width, 44)
    assert not key.is_cut()
    assert key.minimumSizeHint().width() < key.sizeHint().width()
    assert key.grab().height() == 44


def test_a_word_that_has_no_room_at_all_is_told(qtbot: QtBot) -> None:
    key = KeyButton("Widerrufsbelehrung")
    qtbot.addWidget(key)
    key.resize(80, 44)
    assert key.is_cut()
