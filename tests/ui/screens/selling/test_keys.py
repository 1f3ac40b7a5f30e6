"""The sheet of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_app.ui.widgets.sheets.keys import KeysSheet
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till


@SQLITE
def test_f1_shows_the_keys_and_esc_closes_them(till: Till) -> None:
    till.press(Qt.Key.Key_F1)
    assert isinstance(till.sheet(), KeysSheet)
    till.press(Qt.Key.Key_Escape)
    assert not till.is_asking()


@SQLITE
def test_the_keys_of_the_basket_are_told_so_that_they_are_understood_away_from_it(till: Till) -> None:
    till.hold(till.house.small.seat(2, 4))
    till.press(Qt.Key.Key_F1)
    sheet = till.sheet()
    assert isinstance(sheet, KeysSheet)
    told = dict(sheet.rows)
    assert [told[key] for key in ("F7", "F8", "F11", "Esc")] == [
        "Hold longer",
        "Customer and note",
        "Promo code",
        "Release the basket",
    ]
