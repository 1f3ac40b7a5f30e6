"""How much money the customer gets back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame

from pos_app.domain.codes import grouped
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import FittedLabel, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.payments import payment_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.selling.sales import VoidedOrder


class GiveBackSheet(Sheet):
    """Says the amount in large; Enter closes it. No signals of its own."""

    def __init__(self, parent: QWidget, voided: VoidedOrder) -> None:
        title = QCoreApplication.translate("GiveBackSheet", "Order {0} is void").format(grouped(voided.number))
        super().__init__(parent, title, width=560)
        how = payment_words(voided.method).given_back
        middle = Qt.AlignmentFlag.AlignHCenter
        self.amount = FittedLabel(shown_amount(voided.refund_minor, voided.currency), 72, align=middle)
        well = QFrame()
        well.setProperty("role", "well")
        caption, way = text_label(self.tr("Give back"), "strong", tone="muted"), text_label(how, "strong")
        column((caption, 0, middle), self.amount, (way, 0, middle), inside=well, margins=(18, 16, 18, 16), spacing=2)
        self.body.addWidget(well)
        self.body.addWidget(
            text_label(self.tr("Its tickets open no door any more, and their places are on sale again."), wrap=True)
        )
        self.done = self.add_button(self.tr("Done"), "Return", variant="primary", size="large")
        self.done.setMinimumWidth(180)
        self.done.clicked.connect(self.close_sheet)
