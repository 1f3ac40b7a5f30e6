"""Nothing to pay: one question, no money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.ui.screens.selling.payment.panes.base import PaymentPane
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import FittedLabel, text_label
from pos_app.ui.words.amounts import shown_amount

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FreePane(PaymentPane):
    """Says that there is nothing to pay. No signals of its own."""

    method = PaymentMethod.FREE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.amount = FittedLabel(pixels=56)
        self.why = text_label("", "strong", wrap=True)
        words = self.tr("There is nothing to pay. The seats count as sold, free of charge.")
        column(self.amount, self.why, text_label(words, "body", wrap=True), inside=self, spacing=4)

    def warn(self, doubt: str) -> None:
        """Ask about what nothing is to be paid for now."""
        self.why.setText(doubt)

    def explain(self, why: str) -> None:
        """Say why nothing is to be paid."""
        self.why.setText(why)

    def ask(self, total_minor: int, currency: str) -> None:
        """Begin; the total is nothing."""
        self.amount.show_text(shown_amount(total_minor, currency))

    def tender(self) -> Tender:
        """Return a payment of nothing."""
        return Tender(self.method, 0)

    def words_to_confirm(self) -> str:
        """Return what the button says."""
        return self.tr("Give the tickets")
