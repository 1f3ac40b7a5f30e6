"""Enter and Space choose a seat on the map only where arrow keys have walked to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pos_app.ui.seat_map import SeatMap


def test_keys_choose_only_what_was_walked_to(seat_map: SeatMap) -> None:
    keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
    activated: list[int] = []
    seat_map.seat_activated.connect(activated.append)
    QTest.mouseClick(seat_map, Qt.MouseButton.LeftButton, pos=seat_map.seat_center(7))
    assert activated == [7]
    for key in keys:
        QTest.keyClick(seat_map, key)
    assert activated == [7]
    assert not seat_map.was_walked_to
    QTest.keyClick(seat_map, Qt.Key.Key_Right)
    QTest.keyClick(seat_map, Qt.Key.Key_Return)
    assert activated == [7, 8]
    # The program put the ring there: nobody has walked.
    seat_map.focus_seat(3)
    for key in keys:
        QTest.keyClick(seat_map, key)
    assert activated == [7, 8]


def test_a_key_that_is_held_down_chooses_once(seat_map: SeatMap) -> None:
    activated: list[int] = []
    seat_map.seat_activated.connect(activated.append)
    seat_map.focus_seat(7)
    QTest.keyClick(seat_map, Qt.Key.Key_Right)
    QTest.keyPress(seat_map, Qt.Key.Key_Return)
    for _ in range(3):
        QApplication.sendEvent(
            seat_map,
            QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", True),
        )
    assert activated == [8]
