"""A customer is erased once it was told what that means, and the name was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import new_request_id
from pos_app.ui.screens.customers.privacy.erase_sheet import EraseSheet
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.customers.privacy import ErasedCustomer, ErasurePreview
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.ui.screens.customers.operations import CustomerOperations


class Erasing(QObject):
    """Tells what an erasure would do, and does it. Signals: said(Message): why not. erased(ErasedCustomer)."""

    said = Signal(object)
    erased = Signal(object)

    def __init__(self, page: QWidget, operations: CustomerOperations) -> None:
        super().__init__(page)
        self._page = page
        self._operations = operations

    def ask(self, record: CustomerRecord) -> None:
        """Ask, once it is known what it would do."""
        self._operations.preview_erasure(self, record.customer_id).then(
            self._ask, lambda error: self.said.emit(message_for(error))
        )

    def _ask(self, preview: ErasurePreview) -> None:
        sheet = EraseSheet(self._page, preview)
        request_id = new_request_id()

        def done(erased: ErasedCustomer) -> None:
            sheet.close_sheet()
            self.erased.emit(erased)

        def erase() -> None:
            answer = self._operations.erase(self, preview.customer.customer_id, request_id)
            answer.then(done, sheet.show_refusal)

        sheet.confirmed.connect(erase)
        sheet.open()
