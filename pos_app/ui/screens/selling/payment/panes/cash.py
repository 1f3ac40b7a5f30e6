"""Cash: what is to pay, what was given, what goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from pos_app.domain.currencies import exponent
from pos_app.domain.errors import InvalidAmount, PaymentRefused, PosError
from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.domain.sentences import Money, say
from pos_app.ui.screens.selling.payment.panes.base import PaymentPane
from pos_app.ui.screens.selling.payment.panes.cash_field import CashField
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.digit_pad import DigitPad
from pos_app.ui.widgets.labels import FittedLabel, set_look, set_tone, text_label
from pos_app.ui.words.amounts import shown_amount, shown_short_amount
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QLayoutItem, QVBoxLayout

_LEFT: Final = 330
_USUAL: Final = (5, 10, 20, 50, 100)
_NOTES: Final = {
    "CZK": (100, 200, 500, 1000, 2000),
    "DKK": (50, 100, 200, 500, 1000),
    "GBP": (5, 10, 20, 50),
    "HUF": (500, 1000, 5000, 10_000, 20_000),
    "ISK": (500, 1000, 2000, 5000, 10_000),
    "JPY": (1000, 2000, 5000, 10_000),
    "KRW": (1000, 5000, 10_000, 50_000),
    "KWD": (1, 5, 10, 20),
    "NOK": (50, 100, 200, 500, 1000),
    "SEK": (20, 50, 100, 200, 500),
}
"""Banknotes in whole units of currencies whose notes are not the usual ones."""

_MOST_SUMS: Final = 3


class CashPane(PaymentPane):
    """Amounts at the left, quick amounts and the keypad at the right. No signals of its own."""

    method = PaymentMethod.CASH
    sheet_width = 860

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self._currency = ""
        self.total = FittedLabel(pixels=40)
        self.field = CashField()
        self.field.changed.connect(self._on_changed)
        self.note = text_label("", "muted", wrap=True)
        self.note.setMinimumHeight(36)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._change_caption = text_label("", "strong", tone="muted")
        self.change = FittedLabel(pixels=56)
        self._sums = row(spacing=8)
        self._notes = row(spacing=8)
        self.pad = DigitPad("00")
        self.pad.typed.connect(self.field.type_digits)
        self.pad.taken_back.connect(self.field.take_back)
        row(self._amounts(), (self._keys(), 1), inside=self, spacing=28)

    def ask(self, total_minor: int, currency: str) -> None:
        """Begin with a total in minor units."""
        self._total = total_minor
        self._currency = currency
        self.total.show_text(shown_amount(total_minor, currency))
        self.field.setPlaceholderText(shown_amount(total_minor, currency))
        self._offer_quick_amounts()
        self.field.start(currency)

    def tender(self) -> Tender:
        """Return what was given; nothing typed is the exact amount. Raises InvalidAmount, PaymentRefused."""
        given = self._total if self.field.entry.empty else self.field.entry.amount_minor()
        if given < self._total:
            raise PaymentRefused(
                say("That is {amount} short.", amount=Money(self._total - given, self._currency)),
                advice=say("Ask for the rest, or take a card."),
            )
        return Tender(self.method, self._total, given)

    def refuse(self, error: PosError) -> None:
        """Say at the field what is wrong with it."""
        self._say(spoken_error(error), wrong=True)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard into the field."""
        self.field.setFocus()

    def words_to_confirm(self) -> str:
        """Return what the button says: what will be taken."""
        try:
            given = self.tender().tendered_minor or 0
        except PosError:
            return self.tr("Take cash")
        words = self.tr("Take exactly {0}") if given == self._total else self.tr("Take {0}")
        return words.format(shown_amount(given, self._currency))

    def _amounts(self) -> QVBoxLayout:
        well = QFrame()
        well.setProperty("role", "well")
        column(self._change_caption, self.change, inside=well, margins=(18, 14, 18, 12), spacing=0)
        well.setFixedWidth(_LEFT)
        self.field.setFixedWidth(_LEFT)
        to_pay, given = _caption(self.tr("To pay")), _caption(self.tr("Cash given"))
        return column(to_pay, self.total, Gap(14), given, self.field, self.note, 1, well, spacing=4)

    def _keys(self) -> QVBoxLayout:
        return column(self._sums, self._notes, Gap(4), (self.pad, 1), spacing=8)

    def _offer_quick_amounts(self) -> None:
        for box in (self._sums, self._notes):
            while (item := box.takeAt(0)) is not None:
                _delete(item)
        sums = [(self.tr("Exact"), self._total)]
        sums += [(shown_amount(total, self._currency), total) for total in round_sums(self._total, self._currency)]
        for words, amount in sums:
            button = _quick_button(words, self._sums)
            button.clicked.connect(lambda _checked=False, amount=amount: self._on_sum(amount))
        for note in banknotes(self._currency):
            button = _quick_button(f"+ {shown_short_amount(note, self._currency)}", self._notes)
            button.clicked.connect(lambda _checked=False, note=note: self._on_note(note))

    def _say(self, sentence: str, *, wrong: bool) -> None:
        self.note.setText(sentence)
        set_tone(self.note, "danger" if wrong else "")
        set_look(self.field, "wrong", "true" if wrong else "false")

    def _on_sum(self, amount_minor: int) -> None:
        self.field.entry.choose(amount_minor)
        self.field.show_entry()

    def _on_note(self, note_minor: int) -> None:
        self.field.entry.add_note(note_minor)
        self.field.show_entry()

    def _on_changed(self) -> None:
        entry = self.field.entry
        self._change_caption.setText(self.tr("Change due"))
        try:
            given = self._total if entry.empty else entry.amount_minor()
        except InvalidAmount as error:
            self._say(spoken_error(error), wrong=True)
            self.change.show_text("\N{EN DASH}", "faint")
        else:
            self._say(self.tr("Enter takes the exact amount.") if entry.empty else "", wrong=False)
            if given < self._total:
                missing = shown_amount(self._total - given, self._currency)
                self._change_caption.setText(self.tr("Not enough yet"))
                self.change.show_text(self.tr("{0} short").format(missing), "warn")
            else:
                back = given - self._total
                self.change.show_text(shown_amount(back, self._currency), "ok" if back else "faint")
        self.changed.emit()


def banknotes(currency: str) -> tuple[int, ...]:
    """Return the banknotes that a drawer sees most, the smallest first."""
    digits = exponent(currency)
    whole = _NOTES.get(currency, tuple(note * 100 for note in _USUAL) if digits == 0 else _USUAL)
    return tuple(note * 10**digits for note in whole)


def round_sums(total_minor: int, currency: str) -> tuple[int, ...]:
    """Return the next sums that notes can make above a total, at most three: 158.44 gives 160.00 and 200.00."""
    sums = {-(-total_minor // note) * note for note in banknotes(currency)} - {total_minor}
    return tuple(sorted(sums)[:_MOST_SUMS])


def _quick_button(words: str, box: QHBoxLayout) -> QPushButton:
    button = text_button(words, variant="tool")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.addWidget(button)
    return button


def _delete(item: QLayoutItem) -> None:
    widget = item.widget()
    if widget is not None:
        widget.hide()
        widget.deleteLater()


def _caption(words: str) -> QLabel:
    return text_label(words, "strong", tone="muted")
