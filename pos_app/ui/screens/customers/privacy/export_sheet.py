"""As what kind of file all that is known of a customer is handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.ui.screens.customers.kind import customer_name
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.customers.records import CustomerRecord

_WIDTH: Final = 620


class ExportSheet(Sheet):
    """Two kinds of file. Signals: pdf_chosen(), json_chosen()."""

    pdf_chosen = Signal()
    json_chosen = Signal()

    def __init__(self, parent: QWidget, record: CustomerRecord) -> None:
        title = self.tr("Export all that is known of {0} (number {1})").format(
            customer_name(record), record.customer_id
        )
        super().__init__(parent, title, width=_WIDTH)
        self.body.addWidget(
            text_label(
                self.tr(
                    "Orders, payments, tickets, visits, letters and what is written beside the audit. Give the file to"
                    " nobody but this customer."
                ),
                wrap=True,
            )
        )
        self.pdf_button = self.add_button(self.tr("PDF, to read"), "Return", variant="primary")
        self.json_button = self.add_button(self.tr("JSON, for machines"), "Ctrl+J")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.pdf_button.clicked.connect(self._on_pdf)
        self.json_button.clicked.connect(self._on_json)
        self.no.clicked.connect(self.cancel)

    def _on_pdf(self) -> None:
        self.close_sheet()
        self.pdf_chosen.emit()

    def _on_json(self) -> None:
        self.close_sheet()
        self.json_chosen.emit()
