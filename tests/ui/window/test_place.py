"""Where the window stands, on the screens of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QMainWindow

from pos_app.ui.window import place
from pos_app.ui.window.main_window import MainWindow
from pos_app.ui.window.place import LEAST, WISHED, fitted_place, remember_place, restore_place

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

FRAME_TOP, FRAME_SIDE = 37, 1
LAPTOP = QRect(0, 0, 1280, 680)
"""1280 x 720, with a panel of 40 at the foot."""
PANEL_ABOVE = QRect(0, 32, 1280, 688)
NETBOOK = QRect(0, 0, 1024, 560)
DESK = QRect(0, 0, 1920, 1040)
BESIDE = QRect(1920, 0, 1920, 1040)
LEFT_OF_IT = QRect(-1280, 100, 1280, 1000)


def _with_frame(inside: QRect) -> QRect:
    return inside.adjusted(-FRAME_SIDE, -FRAME_TOP, FRAME_SIDE, FRAME_SIDE)


@pytest.mark.parametrize("room", [LAPTOP, PANEL_ABOVE, NETBOOK, DESK, LEFT_OF_IT])
def test_the_first_window_lies_on_the_screen_with_its_frame(room: QRect) -> None:
    first = fitted_place(None, [room])
    assert room.contains(_with_frame(first))
    assert first.width() <= WISHED.width()
    assert first.height() <= WISHED.height()


def test_on_a_large_screen_the_first_window_is_as_large_as_wished_and_in_the_middle() -> None:
    first = fitted_place(None, [DESK, BESIDE])
    assert first.size() == WISHED
    assert abs(first.center().x() - DESK.center().x()) <= 1


@pytest.mark.parametrize("before", [QRect(100, 60, 1300, 800), QRect(1990, 80, 1400, 900)])
def test_a_place_that_is_still_there_is_taken_as_it_was(before: QRect) -> None:
    assert fitted_place(before, [DESK, BESIDE]) == before


@pytest.mark.parametrize(
    "before",
    [
        QRect(2100, 80, 1400, 900),
        QRect(-1200, 150, 1200, 800),
        QRect(300, -2000, 1200, 800),
        QRect(300, 1500, 1200, 800),
        QRect(1279, 50, 1200, 600),
    ],
)
@pytest.mark.parametrize("room", [LAPTOP, NETBOOK])
def test_a_place_on_a_screen_that_is_gone_comes_back_whole(before: QRect, room: QRect) -> None:
    assert room.contains(_with_frame(fitted_place(before, [room])))


@pytest.mark.parametrize("before", [QRect(0, 0, 1920, 1080), QRect(-40, 300, 1400, 900), QRect(800, 400, 1200, 700)])
@pytest.mark.parametrize("room", [LAPTOP, PANEL_ABOVE, NETBOOK, DESK])
def test_a_window_of_a_larger_screen_is_shrunk_to_this_one(before: QRect, room: QRect) -> None:
    assert room.contains(_with_frame(fitted_place(before, [room])))


def test_a_window_that_lies_on_two_screens_goes_to_the_one_that_shows_most_of_it() -> None:
    assert BESIDE.contains(_with_frame(fitted_place(QRect(1800, 100, 1400, 900), [DESK, BESIDE])))


def test_the_real_window_is_never_larger_than_its_screen(qtbot: QtBot) -> None:
    window = MainWindow(idle_seconds=0)
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    assert room.contains(window.geometry())
    assert window.minimumWidth() <= room.width()
    assert window.minimumHeight() <= room.height()
    assert window.minimumSize() == LEAST.boundedTo(window.minimumSize())


def test_the_place_is_remembered(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "WISHED", QSize(500, 400))
    first, second = QMainWindow(), QMainWindow()
    for window in (first, second):
        qtbot.addWidget(window)
    first.setGeometry(60, 70, 640, 480)
    remember_place(first)
    monkeypatch.setattr(place, "LEAST", QSize(300, 200))
    restore_place(second)
    assert second.size() == QSize(640, 480)
