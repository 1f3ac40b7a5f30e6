"""What lies over the map hides neither the seat that the keyboard comes to nor the card of one that is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from pos_app.ui.seat_map.painting.marks import _placed
from tests.ui.seat_map import plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map import SeatMap

    OpenMap = Callable[[SeatPlan], SeatMap]

WINDOW, CARD = QSize(800, 600), QSizeF(180, 74)


def covered_map(open_map: OpenMap, corner: QRect) -> SeatMap:
    """Show a theatre with a button over it."""
    seat_map = open_map(plans.theatre())
    button = QPushButton(seat_map)
    button.setGeometry(corner)
    button.show()
    return seat_map


@pytest.mark.parametrize("corner", [QRect(740, 10, 44, 140), QRect(10, 10, 140, 44)])
@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left])
def test_a_seat_that_the_keyboard_comes_to_is_seen(open_map: OpenMap, corner: QRect, key: Qt.Key) -> None:
    seat_map = covered_map(open_map, corner)
    seat_map.zoom_to_zone(0)
    seat_map.setFocus()
    for _ in range(40):
        QTest.keyClick(seat_map, key)
        seat = seat_map.seat_center(max(0, seat_map._focused))
        assert seat_map.rect().contains(seat)
        assert not corner.contains(seat)


@pytest.mark.parametrize("avoid", [QRectF(740, 10, 44, 140), QRectF(640, 10, 140, 44), QRectF(10, 450, 44, 140)])
@pytest.mark.parametrize("x", [20, 120, 400, 690, 735, 790])
@pytest.mark.parametrize("y", [20, 110, 300, 440, 590])
def test_a_card_is_whole_beside_what_lies_over_the_map(avoid: QRectF, x: int, y: int) -> None:
    place = _placed(QPointF(x, y), 8.0, CARD, WINDOW, avoid)
    assert QRectF(0, 0, 800, 600).contains(place)
    assert not place.intersects(avoid)
    assert not place.contains(QPointF(x, y))


def test_where_nothing_lies_over_the_map_the_card_is_above_its_seat() -> None:
    place = _placed(QPointF(400, 300), 20.0, CARD, WINDOW, QRectF())
    assert place.center().x() == 400
    assert place.bottom() < 300 - 14
    assert _placed(QPointF(400, 20), 20.0, CARD, WINDOW, QRectF()).top() > 20 + 14
