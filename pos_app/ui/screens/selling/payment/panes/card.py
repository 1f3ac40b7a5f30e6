"""Card: the amount for the terminal beside the till, and what ties the payment to its slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pos_app.domain.card_numbers import CardNumberRefused, refuse_card_number
from pos_app.domain.errors import InvalidInput
from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.ui.screens.selling.payment.panes.base import PaymentPane
from pos_app.ui.screens.selling.payment.panes.cash_field import LARGE_FIELD_STYLE
from pos_app.ui.widgets.boxes import Gap, column
from pos_app.ui.widgets.labels import FittedLabel, set_look, set_tone, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.scan_input import take_scans
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from pos_app.domain.errors import PosError

LONGEST_REFERENCE: Final = 40
USUAL_REFERENCE: Final = 4


class CardPane(PaymentPane):
    """The terminal does the paying; here stands what was approved. No signals of its own."""

    method = PaymentMethod.CARD

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self.amount = FittedLabel(pixels=72, align=Qt.AlignmentFlag.AlignHCenter)
        self.field = QLineEdit()
        bound_line(self.field, 4 * LONGEST_REFERENCE)
        take_scans(self.field, codes=True)
        self.field.setStyleSheet(LARGE_FIELD_STYLE)
        self.field.setAccessibleName(self.tr("Approval number or last four digits"))
        self.field.textChanged.connect(self._on_changed)
        self.note = text_label("", "muted", wrap=True)
        self.note.setMinimumHeight(36)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._well = well = QFrame()
        well.setProperty("role", "well")
        first = text_label(self.tr("Type this amount into the terminal"), "strong", tone="muted")
        centre = Qt.AlignmentFlag.AlignHCenter
        column((first, 0, centre), self.amount, inside=well, margins=(18, 16, 18, 14), spacing=2)
        caption = text_label(self.tr("Approval number or last four digits"), "strong", tone="muted")
        column(well, Gap(14), caption, self.field, self.note, inside=self, spacing=4)

    def ask(self, total_minor: int, currency: str) -> None:
        """Begin with a total in minor units."""
        self._total = total_minor
        self.amount.show_text(shown_amount(total_minor, currency))
        self._well.show()
        self.field.clear()
        self._on_changed()

    def ask_no_more(self) -> None:
        """Put the amount for the terminal out of sight: it must not be typed there."""
        self._well.hide()

    def tender(self) -> Tender:
        """Return the payment. Raises InvalidInput."""
        return Tender(self.method, self._total, reference=clean_reference(self.field.text()))

    def refuse(self, error: PosError) -> None:
        """Say at the field what is wrong with it; a card's number does not stay there."""
        if isinstance(error, CardNumberRefused):
            self.field.setText("")  # forgotten: undoing does not bring it back
        self.note.setText(spoken_error(error))
        set_tone(self.note, "danger")
        set_look(self.field, "wrong", "true")
        self.take_keyboard()

    def doubt(self, tender: Tender) -> str:
        """Ask about a reference that is shorter than the last four digits of a card."""
        if len(tender.reference) >= USUAL_REFERENCE:
            return ""
        words = self.tr("“{0}” is very short. If the slip shows no more, Enter once more takes it.")
        return words.format(tender.reference)

    def warn(self, doubt: str) -> None:
        """Ask at the field about what is in it."""
        self.note.setText(doubt)
        set_tone(self.note, "warn")
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard into the field."""
        self.field.setFocus()

    def words_to_confirm(self) -> str:
        """Return what the button says."""
        return self.tr("Card approved")

    def _on_changed(self) -> None:
        self.note.setText(self.tr("From the terminal's slip, once it says “approved”."))
        set_tone(self.note, "")
        set_look(self.field, "wrong", "false")
        self.changed.emit()


def clean_reference(text: str) -> str:
    """Return the reference as it is stored: one line, without control characters and halves of characters.

    Raises InvalidInput when there is nothing, too much, or what looks like the whole number of a card.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    words = "".join(letter if letter.isprintable() else " " for letter in whole).split()
    reference = clean_line(" ".join(words), len(text))
    if not reference:
        raise InvalidInput(say("Type the approval number or the last four digits of the card."), field="reference")
    refuse_card_number(reference, "reference")
    if len(reference) > LONGEST_REFERENCE:
        raise InvalidInput(
            say("That is {length} characters; {most} fit here.", length=len(reference), most=LONGEST_REFERENCE),
            field="reference",
        )
    return reference
