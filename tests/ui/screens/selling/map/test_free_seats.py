"""The list of free seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_app.domain.seats import MapState
from pos_app.ui.screens.selling.map.free_seats import FreeSeatSheet
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


@SQLITE
def test_f3_lists_the_free_seats_and_enter_takes_one(till: Till) -> None:
    small = till.house.small
    till.elsewhere(small.seat(1, 1))
    till.screen.live.refresh()
    till.wait(lambda: till.state(small.seat(1, 1)) == MapState.HELD)
    till.press(Qt.Key.Key_F3)
    sheet = till.sheet()
    assert isinstance(sheet, FreeSeatSheet)
    assert sheet.table.model().rowCount() == 49
    till.type("C 7")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.seats == (small.seat(3, 7),))
    assert sheet.is_open
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert till.seats == (small.seat(3, 7),)
