"""A customer is erased once it was told what that means, and the name was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import new_request_id
from pos_app.ui.screens.customers.privacy.erase_sheet import EraseSheet
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.lists import following, listed
from pos_app.ui.words.messages import Level, Message, failure_message, message_for
from pos_app.ui.words.sentences import shown_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.customers.privacy import ErasurePreview
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.flows.erase_customer import ErasedHere
    from pos_app.ui.screens.customers.operations import CustomerOperations


class Erasing(QObject):
    """Tells what an erasure would do, and does it; of one who was erased elsewhere, what lies on this computer.

    Signals: said(Message): why not. erased(int, Message): the number, and what is still to be done.
    """

    said = Signal(object)
    erased = Signal(int, object)

    def __init__(self, page: QWidget, operations: CustomerOperations) -> None:
        super().__init__(page)
        self._page = page
        self._operations = operations

    def ask(self, record: CustomerRecord) -> None:
        """Ask, once it is known what it would do."""
        if record.erased_at is not None:
            self._ask_here(record.customer_id)
            return
        self._operations.preview_erasure(self, record.customer_id).then(
            self._ask, lambda error: self.said.emit(message_for(error))
        )

    def _ask(self, preview: ErasurePreview) -> None:
        sheet = EraseSheet(self._page, preview)
        request_id = new_request_id()

        def done(here: ErasedHere) -> None:
            sheet.close_sheet()
            self._tell(here)

        def erase() -> None:
            answer = self._operations.erase(self, preview.customer.customer_id, request_id)
            answer.then(done, sheet.show_refusal)

        sheet.confirmed.connect(erase)
        sheet.open()

    def _ask_here(self, customer_id: int) -> None:
        sheet = confirm(
            self._page,
            self.tr("Remove what lies on this computer of customer {0}?").format(customer_id),
            self.tr("The customer is erased already. Each computer of the house does this by itself; here, at once."),
            yes=self.tr("Remove it"),
            lost=(self.tr("Printed tickets of the orders, and names in notes of baskets."),),
        )
        sheet.confirmed.connect(lambda: self._erase_here(customer_id))

    def _erase_here(self, customer_id: int) -> None:
        self._operations.erase(self, customer_id, new_request_id()).then(
            self._tell, lambda error: self.said.emit(failure_message(error, lambda: self._erase_here(customer_id)))
        )

    def _tell(self, here: ErasedHere) -> None:
        number = here.erased.customer_id
        words = self.tr("Customer {0} is erased: nothing personal is known any more.").format(number)
        left = self.tr("These files could not be changed; remove them by hand: {0}.")
        advice = following(
            left.format(listed(map(shown_path, here.left))) if here.left else "",
            ""
            if here.is_wiped
            else self.tr(
                "Another window is at work in the database of this computer, whose file may still hold old words. Close"
                " it, then do this once more."
            ),
        )
        self.erased.emit(number, Message(words, advice, Level.WARNING if advice else Level.OK))
