"""The twelve keys of a touch keypad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

_COLUMNS: Final = 3
_ROWS: Final = 4
_GAP: Final = 8
_LEAST_WIDTH: Final = 58

KeyHeight = Literal[44, 46, 52, 60]
"""Those that the style sheet knows."""


class DigitPad(QWidget):
    """Digits in three columns, a key of the owner's choice at the lower left, and one to take back.

    corner: what the lower left key types ("00", or a separator), or "" for clearing all. Keyboard digits are given to
    handle_key().
    Signals: typed(str), taken_back(), cleared().
    """

    typed = Signal(str)
    taken_back = Signal()
    cleared = Signal()

    def __init__(self, corner: str = "", *, key_height: KeyHeight = 60) -> None:
        super().__init__()
        self._words = corner
        self._key_height = key_height
        self._corner: Button | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self.setMinimumSize(_COLUMNS * (_LEAST_WIDTH + _GAP) - _GAP, _ROWS * (key_height + _GAP) - _GAP)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the keys when they are first seen: a window has more pads than it shows in an evening."""
        if self._corner is None:
            self._make_keys()
        super().showEvent(event)

    def _make_keys(self) -> None:
        self._corner = self._digit(self._words) if self._words else self._clear()
        self._name_corner()
        keys = [*map(self._digit, "123456789"), self._corner, self._digit("0"), self._back()]
        for at, key in enumerate(keys):
            self._grid.addWidget(key, *divmod(at, _COLUMNS))
            key.show()

    def set_corner(self, words: str) -> None:
        """Let the lower left key type something else, where it types: "00", or the separator of an amount."""
        self._words = words
        self._name_corner()

    def _name_corner(self) -> None:
        if self._corner is not None and self._words:
            self._corner.setText(self._words)
            self._corner.setAccessibleName("" if self._words.isdigit() else self.tr("Decimal separator"))

    def handle_key(self, event: QKeyEvent) -> bool:
        """Type what a key of the keyboard means; returns whether it meant something."""
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isdigit():
            self.typed.emit(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self.taken_back.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.cleared.emit()
        else:
            return False
        return True

    def _digit(self, digits: str) -> Button:
        button = self._key(digits)
        button.clicked.connect(lambda: self.typed.emit(button.text()))
        return button

    def _clear(self) -> Button:
        button = self._key("C")
        button.setAccessibleName(self.tr("Clear all"))
        button.clicked.connect(self.cleared)
        return button

    def _back(self) -> Button:
        button = self._key("")
        button.setIcon(icon("backspace"))
        button.setIconSize(QSize(26, 26))
        button.setAccessibleName(self.tr("Take the last digit back"))
        button.clicked.connect(self.taken_back)
        return button

    def _key(self, words: str) -> Button:
        button = Button(words)
        button.setProperty("variant", "digit")
        # The style sheet's own height for buttons wins over a widget's, so it knows this one.
        button.setProperty("keyHeight", self._key_height)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The keyboard stays with the field that the digits are for.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button
