"""The PIN of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from pos_app.ui.look.theme import current_theme
from pos_app.ui.screens.sign_in.keys import pin_keys
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.digit_pad import DigitPad
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.told_keys import tell_keys

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 12
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class PinDots(QWidget):
    """One dot for each digit that was typed, and rings for those that are at least to come. No signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = 0
        self.setFixedHeight(28)

    def show_typed(self, count: int) -> None:
        """Show how many digits were typed."""
        self._typed = count
        self.setAccessibleName(self.tr("Digits typed: {0}").format(count))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dots in the middle."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = max(SHORTEST_PIN, self._typed)
        left = self.width() / 2 - (count * 24 - 10) / 2
        for place in range(count):
            filled = place < self._typed
            painter.setPen(QPen(theme.color("accent" if filled else "line_strong"), 2))
            painter.setBrush(theme.color("accent" if filled else "surface"))
            painter.drawEllipse(QRectF(left + place * 24, 7, 14, 14))


class PinEntry(QWidget):
    """Dots and a keypad; digits come from the keyboard too, Enter gives the PIN, Esc goes back.

    Signals: given(str), the PIN; left() to go back.
    """

    given = Signal(str)
    left = Signal()

    def __init__(self, words: str, *, key_height: int = 52, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pin = ""
        tell_keys(self, pin_keys)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back_button = icon_button("arrow-left", self.tr("Back to the names"))
        self.back_button.clicked.connect(self.left)
        self._title = text_label("", "heading")
        self._dots = PinDots()
        self._pad = DigitPad(key_height=key_height)
        self._pad.typed.connect(self._on_typed)
        self._pad.taken_back.connect(self._on_taken_back)
        self._pad.cleared.connect(self.clear)
        self.button = KeyButton(words, icon_name="sign-in", variant="primary", size="large")
        self.button.print_key("Return")
        self.button.clicked.connect(self._on_asked)
        head = row(self.back_button, (self._title, 1), spacing=6)
        column(head, self._dots, self._pad, self.button, 1, inside=self, spacing=10)
        self.clear()

    def ask(self, title: str) -> None:
        """Begin anew, for somebody."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.clear()
        self.setFocus()

    def clear(self) -> None:
        """Forget what was typed."""
        self._show("")

    def _show(self, pin: str) -> None:
        self._pin = pin
        self._dots.show_typed(len(pin))
        self.button.setEnabled(len(pin) >= SHORTEST_PIN)

    def _on_typed(self, digits: str) -> None:
        self._show((self._pin + digits)[:LONGEST_PIN])

    def _on_taken_back(self) -> None:
        self._show(self._pin[:-1])

    def _on_asked(self) -> None:
        if len(self._pin) >= SHORTEST_PIN:
            pin = self._pin
            self.clear()
            self.given.emit(pin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type digits; Enter gives the PIN, Esc goes back."""
        if event.key() in _ENTER:
            self._on_asked()
        elif event.key() == Qt.Key.Key_Escape and not self.back_button.isHidden():
            self.left.emit()
        elif not self._pad.handle_key(event):
            super().keyPressEvent(event)
