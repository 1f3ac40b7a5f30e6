"""The PIN of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from pos_app.domain.staff.pins import LONGEST_PIN, SHORTEST_PIN, is_complete
from pos_app.ui.announce import announce
from pos_app.ui.look.theme import current_theme
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.digit_pad import DigitPad
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.keys import ENTER
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.told_keys import tell_keys

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from pos_app.ui.widgets.digit_pad import KeyHeight

_LATE_ENTER_MS: Final = 1_000
"""So long after a PIN sent itself, Enter is still the habit of whoever typed it, and no answer to what came of it."""


class PinDots(QWidget):
    """One dot for each digit that was typed, and rings for those that are at least to come. No signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = 0
        self._digits = SHORTEST_PIN
        self.setFixedHeight(28)

    def expect(self, digits: int) -> None:
        """Show so many rings."""
        self._digits = digits
        self.update()

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
        count = max(self._digits, self._typed)
        left = self.width() / 2 - (count * 24 - 10) / 2
        for place in range(count):
            filled = place < self._typed
            painter.setPen(QPen(theme.color("accent" if filled else "line_strong"), 2))
            painter.setBrush(theme.color("accent" if filled else "surface"))
            painter.drawEllipse(QRectF(left + place * 24, 7, 14, 14))


class LateEnter(QObject):
    """Swallows the Enter that is pressed out of habit behind a PIN that has sent itself. No signals."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=_LATE_ENTER_MS)
        self._timer.timeout.connect(self._let_through)

    def begin(self) -> None:
        """Swallow it for a moment, wherever the keyboard is by then."""
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)
            self._timer.start()

    def _let_through(self) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let everything through but Enter."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut)
        return isinstance(event, QKeyEvent) and event.type() in kinds and event.key() in ENTER


class PinEntry(QWidget):
    """Dots and a keypad; digits come from the keyboard too. Esc goes back.

    A PIN whose length is known sends itself at its last digit; any other is given by Enter.

    Signals: given(str), the PIN; left() to go back.
    """

    given = Signal(str)
    left = Signal()

    def __init__(
        self, words: str, *, key_height: KeyHeight = 52, icon_name: str = "sign-in", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pin = ""
        tell_keys(self, _pin_keys)
        self._digits = 0
        self._late_enter = LateEnter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back_button = icon_button("arrow-left", self.tr("Back to the names"))
        self.back_button.clicked.connect(self.left)
        self._title = text_label("", "heading")
        self._dots = PinDots()
        self._pad = DigitPad(key_height=key_height)
        self._pad.typed.connect(self._on_typed)
        self._pad.taken_back.connect(self._on_taken_back)
        self._pad.cleared.connect(self.clear)
        self.button = KeyButton(words, icon_name=icon_name, variant="primary", size="large")
        self.button.print_key("Return")
        self.button.clicked.connect(self._on_asked)
        head = row(self.back_button, (self._title, 1), spacing=6)
        column(head, self._dots, self._pad, self.button, 1, inside=self, spacing=10)
        self.clear()

    def expect(self, digits: int) -> None:
        """Take a PIN of so many digits; 0: of a length that is not known."""
        self._digits = digits
        self._dots.expect(digits or SHORTEST_PIN)
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
        self.button.setEnabled(self._may_send())

    def _may_send(self) -> bool:
        return len(self._pin) >= (self._digits or SHORTEST_PIN)

    def _on_typed(self, digits: str) -> None:
        self._show((self._pin + digits)[: self._digits or LONGEST_PIN])
        if is_complete(len(self._pin), self._digits):
            self._late_enter.begin()
            self._on_asked()

    def _on_taken_back(self) -> None:
        self._show(self._pin[:-1])

    def _on_enter(self) -> None:
        """Give the PIN; one that is too short to be any is forgotten, so that the next digit begins anew."""
        if self._may_send():
            self._on_asked()
        elif self._pin:
            self.clear()
            announce(self, self.tr("The PIN is too short: type it again."), urgent=True)

    def _on_asked(self) -> None:
        if self._may_send():
            pin = self._pin
            self.clear()
            self.given.emit(pin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type digits; Enter gives the PIN, Esc goes back."""
        if event.key() in ENTER:
            if not event.isAutoRepeat():
                self._on_enter()
        elif event.key() == Qt.Key.Key_Escape and not self.back_button.isHidden():
            self.left.emit()
        elif not self._pad.handle_key(event):
            super().keyPressEvent(event)


def _pin_keys() -> tuple[tuple[str, str], ...]:
    def tr(words: str) -> str:
        return QCoreApplication.translate("PinEntry", words)

    return (
        ("0 \u2026 9", tr("Type the PIN")),
        ("Backspace", tr("Take the last digit back")),
        ("Enter", tr("Go on with the PIN")),
    )
