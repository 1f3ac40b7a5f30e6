"""Pick-up slips on paper, or as a file where there is no printer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import grouped
from pos_app.domain.errors import PosError, PrintFailed
from pos_app.domain.sentences import say
from pos_app.ui.open_document import open_document
from pos_app.ui.words.messages import Level, Message, failure_message, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.page import OrderPage
    from pos_app.flows.print_slips import PrintedSlip
    from pos_app.ui.screens.orders.reservations.operations import ReservationOperations


class Slips(QObject):
    """Sets slips and sends them to the printer; one that does not come out can be printed again, or opened.

    Signals: said(Message): what became of it.
    """

    said = Signal(object)

    def __init__(self, screen: QWidget, operations: ReservationOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations

    def print_slip_of(self, order: OrderPage) -> None:
        """Print the slip of an order as it is now."""
        self.print_slip(order.order_id)

    def print_slip(self, order_id: int) -> None:
        """Print the slip of an order as it is now."""
        self._operations.slip(self._screen, order_id).then(
            self._on_set, lambda error: self.said.emit(message_for(error))
        )

    def _on_set(self, printed: PrintedSlip) -> None:
        if not self._operations.printer:
            self._say_saved(printed)
            return
        self._operations.print_out(self._screen, printed).then(
            lambda _done: self._say_printed(printed), lambda error: self._on_print_failed(printed, error)
        )

    def _say_printed(self, printed: PrintedSlip) -> None:
        words = self.tr("The slip of {0} is printed on {1}.")
        words = words.format(grouped(printed.order_number), self._operations.printer)
        self.said.emit(Message(words, "", Level.OK))

    def _on_print_failed(self, printed: PrintedSlip, error: Exception) -> None:
        """The reservation stands: offer to print it once more."""
        told = failure_message(error, lambda: self._on_set(printed), self.tr("The reservation stands."))
        self.said.emit(told)

    def _say_saved(self, printed: PrintedSlip) -> None:
        open_words = self.tr("Open PDF")
        if printed.path is None:
            room = say("The reservation stands. Make room, then print again.")
            self.said.emit(message_for(PrintFailed(printed.unkept, advice=room)))
        elif printed.unkept:
            advice = self.tr("It is kept only until this computer is switched off: open and print it now.")
            told = Message(spoken(printed.unkept), advice, Level.WARNING, open_words)
            self.said.emit(replace(told, on_action=lambda: self._open_pdf(printed)))
        else:
            words = self.tr("Saved as {0}. This till has no ticket printer.").format(printed.path.name)
            self.said.emit(Message(words, "", Level.OK, open_words, lambda: self._open_pdf(printed)))

    def _open_pdf(self, printed: PrintedSlip) -> None:
        if printed.path is None:
            return
        try:
            open_document(printed.path)
        except PosError as error:
            self.said.emit(message_for(error))
