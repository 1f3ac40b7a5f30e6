"""Tickets of orders on paper: handed over for the first time, printed anew with a reason, looked at before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import grouped, new_request_id
from pos_app.domain.errors import NotFound, OrderChanged, PosError, PrintFailed
from pos_app.domain.sentences import say
from pos_app.ui.open_document import open_document
from pos_app.ui.pages import page_image
from pos_app.ui.screens.orders.printing.failed_prints import FailedPrints
from pos_app.ui.screens.orders.printing.reprint_words import what_becomes_void, what_is_reprinted
from pos_app.ui.widgets.sheets.preview import PreviewSheet
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.orders.page import OrderPage
    from pos_app.flows.print_tickets import PrintedTickets
    from pos_app.ui.screens.orders.operations import OrderOperations


class Prints(QObject):
    """Sets tickets, sends them to the printer, and lists those that did not come out.

    Signals: changed(): tickets count as printed once more. said(Message).
    """

    changed = Signal()
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self._handed_over: dict[int, str] = {}
        self.sheet: ReasonSheet | None = None
        self.failed = FailedPrints()
        self.failed.print_again_asked.connect(self.print_out)
        self.failed.open_asked.connect(self._open_pdf)

    def add_failed(self, printed: PrintedTickets | None, error: Exception) -> None:
        """List tickets that did not come out, for printing again; None: they could not even be set."""
        message = message_for(error)
        if printed is None:
            advice = self.tr("The sale stands. Choose the order and print it anew.")
            self.said.emit(replace(message, advice=advice, level=Level.WARNING))
        else:
            self.failed.add(printed, message.sentence)

    def drop_void(self, order: OrderPage) -> None:
        """Forget the prints of tickets that are void now, whoever changed the order; those of its others stay."""
        void = {line.ticket.ticket_id for line in order.lines if line.ticket and line.ticket.is_void}
        self._drop(void, self.tr("Other tickets of this order are void."))

    def hand_over(self, order: OrderPage) -> None:
        """Print what waits at the window: no reason is asked for, since it is no reprint."""
        request_id = self._handed_over.setdefault(order.order_id, new_request_id())

        def handed_over(printed: PrintedTickets) -> None:
            self._handed_over.pop(order.order_id, None)
            self._on_set_anew(printed)

        self._operations.hand_over(self._screen, order.order_id, request_id, order.revision).then(
            handed_over, self._on_refused
        )

    def ask_reprint(self, order: OrderPage, ticket_ids: Sequence[int]) -> None:
        """Ask why these tickets are printed anew, and do it; the other tickets of the order stay as they are."""
        ticket_ids = tuple(ticket_ids)
        sheet = ReasonSheet(
            self._screen,
            what_is_reprinted(order, ticket_ids),
            what_becomes_void(order, len(ticket_ids)),
            choices=(self.tr("Paper jam"), self.tr("Lost by the customer"), self.tr("Wrong paper")),
            yes=spoken_count("Reprint {count} ticket", "Reprint {count} tickets", len(ticket_ids)),
        )
        self.sheet = sheet
        request_id = new_request_id()
        sheet.given.connect(
            lambda reason: self._operations.reprint(
                self._screen, ticket_ids, request_id, reason.text, order.revision
            ).then(
                lambda printed: self._on_reprinted(sheet, printed),
                lambda error: self._on_reprint_refused(sheet, error),
            )
        )
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def print_new(self, ticket_ids: Sequence[int]) -> None:
        """Print tickets that a change has made: their first print."""
        self._operations.tickets(self._screen, ticket_ids).then(self._on_set_anew, self._on_problem)

    def preview(self, ticket_ids: Sequence[int]) -> None:
        """Show tickets as they were printed last."""
        self._operations.tickets(self._screen, ticket_ids).then(self._on_set, self._on_problem)

    def print_out(self, printed: PrintedTickets) -> None:
        """Send tickets that are set to the printer."""
        self._operations.print_out(self._screen, printed).then(
            lambda _done: self._on_printed(printed), lambda error: self.add_failed(printed, error)
        )

    def _on_reprinted(self, sheet: ReasonSheet, printed: PrintedTickets) -> None:
        if isValid(sheet):
            sheet.close_sheet()
        self._on_set_anew(printed)

    def _on_reprint_refused(self, sheet: ReasonSheet, error: Exception) -> None:
        """Keep what was typed in the sheet; one that was closed meanwhile leaves a message behind.

        Where the order is not as it was shown, the sheet goes with what it told of its tickets.
        """
        message = message_for(error)
        if isinstance(error, OrderChanged | NotFound) and isValid(sheet):
            sheet.close_sheet()
        if isValid(sheet) and sheet.is_open:
            sheet.show_message(message)
        else:
            self.said.emit(Message(message.text, message.advice, Level.ERROR))
        self.changed.emit()

    def _on_refused(self, error: Exception) -> None:
        self._on_problem(error)
        self.changed.emit()

    def _on_set_anew(self, printed: PrintedTickets) -> None:
        self._drop(
            {face.ticket_id for face in printed.faces}, self.tr("The other tickets of this order were printed anew.")
        )
        self.changed.emit()
        if self._operations.printer:
            self.print_out(printed)
        else:
            self._say_saved(printed)

    def _drop(self, void: set[int], why: str) -> None:
        """A print that never came out must not be printed any more once its codes are void; its other tickets must."""
        for listed in self.failed.printed:
            rest = [face.ticket_id for face in listed.faces if face.ticket_id not in void]
            if len(rest) == len(listed.faces):
                continue
            self.failed.remove(listed)
            if rest:
                self._operations.tickets(self._screen, rest).then(
                    lambda printed: self.failed.add(printed, why), self._on_problem
                )

    def _on_printed(self, printed: PrintedTickets) -> None:
        self.failed.remove(printed)
        words = spoken_count(
            "Printed on {printer}: {count} ticket of {order}.",
            "Printed on {printer}: {count} tickets of {order}.",
            len(printed.faces),
            printer=self._operations.printer,
            order=grouped(printed.order_number),
        )
        anew = any(face.issue_count > 1 for face in printed.faces)
        advice = self.tr("The paper printed before opens no door any more: tear it up.") if anew else ""
        self.said.emit(Message(words, advice, Level.OK))

    def _say_saved(self, printed: PrintedTickets) -> None:
        if printed.path is None or printed.unkept:
            self._say_unkept(printed)
            return
        words = self.tr("Saved as {0}. This till has no ticket printer.").format(printed.path.name)
        self.said.emit(Message(words, "", Level.OK, self.tr("Open PDF"), lambda: self._open_pdf(printed)))

    def _say_unkept(self, printed: PrintedTickets) -> None:
        """Say that tickets are not saved where they should be; where they lie for a while, they can be opened."""
        if printed.path is None:
            self._on_problem(PrintFailed(printed.unkept, advice=say("The order stands. Make room, then print again.")))
            return
        advice = self.tr("It is kept only until this computer is switched off: open and print it now.")
        told = Message(spoken(printed.unkept), advice, Level.WARNING, self.tr("Open PDF"))
        self.said.emit(replace(told, on_action=lambda: self._open_pdf(printed)))

    def _on_set(self, printed: PrintedTickets) -> None:
        self._operations.pages(self._screen, printed.pdf).then(
            lambda pages: self._show_pages(printed, pages), self._on_problem
        )

    def _show_pages(self, printed: PrintedTickets, pages: tuple[RasterPage, ...]) -> None:
        if not self._screen.isVisible():
            return
        sheet = PreviewSheet(self._screen, grouped(printed.order_number), [page_image(page) for page in pages])
        sheet.open_asked.connect(lambda: self._open_pdf(printed))
        sheet.open()

    def _open_pdf(self, printed: PrintedTickets) -> None:
        if printed.path is None:
            self._say_unkept(printed)
            return
        try:
            open_document(printed.path)
        except PosError as error:
            self._on_problem(error)

    def _on_problem(self, error: Exception) -> None:
        self.said.emit(message_for(error))

    def _on_closed(self) -> None:
        self.sheet = None
