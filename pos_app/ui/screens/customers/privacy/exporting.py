"""All that is known of a customer, written to a file that a person chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.ui import save_file
from pos_app.ui.screens.customers.kind import customer_name
from pos_app.ui.screens.customers.privacy.export_sheet import ExportSheet
from pos_app.ui.words.messages import Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.customers.privacy import KnownOfCustomer
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.ui.screens.customers.operations import CustomerOperations

_SLOW_MS: Final = 1_000


class Exporting(QObject):
    """Asks what kind of file and where, collects, and writes. Signals: said(Message): how far it is."""

    said = Signal(object)

    def __init__(self, page: QWidget, operations: CustomerOperations) -> None:
        super().__init__(page)
        self._page = page
        self._operations = operations
        self._name = ""
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._say_slow)

    def ask(self, record: CustomerRecord) -> ExportSheet:
        """Ask what kind of file."""
        sheet = ExportSheet(self._page, record)
        sheet.pdf_chosen.connect(lambda: self._export(record, "pdf", save_file.PDF, self._operations.as_pdf))
        sheet.json_chosen.connect(lambda: self._export(record, "json", save_file.JSON, self._operations.as_json))
        sheet.open()
        return sheet

    def _export(self, record: CustomerRecord, ending: str, kind: str, make: Callable[[KnownOfCustomer], bytes]) -> None:
        title = self.tr("Export all that is known of {0}").format(customer_name(record))
        # The name of a file is seen by whoever looks over a shoulder: it bears a number.
        path = save_file.ask_path(self._page, title, f"customer-{record.customer_id}.{ending}", kind)
        if not path:
            return
        self._name = customer_name(record)
        self._slow.start()
        done = self.tr("All that is known of {0} was exported.").format(self._name)
        self._operations.known(self, record.customer_id).then(
            lambda known: save_file.write_file(
                self._page, self._operations.background, path, lambda: make(known), done, self._say
            ),
            lambda error: self._say(message_for(error)),
        )

    def _say_slow(self) -> None:
        self.said.emit(Message(self.tr("Collecting all that is known of {0}…").format(self._name)))

    def _say(self, message: Message) -> None:
        self._slow.stop()
        self.said.emit(message)
