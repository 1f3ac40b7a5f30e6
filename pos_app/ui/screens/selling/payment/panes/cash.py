"""Cash: what is to pay, what was given, what goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from pos_app.domain.currencies import exponent
from pos_app.domain.errors import InvalidAmount, PaymentRefused, PosError
from pos_app.domain.selling.banknotes import banknotes, is_unlikely, round_sums
from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.domain.sentences import Money, say
from pos_app.ui.screens.selling.payment.panes.base import PaymentPane
from pos_app.ui.screens.selling.payment.panes.cash_field import CashField
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.digit_pad import DigitPad
from pos_app.ui.widgets.labels import FittedLabel, set_look, set_tone, text_label
from pos_app.ui.words.amounts import decimal_separator, shown_amount, shown_number, shown_short_amount
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QLayoutItem, QVBoxLayout

_LEFT: Final = 330
_CENTS: Final = 2
_SHORT_NOTE: Final = 6
_LONG_NOTE: Final = 100_000
_FEW_NOTES: Final = 4


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
        self.pad.typed.connect(self.field.type_key)
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
        self._name_corner()

    def count_in_cents(self, in_cents: bool) -> None:  # noqa: FBT001 - a plain state
        """Let digits alone be cents, as the house has decided, or whole units."""
        self.field.count_in_cents(in_cents)
        self._name_corner()

    def tender(self) -> Tender:
        """Return what was given; nothing typed is the exact amount. Raises InvalidAmount, PaymentRefused."""
        given = self._total if self.field.entry.empty else self.field.entry.amount_minor()
        if given < self._total:
            raise PaymentRefused(
                say("That is {amount} short.", amount=Money(self._total - given, self._currency)),
                advice=say("Ask for the rest, or take a card."),
            )
        return Tender(self.method, self._total, given)

    def doubt(self, tender: Tender) -> str:
        """Ask about a sum that nobody would hand over."""
        given = tender.tendered_minor or 0
        if not is_unlikely(given, self._total, self._currency):
            return ""
        words = self.tr("{0} given for {1}: is that right? Enter once more takes it, and {2} go back.")
        parts = given, self._total, tender.change_minor
        return words.format(*(shown_amount(part, self._currency) for part in parts))

    def refuse(self, error: PosError) -> None:
        """Say at the field what is wrong with it."""
        self._say(spoken_error(error), "danger")
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

    def warn(self, doubt: str) -> None:
        """Ask at the field about what is in it."""
        self._say(doubt, "warn")
        self.take_keyboard()

    def _name_corner(self) -> None:
        """The separator stands at the lower left where one is typed; it is the one that each currency is read with."""
        digits = exponent(self._currency)
        point = "." if digits > _CENTS else decimal_separator()
        self.pad.set_corner(point if digits and not self.field.counts_cents else "00")

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
        sums += [(shown_short_amount(each, self._currency), each) for each in round_sums(self._total, self._currency)]
        for words, amount in sums:
            button = _quick_button(words, self._sums)
            button.clicked.connect(lambda _checked=False, amount=amount: self._on_sum(amount))
        for words, note in self._shown_notes():
            button = _quick_button(f"+ {words}", self._notes)
            button.clicked.connect(lambda _checked=False, note=note: self._on_note(note))

    def _shown_notes(self) -> list[tuple[str, int]]:
        """Return what stands on the buttons of the notes: the figures alone where there is no room for more."""
        notes, unit = banknotes(self._currency), 10 ** exponent(self._currency)
        signed = [shown_short_amount(note, self._currency) for note in notes]
        if max(map(len, signed)) <= _SHORT_NOTE:
            return list(zip(signed, notes, strict=True))
        fitting = notes if notes[-1] // unit < _LONG_NOTE else notes[-_FEW_NOTES:]
        return [(shown_number(note // unit), note) for note in fitting]

    def _say(self, sentence: str, tone: str = "") -> None:
        self.note.setText(sentence)
        set_tone(self.note, tone)
        set_look(self.field, "wrong", "true" if tone == "danger" else "false")

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
            self._say(spoken_error(error), "danger")
            self.change.show_text("\N{EN DASH}", "faint")
        else:
            self._say(self.tr("Enter takes the exact amount.") if entry.empty else "")
            if given < self._total:
                missing = shown_amount(self._total - given, self._currency)
                self._change_caption.setText(self.tr("Not enough yet"))
                self.change.show_text(self.tr("{0} short").format(missing), "warn")
            else:
                back = given - self._total
                unlikely = is_unlikely(given, self._total, self._currency)
                self.change.show_text(shown_amount(back, self._currency), _tone_of_change(back, unlikely=unlikely))
        self.changed.emit()


def _tone_of_change(back: int, *, unlikely: bool) -> str:
    if unlikely:
        return "warn"
    return "ok" if back else "faint"


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
