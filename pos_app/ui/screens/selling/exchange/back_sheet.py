"""The sheet that settles an exchange for which the customer pays nothing, or asks why before money is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.codes import grouped
from pos_app.domain.errors import InvalidInput
from pos_app.domain.payments.giving_back import is_paid_at_once
from pos_app.domain.selling.sales import LONGEST_NAME
from pos_app.domain.texts import clean_line
from pos_app.ui.screens.selling.exchange.words import parts_words
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.labels import say, set_look, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.orders.exchanges import ExchangePreview
    from pos_app.ui.widgets.sheets.reason import Reason

_WIDTH = 560


@dataclass(frozen=True, slots=True)
class Answer:
    """reason: why it is exchanged. reference: of the card terminal by which money went back, "" for later."""

    reason: str
    reference: str = ""


class ExchangeSheet(ReasonSheet):
    """Shows what goes back, and how, and asks why; it stays open until the exchange is made.

    Signals: answered(Answer). given(Reason) is the sheet's own.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget, number: str, preview: ExchangePreview, choices: Sequence[str]) -> None:
        title = parent.tr("Exchange for order {0}").format(grouped(number))
        super().__init__(parent, title, choices=choices, yes="", width=_WIDTH)
        self._preview = preview
        self.reference_field = QLineEdit(
            placeholderText=self.tr("Reference of the card terminal (empty: give back later)")
        )
        bound_line(self.reference_field, LONGEST_NAME)
        self.reference_field.setAccessibleName(self.tr("Reference of the card terminal"))
        self._is_by_card = is_paid_at_once(preview.parts, "-") and not is_paid_at_once(preview.parts, "")
        self.reference_field.setVisible(self._is_by_card)
        self.reference_field.textChanged.connect(self._on_reference)
        self.told = text_label("", wrap=True)
        self.body.insertWidget(0, self._summary(preview))
        self.body.insertWidget(self.body.indexOf(self.reason_field) + 1, self.reference_field)
        self.given.connect(self._on_given)
        self._show_what_happens()

    def _show_what_happens(self) -> None:
        """Say what becomes of the money as the sheet is filled in now."""
        preview, reference = self._preview, self._reference
        say(self.told, "\n".join(parts_words(preview.parts, preview.currency, reference)))
        amount = shown_amount(abs(preview.difference_minor), preview.currency)
        stays_due = not is_paid_at_once(preview.parts, reference)
        caption, yes = self.tr("Nothing to pay"), self.tr("Exchange")
        if stays_due:
            caption = self.tr("Still to be given back")
        elif preview.difference_minor < 0:
            caption, yes = self.tr("To give back"), self.tr("Exchange and give back {0}").format(amount)
        elif preview.difference_minor:
            caption, yes = self.tr("To pay"), self.tr("Go on to pay {0}").format(amount)
        self._caption.setText(caption)
        self.yes.set_words(yes)

    @property
    def _reference(self) -> str:
        return clean_line(self.reference_field.text(), LONGEST_NAME) if self._is_by_card else ""

    def _on_reference(self) -> None:
        set_look(self.reference_field, "wrong", "false")
        self._show_what_happens()

    def _summary(self, preview: ExchangePreview) -> QWidget:
        summary = QWidget()
        grid = QGridLayout(summary)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        rows = [(self.tr("Old tickets"), preview.old_minor), (self.tr("New tickets"), preview.new_minor)]
        if preview.fee_minor:
            rows.append((self.tr("Exchange fee"), preview.fee_minor))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at, (name, amount) in enumerate(rows):
            grid.addWidget(text_label(name, "muted"), at, 0)
            grid.addWidget(text_label(shown_amount(amount, preview.currency), "strong"), at, 1, right)
        at = len(rows)
        difference = shown_amount(abs(preview.difference_minor), preview.currency)
        self._caption = text_label("", "heading")
        grid.addWidget(self._caption, at, 0)
        grid.addWidget(text_label(difference, "heading"), at, 1, right)
        for label in (self.told, *(text_label(words, wrap=True) for words in map(spoken, preview.why))):
            at += 1
            grid.addWidget(label, at, 0, 1, 2)
        return summary

    def _on_given(self, reason: Reason) -> None:
        reference = self._reference
        try:
            refuse_card_number(reference, "reference")
        except InvalidInput as error:
            hide_card_numbers(self.reference_field)
            self.show_refusal(error)
            set_look(self.reference_field, "wrong", "true")
            self.reference_field.setFocus()
            return
        self.answered.emit(Answer(reason.text, reference))
