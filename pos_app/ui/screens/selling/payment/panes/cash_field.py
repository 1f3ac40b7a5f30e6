"""The field for the cash given: digits count as cents, anything else as an amount written out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.money import parse_amount, typed_amount
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

_MOST_DIGITS: Final = 15
LONGEST_TEXT: Final = 40
"""Characters kept of what is pasted or scanned into the field."""


class CashEntry:
    """2, 0, 0, 0 is 20.00; so is "20", "20.00" or "20,00" when it is pasted, or typed with its point.

    `text` is what the field shows. A banknote adds to a sum made of banknotes, and replaces what was typed.
    """

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._minor = 0
        self._written = ""
        self._from_notes = False
        self._empty = True

    @property
    def empty(self) -> bool:
        """Tell whether nothing has been typed."""
        return self._empty

    @property
    def written_out(self) -> bool:
        """Tell whether the text is a person's own, with a point or whatever else is in it."""
        return bool(self._written)

    @property
    def amount_typed(self) -> int:
        """Return the digits as minor units; 0 while the text is written out."""
        return self._minor

    @property
    def text(self) -> str:
        """Return what the field shows."""
        if self._written or self._empty:
            return self._written
        return typed_amount(self._minor, self._currency)

    def amount_minor(self) -> int:
        """Return the amount. Raises InvalidAmount when it is none, or too large."""
        return parse_amount(self.text, self._currency)

    def type_digits(self, digits: str) -> None:
        """Append digits at the end."""
        if self._written:
            self.write(self._written + digits)
            return
        start = 0 if self._from_notes else self._minor
        longer = start * 10 ** len(digits) + int(digits)
        if len(str(longer)) <= _MOST_DIGITS:
            self._set(longer)

    def type_other(self, letters: str) -> None:
        """Append what is no digit: from now on the text counts as it is written, so 1, 2, point, 5 is 12.5."""
        typed = self._written or ("" if self._empty or self._from_notes else str(self._minor))
        self.write(typed + letters)

    def write(self, text: str) -> None:
        """Take a text as a person wrote it; an empty one begins anew."""
        self.clear()
        self._written = text[:LONGEST_TEXT]
        self._empty = not self._written

    def take_back(self) -> None:
        """Take the last digit or letter back."""
        if self._written:
            self.write(self._written[:-1])
        elif self._from_notes or self._minor < 10:
            self.clear()
        else:
            self._set(self._minor // 10)

    def clear(self) -> None:
        """Begin anew."""
        self._set(0)
        self._empty = True

    def choose(self, amount_minor: int) -> None:
        """Take a sum that was tapped; typing begins anew after it."""
        self._set(amount_minor)
        self._from_notes = True

    def add_note(self, note_minor: int) -> None:
        """Add a banknote that was tapped."""
        self.choose((self._minor if self._from_notes else 0) + note_minor)

    def _set(self, amount_minor: int) -> None:
        self._minor = amount_minor
        self._written = ""
        self._from_notes = False
        self._empty = False


class CashField(QLineEdit):
    """Digits are cents; a point, a comma or a pasted text makes it an amount written out, edited like any text.

    Signals: changed() whatever the way.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = ""
        self.entry = CashEntry("")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet(LARGE_FIELD_STYLE)
        self.setAccessibleName(self.tr("Cash given"))
        self.textEdited.connect(self._on_edited)

    def start(self, currency: str) -> None:
        """Begin anew in a currency."""
        self._currency = currency
        self.entry = CashEntry(currency)
        self.show_entry()

    def show_entry(self) -> None:
        """Show what the entry holds now."""
        entry = self.entry
        shown = entry.text
        if shown and not entry.written_out:
            shown = shown_amount(entry.amount_typed, self._currency)
        if shown != self.text():
            self.setText(shown)
        self.changed.emit()

    def type_digits(self, digits: str) -> None:
        """Type digits of the touch keypad."""
        self.entry.type_digits(digits)
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

    def _handle_cents(self, event: QKeyEvent) -> bool:
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
        """Type cents, until the text is written out."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.entry.written_out:
            self.entry.write(QGuiApplication.clipboard().text().strip())
            self.show_entry()
        elif self.entry.written_out or not self._handle_cents(event):
            super().keyPressEvent(event)
