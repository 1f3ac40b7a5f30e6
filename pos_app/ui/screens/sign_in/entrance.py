"""The page around the sign-in card and the lock card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui.widgets.brand_row import brand_row


class Entrance(QWidget):
    """The brand above, what is asked in the middle, something small below. No signals.

    middle, below: layouts to put things into.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.middle = QVBoxLayout()
        self.middle.setSpacing(18)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 20, 24)
        column.addLayout(brand_row())
        column.addStretch(1)
        column.addLayout(self.middle)
        column.addStretch(1)
