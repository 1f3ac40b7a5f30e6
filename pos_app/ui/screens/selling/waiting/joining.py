"""A party put on the waiting list of the performance that is open."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import WaitingRefused
from pos_app.domain.waiting.entries import JoinRequest
from pos_app.ui.screens.selling.waiting.join_sheet import JoinSheet
from pos_app.ui.screens.selling.waiting.joined_sheet import JoinedSheet
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.waiting.entries import QueueEntry
    from pos_app.domain.waiting.rows import WaitingPage
    from pos_app.ui.customers.source import CustomerSource
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.waiting.wants import Wanted
    from pos_app.ui.waiting.source import WaitingSource


class Joining(QObject):
    """Asks who waits and for what, and tells the place. What is asked again after a silence is the same request.

    Signals: joined(): somebody waits now. offer_asked(int): what was offered at once is to be sold. said(Message).
    """

    joined = Signal()
    offer_asked = Signal(int)
    said = Signal(object)

    def __init__(self, screen: QWidget, source: WaitingSource, customers: CustomerSource, hold: BasketHold) -> None:
        super().__init__(screen)
        self._screen = screen
        self._source = source
        self._customers = customers
        self._hold = hold
        self._performance_id = 0
        self._asked: Wanted | None = None
        self._request_id = ""
        self.sheet: JoinSheet | None = None
        self.told: JoinedSheet | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it is asked who waits."""
        return self.sheet is not None and isValid(self.sheet) and self.sheet.is_open

    def ask(self, performance_id: int) -> None:
        """Open the sheet for a performance."""
        if self.is_open:
            return
        self._performance_id, self._asked = performance_id, None
        basket = self._hold.basket
        self.sheet = sheet = JoinSheet(self._screen, self._customers, basket.customer_name, basket.customer)
        sheet.wanted.connect(self._join)
        sheet.page_asked.connect(self._read)
        sheet.closed.connect(self._on_closed)
        sheet.open()
        self._read()

    def _read(self) -> None:
        if (sheet := self.sheet) is not None:
            self._source.page(sheet, self._performance_id).then(sheet.show_page, sheet.show_no_page)

    def _on_closed(self) -> None:
        self.sheet = None

    def _join(self, wanted: Wanted) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        if wanted != self._asked:
            self._asked, self._request_id = wanted, new_request_id()
        request = JoinRequest(self._request_id, self._performance_id, **asdict(wanted))
        sheet.show_busy()
        self._source.join(self, request).then(self._on_joined, self._on_refused)

    def _on_refused(self, error: Exception) -> None:
        if (sheet := self.sheet) is not None:
            sheet.show_error(error)
            if isinstance(error, WaitingRefused):
                # Somebody may have been faster: for what this customer waits already is told with it.
                self._source.page(sheet, self._performance_id).then(sheet.show_page, lambda _error: None)

    def _on_joined(self, entry: QueueEntry) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self.joined.emit()
        words = self.tr("{0} is on the waiting list, code {1}.").format(entry.customer_name, entry.code)
        plain = Message(words, "", Level.OK)
        self._source.page(self, entry.performance_id).then(
            lambda page: self._tell(page, entry, plain), lambda _error: self.said.emit(plain)
        )

    def _tell(self, page: WaitingPage, entry: QueueEntry, plain: Message) -> None:
        row = next((one for one in page.rows if one.entry.entry_id == entry.entry_id), None)
        if row is None:
            self.said.emit(plain)
            return
        self.told = sheet = JoinedSheet(self._screen, page, row)
        sheet.offer_asked.connect(self.offer_asked)
        sheet.open()
