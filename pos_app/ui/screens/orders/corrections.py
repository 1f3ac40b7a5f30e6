"""Printing tickets anew and taking an order back: the questions, the request, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import grouped, new_request_id
from pos_app.ui.screens.orders.give_back_sheet import GiveBackSheet
from pos_app.ui.widgets.sheets.reason import Reason, ReasonSheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.selling.sales import OrderDetail, VoidedOrder
    from pos_app.flows.print_tickets import PrintedTickets
    from pos_app.ui.screens.orders.operations import OrderOperations


class Corrections(QObject):
    """Leads one reprint or one void from the question to its end. A sheet stays open until its request went through.

    Signals:
        reprinted(PrintedTickets): set anew, not yet printed.
        voided(VoidedOrder): taken back; the sheet with the amount is open.
        said(Message): something for the person whose sheet is closed already.
    """

    reprinted = Signal(object)
    voided = Signal(object)
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.sheet: ReasonSheet | None = None
        self._open_voids: dict[int, str] = {}

    def ask_reprint(self, order: OrderDetail, ticket_ids: tuple[int, ...]) -> None:
        """Ask why these tickets are printed anew, and do it."""
        tickets, number = len(ticket_ids), grouped(order.summary.number)
        sheet = ReasonSheet(
            self._screen,
            spoken_count(
                "Print {count} ticket of {order} anew", "Print {count} tickets of {order} anew", tickets, order=number
            ),
            self.tr("The paper printed before is void from then on: only the new print opens the door."),
            choices=(self.tr("Paper jam"), self.tr("Lost by the customer"), self.tr("Wrong paper")),
            yes=spoken_count("Reprint {count} ticket", "Reprint {count} tickets", tickets),
        )
        request_id = new_request_id()
        sheet.given.connect(
            lambda reason: self._operations.reprint(self._screen, ticket_ids, request_id, reason.text).then(
                lambda printed: self._on_reprinted(sheet, printed), lambda error: self._on_refused(sheet, error)
            )
        )
        self._open(sheet)

    def ask_void(self, order: OrderDetail) -> None:
        """Ask why the order is taken back and which manager allows it, and do it."""
        summary = order.summary
        sheet = ReasonSheet(
            self._screen,
            self.tr("Void order {0}").format(grouped(summary.number)),
            self._what_is_lost(order),
            choices=(
                self.tr("Wrong performance"),
                self.tr("Wrong seats"),
                self.tr("Changed their mind"),
                self.tr("Wrong payment"),
            ),
            yes=self.tr("Void the order"),
            manager=True,
            danger=True,
        )
        # Asked for once more after its answer was lost, it is the same request, and is told the amount to give back.
        request_id = self._open_voids.setdefault(summary.order_id, new_request_id())

        def voided(order: VoidedOrder) -> None:
            self._open_voids.pop(summary.order_id, None)
            self._on_voided(sheet, order)

        def send(reason: Reason) -> None:
            self._operations.void(
                self._screen, summary.order_id, request_id, reason.text, reason.manager, reason.pin
            ).then(voided, lambda error: self._on_refused(sheet, error))

        sheet.given.connect(send)
        self._open(sheet)

    def _what_is_lost(self, order: OrderDetail) -> str:
        summary = order.summary
        amount = shown_amount(summary.total_minor, summary.currency)
        back = payment_words(summary.method).goes_back.format(amount)
        what = spoken_count(
            "{count} ticket for {title} becomes void, and its seat is on sale again.",
            "{count} tickets for {title} become void, and their seats are on sale again.",
            summary.tickets,
            title=summary.title,
        )
        return f"{what} {back}".strip()

    def _open(self, sheet: ReasonSheet) -> None:
        self.sheet = sheet
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def _on_closed(self) -> None:
        self.sheet = None

    def _on_reprinted(self, sheet: ReasonSheet, printed: PrintedTickets) -> None:
        if isValid(sheet):
            sheet.close_sheet()
        self.reprinted.emit(printed)

    def _on_voided(self, sheet: ReasonSheet, voided: VoidedOrder) -> None:
        if isValid(sheet):
            sheet.close_sheet()
        self.voided.emit(voided)
        GiveBackSheet(self._screen, voided).open()

    def _on_refused(self, sheet: ReasonSheet, error: Exception) -> None:
        """Keep what was typed in the sheet; one that was closed meanwhile leaves a message behind."""
        message = message_for(error)
        if isValid(sheet) and sheet.is_open:
            sheet.show_problem(message.sentence)
        else:
            self.said.emit(Message(message.text, message.advice, Level.ERROR))
