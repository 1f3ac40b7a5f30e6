"""The page around the sign-in card and the lock card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.brand_row import brand_row


class Entrance(QWidget):
    """The brand above, and what is asked in the middle: the layout to put things into. No signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.middle = column(spacing=18)
        column(brand_row(), 1, self.middle, 1, inside=self, margins=(24, 14, 20, 24))
