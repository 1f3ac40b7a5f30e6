"""Customer and note, and two guests who change places: from the question to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import grouped, new_request_id
from pos_app.domain.errors import OrderChanged
from pos_app.domain.orders.exchanges import DetailsRequest, SwapRequest
from pos_app.ui.screens.orders.changes.details_sheet import Details, DetailsSheet
from pos_app.ui.screens.orders.changes.swap_sheet import SwapSheet
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.exchanges import ExchangeDone
    from pos_app.domain.orders.page import OrderPage
    from pos_app.ui.screens.orders.operations import OrderOperations

Question: TypeAlias = "DetailsSheet | SwapSheet"


class Correcting(QObject):
    """Leads corrections without money; a sheet stays open until its request went through.

    A request names the revision of the picture that its sheet shows, whatever the screen behind it has read meanwhile.
    Signals: corrected(): customer, name or note are other ones. new_tickets(tuple): these were made, to be printed.
    changed(): the order is not as it was shown. said(Message).
    """

    corrected = Signal()
    new_tickets = Signal(object)
    changed = Signal()
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.sheet: Question | None = None
        self._is_stale = False
        self._swaps: dict[tuple[int, int], str] = {}

    def ask_details(self, order: OrderPage) -> None:
        """Ask for another customer, name or note."""
        sheet = DetailsSheet(self._screen, order, self._operations.customers)
        sheet.given.connect(lambda details: self._correct(sheet, details))
        self._open(sheet)

    def ask_swap(self, order: OrderPage, chosen: Collection[int]) -> None:
        """Ask who changes places. chosen: lines that are chosen already."""
        sheet = SwapSheet(self._screen, order, chosen)
        sheet.given.connect(lambda first, second: self._swap(sheet, (first, second)))
        self._open(sheet)

    def show_order(self, order: OrderPage) -> None:
        """A picture of an order was read. Words that somebody types stay as they are until the order refuses them."""
        sheet = self.sheet
        if sheet is None or sheet.order.order_id != order.order_id or sheet.order.revision == order.revision:
            return
        says_the_same = _details_of(sheet.order) == _details_of(order)
        if self._is_stale or says_the_same or isinstance(sheet, SwapSheet):
            self._is_stale = False
            sheet.show_order(order)

    def _open(self, sheet: Question) -> None:
        self.sheet = sheet
        self._is_stale = False
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def _correct(self, sheet: DetailsSheet, details: Details) -> None:
        order = sheet.order
        if details == _details_of(order):
            sheet.close_sheet()
            return
        wanted = details.customer_name, details.note, details.customer_id
        request = DetailsRequest(new_request_id(), order.order_id, order.revision, *wanted)
        self._operations.correct(self._screen, request).then(
            lambda _revision: self._on_corrected(sheet, order.number), lambda error: self._on_refused(sheet, error)
        )

    def _swap(self, sheet: SwapSheet, lines: tuple[int, int]) -> None:
        # Asked for once more after its answer was lost, it is the same request.
        request_id = self._swaps.setdefault(lines, new_request_id())
        request = SwapRequest(request_id, sheet.order.order_id, sheet.order.revision, *lines)

        def swapped(done: ExchangeDone) -> None:
            self._swaps.pop(lines, None)
            self._on_swapped(sheet, done)

        self._operations.swap(self._screen, request).then(swapped, lambda error: self._on_refused(sheet, error))

    def _on_corrected(self, sheet: DetailsSheet, number: str) -> None:
        if isValid(sheet):
            sheet.close_sheet()
        self.corrected.emit()
        self.said.emit(Message(self.tr("Customer and note of {0} are saved.").format(grouped(number)), "", Level.OK))

    def _on_swapped(self, sheet: SwapSheet, done: ExchangeDone) -> None:
        if isValid(sheet):
            sheet.close_sheet()
        words = self.tr("Two guests of {0} have changed places.").format(grouped(done.number))
        if done.waits:
            self.said.emit(Message(words, self.tr("Their new tickets wait at the window."), Level.OK))
            self.changed.emit()
            return
        advice = self.tr("Take their old tickets back: they open no door any more.")
        self.said.emit(Message(words, advice, Level.OK))
        self.new_tickets.emit(done.ticket_ids)

    def _on_refused(self, sheet: Question, error: Exception) -> None:
        """Keep what was typed in the sheet; one that was closed meanwhile leaves a message behind."""
        message = message_for(error)
        if isValid(sheet) and sheet.is_open:
            sheet.show_refusal(message)
        else:
            self.said.emit(Message(message.text, message.advice, Level.ERROR))
        if isinstance(error, OrderChanged):
            self._is_stale = True
            self.changed.emit()

    def _on_closed(self) -> None:
        self.sheet = None


def _details_of(order: OrderPage) -> Details:
    """Return what an order says of its customer."""
    return Details(order.customer_name, order.note, order.customer_id)
