"""Many codes at once: making them, and writing them to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.services.promo_codes.batches import export_batch, make_batch
from pos_app.ui import save_file
from pos_app.ui.screens.admin.promo_codes.batch_sheet import BatchSheet
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.promo_codes.records import PromoBatch, PromoDraft, PromoRecord
    from pos_app.ui.office import Office


class Batches(QObject):
    """Makes batches of codes and exports them. page: over it the questions are asked.

    Signals: made(tuple): these codes were made. said(Message): what became of an export.
    """

    made = Signal(object)
    said = Signal(object)

    def __init__(self, page: QWidget, office: Office) -> None:
        super().__init__(page)
        self._page = page
        self._office = office

    def ask(self, rule: PromoDraft) -> BatchSheet:
        """Ask what a batch of this rule is to look like, and make it."""
        sheet = BatchSheet(self._page, rule)
        sheet.given.connect(lambda batch: self._make(sheet, batch))
        sheet.open()
        return sheet

    def export(self, batch: str) -> None:
        """Write the codes of a batch to a file of the manager's choice."""
        path = save_file.ask_path(self._page, self.tr("Export the codes"), f"{batch}.csv", save_file.CSV)
        if path:
            self._office.write(self, export_batch, batch).then(
                lambda content: self._write(path, content), lambda error: self.said.emit(message_for(error))
            )

    def _make(self, sheet: BatchSheet, batch: PromoBatch) -> None:
        def done(codes: Sequence[PromoRecord]) -> None:
            sheet.close_sheet()
            self.made.emit(codes)

        self._office.write(self, make_batch, batch).then(done, sheet.show_refusal)

    def _write(self, path: str, content: bytes) -> None:
        done = self.tr("The codes were exported.")
        save_file.write_file(self._page, self._office.background, path, lambda: content, done, self.said.emit)
