"""Card: the amount for the terminal beside the till, and what ties the payment to its slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.ui.screens.selling.payment.panes.base import PaymentPane
from pos_app.ui.screens.selling.payment.panes.card_reference import clean_reference
from pos_app.ui.screens.selling.payment.panes.cash_field import LARGE_FIELD_STYLE
from pos_app.ui.widgets.labels import FittedLabel, set_look, set_tone, text_label
from pos_app.ui.words.amounts import shown_amount

if TYPE_CHECKING:
    from pos_app.domain.errors import PosError


class CardPane(PaymentPane):
    """The terminal does the paying; here stands what was approved. No signals of its own."""

    method = PaymentMethod.CARD

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self.amount = FittedLabel(pixels=72, align=Qt.AlignmentFlag.AlignHCenter)
        self.field = QLineEdit()
        self.field.setStyleSheet(LARGE_FIELD_STYLE)
        self.field.setAccessibleName(self.tr("Approval number or last four digits"))
        self.field.textChanged.connect(self._on_changed)
        self.note = text_label("", "muted", wrap=True)
        self.note.setMinimumHeight(36)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        well = QFrame()
        well.setProperty("role", "well")
        inside = QVBoxLayout(well)
        inside.setContentsMargins(18, 16, 18, 14)
        inside.setSpacing(2)
        first = text_label(self.tr("Type this amount into the terminal"), "strong", tone="muted")
        inside.addWidget(first, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self.amount)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(well)
        column.addSpacing(14)
        column.addWidget(text_label(self.tr("Approval number or last four digits"), "strong", tone="muted"))
        column.addWidget(self.field)
        column.addWidget(self.note)

    def ask(self, total_minor: int, currency: str) -> None:
        """Begin with a total in minor units."""
        self._total = total_minor
        self.amount.show_text(shown_amount(total_minor, currency))
        self.field.clear()
        self._on_changed()

    def tender(self) -> Tender:
        """Return the payment. Raises InvalidInput."""
        return Tender(self.method, self._total, reference=clean_reference(self.field.text()))

    def refuse(self, error: PosError) -> None:
        """Say at the field what is wrong with it."""
        self.note.setText(str(error))
        set_tone(self.note, "danger")
        set_look(self.field, "wrong", "true")
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
