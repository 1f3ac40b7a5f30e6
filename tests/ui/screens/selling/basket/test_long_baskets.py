"""A basket of many lines: they come some at a time, so that the window lives meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from pos_app.domain.season.offers import CategoryOffer, PerformanceOffer, TypeOffer
from pos_app.domain.seats import Place, SeatKey
from pos_app.domain.selling.basket import Basket
from pos_app.domain.selling.basket_lines import MOST_SINGLE_LINES
from pos_app.ui.screens.selling.basket.panel import BasketPanel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from tests.hands import PatientHands

OFFER: Final = PerformanceOffer(
    7,
    1,
    "Play",
    "UTC",
    "EUR",
    900,
    0,
    0,
    (CategoryOffer(1, "A", ""),),
    (TypeOffer(1, "Adult", "A", ""),),
    {(1, 1): 1000},
    starts_at=datetime(2026, 11, 28, 19, 30, tzinfo=UTC),
)


@pytest.fixture
def panel(qtbot: PatientHands, themed: QApplication) -> Iterator[BasketPanel]:
    window, panel = QWidget(), BasketPanel()
    room = QVBoxLayout(window)
    # The platform without screens knows no smallest size of a window.
    room.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    room.addWidget(panel)
    qtbot.addWidget(window)
    window.resize(420, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield panel
    window.close()


def seat(number: int) -> SeatKey:
    return SeatKey(7, number)


def basket_of(lines: int) -> Basket:
    basket = Basket()
    for number in range(lines):
        basket.add(OFFER, seat(number), Place("Stalls", "A", str(number)), 1, "A")
    return basket


def show(panel: BasketPanel, lines: int) -> None:
    panel.show_basket(basket_of(lines), lambda _category: QColor("teal"))


def seats(panel: BasketPanel) -> list[int]:
    return [one.seat_id for row in panel.rows() for one in row.seats]


def test_all_lines_come_in_their_order_and_not_in_one_piece(qtbot: PatientHands, panel: BasketPanel) -> None:
    show(panel, MOST_SINGLE_LINES)
    assert seats(panel) == list(range(10))
    qtbot.waitUntil(lambda: seats(panel) == list(range(MOST_SINGLE_LINES)))
    bar = panel.lines.verticalScrollBar()
    qtbot.waitUntil(lambda: bool(bar.maximum()) and bar.value() == bar.maximum())


def test_lines_that_have_not_come_yet_are_forgotten_with_their_basket(qtbot: PatientHands, panel: BasketPanel) -> None:
    show(panel, 30)
    show(panel, 5)
    assert seats(panel) == list(range(5))
    show(panel, 30)
    show(panel, 15)
    qtbot.waitUntil(lambda: not panel.lines._waiting)
    assert qtbot.waitStill(lambda: seats(panel)) == list(range(15))


def test_a_late_line_has_the_keyboard_again_that_it_had(qtbot: PatientHands, panel: BasketPanel) -> None:
    show(panel, 15)
    qtbot.waitUntil(lambda: len(panel.rows()) == 15)
    qtbot.waitUntil(panel.rows()[-1].kind.isVisible)
    panel.rows()[-1].kind.setFocus(Qt.FocusReason.TabFocusReason)
    assert panel.lines.focused_seats() == (seat(14),)
    for _ in range(2):
        show(panel, 15)
    qtbot.waitUntil(lambda: panel.lines.focused_seats() == (seat(14),))
    assert len(panel.rows()) == 15
