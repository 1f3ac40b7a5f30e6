"""The way from one customer to a merge with another: choose, compare, confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import new_request_id
from pos_app.ui.screens.customers.merge.choosing_sheet import MergeChoosingSheet
from pos_app.ui.screens.customers.merge.comparing_sheet import ComparingSheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.customers.merging import MergePreview
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.ui.screens.customers.operations import CustomerOperations


class Merging(QObject):
    """Asks with whom, shows both side by side, and merges.

    Signals: merged(CustomerRecord, int): the one who is kept, as it is stored now, and the number that went.
    """

    merged = Signal(object, int)

    def __init__(self, page: QWidget, operations: CustomerOperations) -> None:
        super().__init__(page)
        self._page = page
        self._operations = operations

    def ask(self, record: CustomerRecord) -> MergeChoosingSheet:
        """Ask with whom."""
        sheet = MergeChoosingSheet(self._page, self._operations, record)

        def chosen(other_id: int) -> None:
            preview = self._operations.preview_merge(self, record.customer_id, other_id)
            preview.then(lambda told: self._compare(sheet, told), sheet.show_refusal)

        sheet.chosen.connect(chosen)
        sheet.open()
        return sheet

    def _compare(self, choosing: MergeChoosingSheet, preview: MergePreview) -> None:
        choosing.let_choose()
        sheet = ComparingSheet(self._page, preview)
        # However often it is confirmed, two are merged once; the other way round is another merge.
        requests = {True: new_request_id(), False: new_request_id()}

        def merge(kept_id: int, other_id: int) -> None:
            def merged(stored: CustomerRecord) -> None:
                sheet.close_sheet()
                choosing.close_sheet()
                self.merged.emit(stored, other_id)

            answer = self._operations.merge(self, kept_id, other_id, requests[kept_id < other_id])
            answer.then(merged, sheet.show_refusal)

        def turn(kept_id: int, other_id: int) -> None:
            answer = self._operations.preview_merge(self, kept_id, other_id)
            answer.then(sheet.show_preview, sheet.show_refusal)

        sheet.confirmed.connect(merge)
        sheet.turned.connect(turn)
        sheet.open()
