"""Tab through the sell screen: every part is come to, left before right, and back again the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.kinds import SQLITE

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till

_MOST = 60


def _walk(till: Till, key: Qt.Key) -> list[QWidget]:
    """Press a key until the keyboard is where it was; return where it has been, that place last."""
    start, been = QApplication.focusWidget(), []
    for _ in range(_MOST):
        QTest.keyClick(QApplication.focusWidget() or till.window, key)
        here = QApplication.focusWidget()
        assert here is not None
        been.append(here)
        if here is start:
            return been
    raise AssertionError(f"The keyboard never came back to {start}.")


@SQLITE
def test_tab_comes_to_every_part_and_shift_tab_goes_back_the_same_way(till: Till) -> None:
    till.hold(till.house.small.seat(2, 4))
    screen = till.screen
    screen.map_panel.map.setFocus()
    there = _walk(till, Qt.Key.Key_Tab)
    back = _walk(till, Qt.Key.Key_Backtab)
    assert there[:-1] == back[-2::-1]
    chips = screen.map_panel.prices.chips
    for part in (screen.performances, screen.map_panel, screen.basket_panel):
        assert [one for one in there if part.isAncestorOf(one)]
    assert set(chips) <= set(there)


@SQLITE
def test_the_prices_are_come_to_between_what_stands_before_and_after_them(till: Till) -> None:
    panel = till.screen.map_panel
    panel.map.setFocus()
    back = _walk(till, Qt.Key.Key_Backtab)
    chips = [back.index(chip) for chip in panel.prices.chips]
    best = next(at for at, one in enumerate(back) if panel.best.isAncestorOf(one))
    listed = next(at for at, one in enumerate(back) if till.screen.performances.isAncestorOf(one))
    assert all(best < chip < listed for chip in chips)
    assert chips == sorted(chips, reverse=True)


@SQLITE
def test_who_comes_to_the_screen_is_on_the_map_or_at_what_was_sold(till: Till) -> None:
    till.window.setFocus()
    till.screen.setFocus()
    assert QApplication.focusWidget() is till.screen.map_panel.map
