"""The name of the program above what is asked before anybody is signed in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.theme_button import ThemeButton


def brand_row() -> QHBoxLayout:
    """Return a row with the sign, the name, and the button for light and dark."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(IconLabel("ticket", 30, "accent"))
    row.addWidget(text_label("Foyer", "title"))
    row.addStretch(1)
    row.addWidget(ThemeButton())
    return row
