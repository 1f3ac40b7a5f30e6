"""Keys change the basket only where they mean it: not while something is asked or typed, and not by being held down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.seats import MapState
from pos_app.ui.screens.selling.map.price_chips import ANY
from pos_app.ui.screens.selling.map.zone_menu import WHOLE_HOUSE
from tests.kinds import SQLITE
from tests.standing import add_standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.screens.selling.conftest import Till

CHANGING = (
    (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier),
)


def _press(till: Till, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or till.window, key, modifiers)


def _hold_down(till: Till, key: Qt.Key, times: int = 5) -> None:
    """Press a key, and send what the keyboard repeats while it is down."""
    where = QApplication.focusWidget() or till.window
    QTest.keyPress(where, key)
    for _ in range(times):
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            QApplication.sendEvent(where, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", True))
    QTest.keyRelease(where, key)


@SQLITE
def test_no_key_changes_the_basket_while_money_is_taken_or_something_is_asked(till: Till) -> None:
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2)
    till.settle()
    seats = till.seats
    opened: tuple[Callable[[], object], ...] = (
        lambda: till.press(Qt.Key.Key_F10),
        lambda: till.press(Qt.Key.Key_Escape),
        lambda: till.press(Qt.Key.Key_F7),
        lambda: till.press(Qt.Key.Key_F1),
    )
    for ask in opened:
        ask()
        sheet = till.sheet()
        till.settle()
        for key, modifiers in CHANGING[:6]:
            _press(till, key, modifiers)
        till.settle()
        assert till.seats == seats
        assert sheet.is_open
        sheet.cancel()


@SQLITE
def test_what_is_typed_in_a_field_changes_no_seat(till: Till) -> None:
    till.hold(*till.house.small.seats_of(1, (3, 4)))
    till.press(Qt.Key.Key_Right)
    lines = list(till.screen.hold.basket.lines)
    fields: tuple[Callable[[], object], ...] = (
        till.screen.basket_panel.promo.field.setFocus,
        lambda: till.press(Qt.Key.Key_F2),
    )
    for go in fields:
        go()
        for key, modifiers in CHANGING[4:]:
            _press(till, key, modifiers)
        till.press(Qt.Key.Key_Backspace)
        till.settle()
        assert till.screen.hold.basket.lines == lines
        assert till.screen.map_panel.best.count.value == 2


@SQLITE
def test_enter_takes_only_what_was_walked_to_and_each_time_it_is_told(till: Till) -> None:
    small = till.house.small
    seat = small.seat(1, 3)
    till.hold(seat)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        till.press(key)
        till.settle()
        assert till.seats == (seat,)
    till.press(Qt.Key.Key_Right)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: len(till.seats) == 2)
    till.settle()
    assert "Taken: Stalls, row A, seat 4" in till.said
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (seat,))
    assert "Given back: Stalls, row A, seat 4" in till.said
    till.press_undo()
    till.wait(lambda: set(till.seats) == set(small.seats_of(1, (3, 4))))
    till.settle()
    till.click(small.seat(2, 3))
    till.wait(lambda: len(till.seats) == 3)
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert len(till.seats) == 3


@SQLITE
def test_enter_after_best_seats_gives_none_of_them_back(till: Till) -> None:
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2)
    till.settle()
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert len(till.seats) == 2


@SQLITE
def test_a_key_that_is_held_down_is_pressed_once(till: Till) -> None:
    _hold_down(till, Qt.Key.Key_F4)
    till.wait(lambda: len(till.seats) == 2)
    till.settle()
    assert till.line.asked.count("hold_best_seats") == 1
    till.press(Qt.Key.Key_Down)
    before = len(till.seats)
    _hold_down(till, Qt.Key.Key_Return)
    till.wait(lambda: len(till.seats) != before)
    till.settle()
    assert abs(len(till.seats) - before) == 1
    till.elsewhere(till.house.small.seat(4, 4))
    till.poll()
    till.wait(lambda: till.state(till.house.small.seat(4, 4)) == MapState.HELD)
    till.click(till.house.small.seat(4, 4))
    _hold_down(till, Qt.Key.Key_F12)
    till.settle()
    assert till.line.asked.count("ask_to_release") == 1


def _ask_for_much(till: Till) -> None:
    panel = till.screen.map_panel
    panel.best.count.set_value(7)
    panel.best.wheelchair.setChecked(True)
    till.want_category("B")
    panel.zones.choose(0)
    panel.zones.chosen.emit(0)
    till.screen.performances.search.setText("orchard")
    till.screen.performances.spans.choose("week")


def _is_as_usual(till: Till) -> bool:
    panel, performances = till.screen.map_panel, till.screen.performances
    bar = panel.best
    asks = (bar.count.value, bar.wheelchair.isChecked(), panel.prices.wanted, panel.zones.zone)
    return (
        asks == (2, False, ANY, WHOLE_HOUSE) and not performances.search.text() and performances.spans.current == "all"
    )


@SQLITE
def test_the_next_customer_is_asked_anew(till: Till) -> None:
    till.house.database.transact(add_standing, till.house.small, 5)
    till.screen.live._plans.clear()
    till.open(till.house.small.performance_id)
    till.settle()
    assert _is_as_usual(till)
    till.hold(till.house.small.seat(1, 3))
    _ask_for_much(till)
    till.click(till.house.small.seat(1, 3))
    till.wait(lambda: not till.seats)
    till.settle()
    assert till.screen.map_panel.best.count.value == 7
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_Escape)
    till.sheet()
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: not till.seats)
    assert _is_as_usual(till)
    till.settle()
    till.hold(till.house.small.seat(1, 3))
    _ask_for_much(till)
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.sale is not None)
    assert _is_as_usual(till)
    till.settle()
