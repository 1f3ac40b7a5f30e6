"""The page around the sign-in card and the lock card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.theme_button import ThemeButton


class Entrance(QWidget):
    """The brand above, what is asked in the middle, something small below. No signals.

    middle, below: layouts to put things into.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        brand = QHBoxLayout()
        brand.setSpacing(10)
        brand.addWidget(IconLabel("ticket", 30, "accent"))
        brand.addWidget(text_label("Foyer", "title"))
        brand.addStretch(1)
        brand.addWidget(ThemeButton())
        self.middle = QVBoxLayout()
        self.middle.setSpacing(18)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 20, 24)
        column.addLayout(brand)
        column.addStretch(1)
        column.addLayout(self.middle)
        column.addStretch(1)
