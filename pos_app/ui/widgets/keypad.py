"""An amount of money on a large touch keypad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.domain.money import MOST_MINOR
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.digit_pad import DigitPad
from pos_app.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QLayoutItem

_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_COLUMNS: Final = 3


class Keypad(QWidget):
    """Digits are typed as minor units: 2, 0, 0, 0 is 20.00. Banknotes add up; typing begins anew after them.

    write_amount: puts minor units into words with the currency.
    Signals: amount_changed(int), minor units; accepted() by Enter.
    """

    amount_changed = Signal(int)
    accepted = Signal()

    def __init__(self, write_amount: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._write = write_amount
        self._amount = 0
        self._from_notes = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown = text_label("", "display")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._shown.setMinimumHeight(48)
        self._quick = QGridLayout()
        self._quick.setSpacing(8)
        self._pad = DigitPad("00")
        self._pad.typed.connect(self._on_typed)
        self._pad.taken_back.connect(self._on_taken_back)
        self._pad.cleared.connect(lambda: self.set_amount(0))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._shown)
        column.addLayout(self._quick)
        column.addWidget(self._pad)
        self.set_amount(0)

    @property
    def amount_minor(self) -> int:
        """Return the amount that is shown, in minor units."""
        return self._amount

    def set_amount(self, amount_minor: int) -> None:
        """Show an amount; typing begins anew after it."""
        self._from_notes = True
        self._change(amount_minor)

    def set_quick_amounts(self, exact_minor: int, notes_minor: Sequence[int], exact_words: str = "") -> None:
        """Offer the exact amount and banknotes to tap, all in minor units."""
        while (item := self._quick.takeAt(0)) is not None:
            _delete(item)
        exact = text_button(exact_words or self.tr("Exact"), variant="tool")
        exact.clicked.connect(lambda: self.set_amount(exact_minor))
        buttons = [exact]
        for note in notes_minor:
            button = text_button(f"+ {self._write(note)}", variant="tool")
            button.clicked.connect(lambda _checked=False, note=note: self._on_note(note))
            buttons.append(button)
        for place, button in enumerate(buttons):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._quick.addWidget(button, place // _COLUMNS, place % _COLUMNS)

    def _change(self, amount_minor: int) -> None:
        if 0 <= amount_minor <= MOST_MINOR:
            self._amount = amount_minor
            self._shown.setText(self._write(amount_minor))
            self.setAccessibleName(self.tr("Amount: {0}").format(self._shown.text()))
            self.amount_changed.emit(amount_minor)

    def _on_typed(self, digits: str) -> None:
        start = 0 if self._from_notes else self._amount
        self._from_notes = False
        self._change(start * 10 ** len(digits) + int(digits))

    def _on_taken_back(self) -> None:
        start = 0 if self._from_notes else self._amount // 10
        self._from_notes = False
        self._change(start)

    def _on_note(self, note_minor: int) -> None:
        start = self._amount if self._from_notes else 0
        self._from_notes = True
        self._change(start + note_minor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type digits from the keyboard too."""
        if event.key() in _ENTER:
            self.accepted.emit()
        elif not self._pad.handle_key(event):
            super().keyPressEvent(event)


def _delete(item: QLayoutItem) -> None:
    widget = item.widget()
    if widget is not None:
        widget.hide()
        widget.deleteLater()
