"""A number with a minus and a plus beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import figures_font
from pos_app.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent


class Stepper(QWidget):
    """A whole number between two bounds; buttons and wheel step it.

    Signals: changed(int).
    """

    changed = Signal(int)

    def __init__(self, words: str, *, least: int, most: int, value: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most, self._value = least, most, value
        self._words = words
        self._number = text_label(str(value), "strong")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setFont(figures_font(15))
        self._number.setFixedWidth(30)
        self.fewer = self._button("minus", self.tr("One fewer"), -1)
        self.more = self._button("plus", self.tr("One more"), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.fewer)
        row.addWidget(self._number)
        row.addWidget(self.more)
        self.setAccessibleName(f"{words}: {value}")

    @property
    def value(self) -> int:
        """Return the number."""
        return self._value

    def set_value(self, value: int) -> None:
        """Set the number, within its bounds."""
        value = max(self._least, min(self._most, value))
        self.fewer.setEnabled(value > self._least)
        self.more.setEnabled(value < self._most)
        if value != self._value:
            self._value = value
            self._number.setText(str(value))
            self.setAccessibleName(f"{self._words}: {value}")
            self.changed.emit(value)

    def _button(self, name: str, words: str, step: int) -> QPushButton:
        button = QPushButton(icon(name), "")
        button.setProperty("variant", "tool")
        button.setFixedWidth(44)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: self.set_value(self._value + step))
        return button

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One step a notch."""
        steps = event.angleDelta().y()
        if steps:
            self.set_value(self._value + (1 if steps > 0 else -1))
        event.accept()
