"""The field for the cash given: whole units and a separator, or cents, as the house counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.ui.screens.selling.payment.panes.cash_entry import LONGEST_TEXT, CashEntry
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.words.amounts import shown_amount

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

# Two heights, because the border of a field that has the focus is a pixel wider on each side.
LARGE_FIELD_STYLE: Final = (
    "QLineEdit { font-size: 26px; font-weight: 600; min-height: 54px; }"
    'QLineEdit:focus, QLineEdit[wrong="true"] { min-height: 52px; }'
)
_TYPING: Final = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


class CashField(QLineEdit):
    """What is typed counts as it is written, and is edited like any text; in cents, only once a point is in it.

    Signals: changed() whatever the way.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = ""
        self._in_cents = False
        self.entry = CashEntry("")
        bound_line(self, 4 * LONGEST_TEXT)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet(LARGE_FIELD_STYLE)
        self.setAccessibleName(self.tr("Cash given"))
        self.textEdited.connect(self._on_edited)

    def start(self, currency: str) -> None:
        """Begin anew in a currency."""
        self._currency = currency
        self.entry = CashEntry(currency, in_cents=self._in_cents)
        self.show_entry()

    @property
    def counts_cents(self) -> bool:
        """Tell whether digits alone are cents."""
        return self._in_cents

    def count_in_cents(self, in_cents: bool) -> None:  # noqa: FBT001 - a plain state
        """Let digits alone be cents, or whole units; from the next payment on where one is being typed."""
        self._in_cents = in_cents
        if self.entry.empty:
            self.start(self._currency)

    def show_entry(self) -> None:
        """Show what the entry holds now."""
        entry = self.entry
        shown = entry.text
        if shown and not entry.written_out:
            shown = shown_amount(entry.amount_typed, self._currency)
        if shown != self.text():
            self.setText(shown)
        self.changed.emit()

    def type_key(self, letters: str) -> None:
        """Type a key of the touch keypad: digits, or the separator."""
        if letters.isdigit():
            self.entry.type_digits(letters)
        else:
            self.entry.type_other(letters)
        self.show_entry()

    def take_back(self) -> None:
        """Take the last digit back."""
        self.entry.take_back()
        self.show_entry()

    def _on_edited(self, text: str) -> None:
        """Take what came neither by keys nor by the keypad: an input method, a paste with the mouse."""
        shown = (
            "" if self.entry.written_out or self.entry.empty else shown_amount(self.entry.amount_typed, self._currency)
        )
        self.entry.write(text.removeprefix(shown))
        self.show_entry()

    def _handle_key(self, event: QKeyEvent) -> bool:
        text = event.text()
        everything = self.hasSelectedText()
        if event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            if everything or event.key() == Qt.Key.Key_Delete:
                self.entry.clear()
            else:
                self.entry.take_back()
        elif not text.isprintable() or not text or event.modifiers() not in _TYPING:
            return False
        else:
            if everything:
                self.entry.clear()
            if text.isascii() and text.isdigit():
                self.entry.type_digits(text)
            else:
                self.entry.type_other(text)
        self.show_entry()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key, until the text is written out and edited like any other."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.entry.written_out:
            self.entry.write(QGuiApplication.clipboard().text().strip())
            self.show_entry()
        elif self.entry.written_out or not self._handle_key(event):
            super().keyPressEvent(event)
