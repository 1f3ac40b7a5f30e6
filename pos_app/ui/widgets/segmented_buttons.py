"""One of a few choices, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


class SegmentedButtons(QWidget):
    """Buttons of which exactly one is down; options are pairs of key and words.

    Signals: chosen(str), the key that a person chose.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, words in options:
            button = QPushButton(words)
            button.setCheckable(True)
            button.setProperty("variant", "segment")
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        row.addStretch(1)
        if options:
            self.choose(options[0][0])

    @property
    def current(self) -> str:
        """Return the key that is down, or "" when there are no options."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Press a button by its key without saying so; raises KeyError for an unknown one."""
        self._buttons[key].setChecked(True)

    def set_words(self, key: str, words: str) -> None:
        """Change what is written on a button; raises KeyError for an unknown one."""
        self._buttons[key].setText(words)
