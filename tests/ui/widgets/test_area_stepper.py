from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.ui.widgets.area_stepper import AreaStepper
from tests.wheels import turn_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.usefixtures("themed"), pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


@pytest.fixture
def stepper(qtbot: QtBot) -> Iterator[AreaStepper]:
    """A sheet over an active window of 900 x 600 pixels."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    stepper = AreaStepper(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield stepper
    window.close()


def press(stepper: AreaStepper, *keys: Qt.Key | str) -> None:
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        assert stepper.isAncestorOf(target)
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key)


def field(stepper: AreaStepper) -> str:
    return str(stepper._field.text())


def left(stepper: AreaStepper) -> str:
    return str(stepper._left.text())


def test_it_opens_at_one_and_typing_replaces_it(qtbot: QtBot, stepper: AreaStepper) -> None:
    stepper.ask("Standing", free=87, mine=0)
    assert (field(stepper), left(stepper)) == ("1", "of 87 left")
    press(stepper, "12")
    assert stepper.confirm.words == "Hold 12 places"
    with qtbot.waitSignal(stepper.chosen) as chosen:
        press(stepper, Qt.Key.Key_Return)
    assert chosen.args == [12]
    assert stepper.isHidden()


def test_buttons_and_keys_step(stepper: AreaStepper) -> None:
    stepper.ask("Standing", free=87, mine=4)
    assert left(stepper) == "4 in this basket, 87 more left"
    QTest.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    assert stepper.total == 5
    QTest.mouseClick(stepper.fewer, Qt.MouseButton.LeftButton)
    press(stepper, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp)
    assert stepper.total == 15
    turn_wheel(stepper, 120)
    assert stepper.total == 15


def test_no_more_than_are_left_can_be_asked_for(stepper: AreaStepper) -> None:
    stepper.ask("Standing", free=7, mine=2)
    press(stepper, "40")
    assert (field(stepper), stepper.total) == ("9", 9)
    assert stepper._left.property("tone") == "warn"
    assert not stepper.more.isEnabled()
    press(stepper, Qt.Key.Key_Up)
    assert stepper.total == 9


def test_it_follows_the_other_tills(stepper: AreaStepper) -> None:
    stepper.ask("Standing", free=20, mine=0)
    press(stepper, "15")
    stepper.set_counts(free=6, mine=0)
    assert (field(stepper), left(stepper)) == ("6", "of 6 left")
    stepper.set_counts(free=0, mine=0)
    assert left(stepper) == "Sold out"
    assert not stepper.confirm.isEnabled()


def test_all_can_be_given_back(qtbot: QtBot, stepper: AreaStepper) -> None:
    stepper.ask("Standing", free=0, mine=3)
    press(stepper, "0")
    assert stepper.confirm.words == "Give all back"
    with qtbot.waitSignal(stepper.chosen) as chosen:
        QTest.mouseClick(stepper.confirm, Qt.MouseButton.LeftButton)
    assert chosen.args == [0]


def test_nothing_cannot_be_asked_for_by_a_basket_that_has_nothing(stepper: AreaStepper) -> None:
    stepper.ask("Standing", free=5, mine=0)
    said: list[int] = []
    stepper.chosen.connect(said.append)
    press(stepper, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (stepper.total, said, stepper.isVisible()) == (0, [], True)


def test_a_basket_has_its_limit(stepper: AreaStepper) -> None:
    stepper.ask("Standing", free=5000, mine=0, most=500)
    press(stepper, "600")
    assert (stepper.total, left(stepper)) == (500, "One basket takes 500 at most")


def test_esc_closes_it_even_where_the_screen_has_a_use_for_esc(qtbot: QtBot, stepper: AreaStepper) -> None:
    heard: list[str] = []
    for key in ("Esc", "Return", "Up"):
        QShortcut(QKeySequence(key), stepper.window()).activated.connect(partial(heard.append, key))
    stepper.ask("Standing", free=5, mine=0)
    press(stepper, Qt.Key.Key_Up)
    with qtbot.waitSignal(stepper.closed):
        press(stepper, Qt.Key.Key_Escape)
    assert stepper.isHidden()
    assert heard == []


@pytest.mark.parametrize("spot", [QPoint(450, 300), QPoint(0, 0), QPoint(900, 600)])
def test_it_lies_wholly_inside_the_window(stepper: AreaStepper, spot: QPoint) -> None:
    stepper.ask("Standing", free=5, mine=0)
    stepper.open_at(spot)
    assert stepper.window().rect().contains(stepper.geometry())


def test_it_is_large_enough_for_fingers_and_speaks(stepper: AreaStepper) -> None:
    stepper.ask("Standing", free=5, mine=0)
    for button in (stepper.fewer, stepper.more, stepper.confirm):
        assert min(button.width(), button.height()) >= 44
    assert stepper._field.accessibleName() == "Number of places in Standing"
    assert stepper._field.accessibleDescription() == "of 5 left"
    assert stepper.fewer.accessibleName() == "One fewer"
