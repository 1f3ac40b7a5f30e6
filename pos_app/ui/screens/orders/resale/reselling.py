"""Tickets put on resale or taken off it, from the first tick to what the customer is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import OrderChanged
from pos_app.domain.orders.resale import ResaleBackRequest, ResaleRequest
from pos_app.ui.screens.orders.resale.sheet import ResaleSheet
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.orders.resale import ResaleAsk, ResaleDone, ResalePreview
    from pos_app.ui.screens.orders.operations import OrderOperations
    from pos_app.ui.screens.orders.resale.sheet import ResaleWish


class Reselling(QObject):
    """Leads it; the sheet stays open until it went through.

    Signals: done(): tickets are on resale, or are not any more. changed(): the order is not as it was shown.
    said(Message).
    """

    done = Signal()
    changed = Signal()
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.sheet: ResaleSheet | None = None
        self._requests: dict[tuple[int, ResaleWish], str] = {}

    def ask(self, order: OrderPage, ticked: Collection[int]) -> None:
        """Ask which tickets. ticked: lines that are chosen already."""
        sheet = ResaleSheet(self._screen, order, ticked)
        self.sheet = sheet
        sheet.asked.connect(lambda ask: self._reckon(sheet, ask))
        sheet.given.connect(lambda wish: self._go_on(sheet, wish))
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def show_order(self, order: OrderPage) -> None:
        """The picture of an order is newer."""
        if (
            self.sheet is not None
            and self.sheet.order.order_id == order.order_id
            and self.sheet.order.sign != order.sign
        ):
            self.sheet.show_order(order)

    def _reckon(self, sheet: ResaleSheet, ask: ResaleAsk) -> None:
        self._operations.preview_resale(sheet, ask).then(
            lambda preview: self._on_preview(sheet, preview),
            lambda error: sheet.show_unreckoned(message_for(error)),
        )

    def _on_preview(self, sheet: ResaleSheet, preview: ResalePreview) -> None:
        sheet.show_preview(preview)
        if preview.revision != sheet.order.revision:
            self.changed.emit()

    def _go_on(self, sheet: ResaleSheet, wish: ResaleWish) -> None:
        order = sheet.order
        # Asked for once more after its answer was lost, it is the same request.
        request_id = self._requests.setdefault((order.order_id, wish), new_request_id())
        asked = request_id, order.order_id, order.revision, wish.line_ids
        if wish.is_on:
            reply = self._operations.return_for_resale(
                self._screen, ResaleRequest(*asked, commission_minor=wish.commission_minor)
            )
        else:
            reply = self._operations.take_back_resale(self._screen, ResaleBackRequest(*asked))
        reply.then(lambda done: self._on_done(sheet, wish, done), lambda error: self._on_refused(sheet, error))

    def _on_done(self, sheet: ResaleSheet, wish: ResaleWish, done: ResaleDone) -> None:
        self._requests = {asked: made for asked, made in self._requests.items() if asked[1] != wish}
        if isValid(sheet):
            sheet.close_sheet()
        self.done.emit()
        self.said.emit(Message(spoken(done.sentence), "", Level.OK))

    def _on_refused(self, sheet: ResaleSheet, error: Exception) -> None:
        """Keep what was ticked in the sheet; one that was closed meanwhile leaves a message behind."""
        message = message_for(error)
        if isValid(sheet) and sheet.is_open:
            sheet.show_refusal(message)
        else:
            self.said.emit(Message(message.text, message.advice, Level.ERROR))
        if isinstance(error, OrderChanged):
            self.changed.emit()

    def _on_closed(self) -> None:
        self.sheet = None
