"""The name of the program above what is asked before anybody is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import ThemeButton
from pos_app.ui.widgets.labels import IconLabel, text_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout


def brand_row() -> QHBoxLayout:
    """Return a row with the sign, the name, and the button for light and dark."""
    return row(IconLabel("ticket", 30, "accent"), text_label("Foyer", "title"), 1, ThemeButton(), spacing=10)
