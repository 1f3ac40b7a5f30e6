"""The head of the basket: one line while there is time, and from five minutes on when the seats are released."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from pos_app.ui.widgets.sheets.reason import ReasonSheet
from tests.kinds import SQLITE
from tests.services.stories import run_out

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


@SQLITE
def test_it_is_told_when_the_seats_are_released_from_five_minutes_on(till: Till) -> None:
    panel, hold = till.screen.basket_panel, till.screen.hold
    till.hold(*till.house.small.seats_of(1, (3, 4)))
    assert panel.headline.text() == "2 seats held for you"
    assert panel.until.isHidden()
    assert "unless paid" in panel.ring.toolTip()
    assert "does not restart" in panel.ring.toolTip()
    hold._clock.start(301)
    assert panel.until.isHidden()
    hold._clock.start(300)
    assert panel.until.isVisible()
    assert panel.until.text().startswith("Released at ")
    assert panel.until.text().endswith("unless paid.")
    hold._clock.start(120)
    assert panel.until.text().endswith("unless paid.\nF7 extends it once.")
    assert panel.headline.text() == "2 seats held for you"


@SQLITE
def test_the_end_of_the_time_is_told_though_nothing_was_said_before(till: Till) -> None:
    panel, hold = till.screen.basket_panel, till.screen.hold
    till.hold(till.house.small.seat(1, 3))
    hold._clock.start(0.01)
    till.wait(lambda: hold.is_expired)
    assert panel.headline.text() == "Time is up"
    assert panel.until.isVisible()
    assert "on sale again" in panel.until.text()


@SQLITE
@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
def test_the_head_is_small_and_does_not_move_what_is_below_it(till: Till, size: tuple[int, int]) -> None:
    till.window.resize(*size)
    panel, hold = till.screen.basket_panel, till.screen.hold
    till.hold(*till.house.small.seats_of(1, range(3, 9)))
    QApplication.processEvents()
    first = panel.lines

    def top() -> int:
        return first.mapTo(panel, QPoint(0, 0)).y()

    before = top()
    assert panel.ring.height() <= 60
    assert before <= 90
    hold._clock.start(290)
    QApplication.processEvents()
    assert top() == before


@SQLITE
def test_the_question_for_more_time_says_when_there_is_none_left_to_extend(till: Till) -> None:
    hold = till.screen.hold
    seat = till.house.small.seat(1, 3)
    till.hold(seat)
    till.press(Qt.Key.Key_F7)
    sheet = till.sheet()
    assert isinstance(sheet, ReasonSheet)
    assert hold.placed is not None
    run_out(till.house, hold.placed)
    till.type("C")
    hold._clock.start(0.01)
    till.wait(lambda: hold.is_expired)
    assert "Esc, then F5" in sheet._wrong.text()
    assert not sheet.yes.isEnabled()
    # What is typed on, without looking, does not choose ticket types on the screen behind.
    till.type("child")
    till.press(Qt.Key.Key_Return)
    assert sheet.is_open
    assert "Esc, then F5" in sheet._wrong.text()
    assert till.screen.basket_panel.total_words == "€40.00"
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_F5)
    till.settle()
    assert not hold.is_expired
    assert till.seats == (seat,)


@SQLITE
def test_while_it_is_paid_no_key_is_named_that_the_payment_does_not_take(till: Till) -> None:
    panel, hold = till.screen.basket_panel, till.screen.hold
    till.hold(till.house.small.seat(1, 3))
    hold._clock.start(120)
    assert "F7" in panel.until.text()
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    hold._clock.start(110)
    assert "Esc" in panel.until.text()
    assert "F7" not in panel.until.text()
    assert not panel.extend.isEnabled()
    till.press(Qt.Key.Key_Escape)
    assert "F7" in panel.until.text()
    assert panel.extend.isEnabled()
    till.press(Qt.Key.Key_F7)
    assert isinstance(till.sheet(), ReasonSheet)
