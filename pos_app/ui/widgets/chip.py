"""A short word in a coloured pill."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos_app.ui.widgets.labels import set_tone


class Chip(QLabel):
    """A count or a state beside a title. tone: "" (quiet), accent, ok, warn, danger. No signals."""

    def __init__(self, text: str = "", tone: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "chip")
        self.setProperty("tone", tone)

    def show_text(self, text: str, tone: str) -> None:
        """Change words and tone together."""
        self.setText(text)
        set_tone(self, tone)
