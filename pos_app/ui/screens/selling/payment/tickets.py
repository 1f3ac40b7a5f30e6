"""The tickets of the sale that is shown: set, printed, opened, and how that goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import PosError, ServerUnreachable
from pos_app.ui.open_document import open_document
from pos_app.ui.screens.selling.payment.print_line import PrintStage
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from pos_app.documents.previews import RasterPage
    from pos_app.domain.selling.sales import Sale
    from pos_app.flows.print_tickets import PrintedTickets
    from pos_app.ui.screens.selling.payment.sale import PayDesk
    from pos_app.ui.screens.selling.payment.sold_panel import SoldPanel


class TicketDesk(QObject):
    """Brings the tickets of one sale to paper, and says on the sold panel how far they are.

    Signals:
        said(Message): something for the person.
        tickets_failed(PrintedTickets or None, Exception): to be printed again from the orders.
    """

    said = Signal(object)
    tickets_failed = Signal(object, object)

    def __init__(self, pay: PayDesk, panel: SoldPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._pay = pay
        self._panel = panel
        self._sale: Sale | None = None
        self._words = ""
        self._owed = False
        self.printed: PrintedTickets | None = None
        panel.print_asked.connect(self._on_print)
        panel.open_asked.connect(self._on_open)
        pay.tickets_set.connect(self._on_set)
        pay.tickets_sent.connect(self._on_sent)
        pay.tickets_printed.connect(self._on_printed)
        pay.tickets_failed.connect(self._on_failed)

    def begin(self, sale: Sale) -> None:
        """Set the tickets of a sale that was just made, and print them where there is a printer."""
        self._sale = sale
        self._words = ""
        self._pay.make_tickets(sale)

    def begin_again(self, sale: Sale, words: str) -> None:
        """Set the tickets of a sale that was made before, and say how far they were; the person prints them, or not."""
        self._sale = sale
        self._words = words
        self._pay.make_tickets(sale, send=False)

    def make_up(self) -> None:
        """The server is back: set the tickets that could not be set while it was away."""
        if self._sale is not None and self._owed:
            self._owed = False
            self._pay.make_tickets(self._sale, send=not self._words)

    def put_away(self) -> None:
        """The sale is no longer shown."""
        self._owed = False
        self._sale = None
        self.printed = None

    def _is_shown(self, printed: PrintedTickets) -> bool:
        return self._sale is not None and printed.order_number == self._sale.number

    def _on_set(self, printed: PrintedTickets, pages: tuple[RasterPage, ...]) -> None:
        if not self._is_shown(printed):
            return
        self.printed = printed
        self._panel.show_tickets(printed, pages)
        if not self._pay.queue:
            words = self.tr("Saved as {0}. This till has no ticket printer.")
            self._panel.show_print_state(words.format(printed.path))
        elif self._words:
            self._panel.show_print_state(self._words)

    def _on_sent(self, printed: PrintedTickets) -> None:
        if self._is_shown(printed):
            self._panel.show_print_state(self.tr("Printing on {0}…").format(self._pay.queue), PrintStage.WORKING)

    def _on_printed(self, printed: PrintedTickets) -> None:
        if self._is_shown(printed):
            self._panel.show_print_state(self.tr("Printed on {0}.").format(self._pay.queue), PrintStage.DONE)

    def _on_failed(self, printed: PrintedTickets | None, error: Exception) -> None:
        self.tickets_failed.emit(printed, error)
        if self._sale is not None and printed is None and isinstance(error, PosError):
            self._owed = isinstance(error, ServerUnreachable)
            words = self.tr("The sale stands; its tickets are not made yet. {0} F6 makes them.")
            self._panel.show_problem(words.format(error.message))
        elif self._sale is not None and isinstance(error, PosError):
            self._panel.show_problem(str(error))
        else:
            self.said.emit(message_for(error))

    def _on_print(self) -> None:
        if self._sale is None:
            return
        if self.printed is None:
            self._pay.make_tickets(self._sale)
        elif self._pay.queue:
            self._pay.print_out(self.printed)
        else:
            self._on_open()

    def _on_open(self) -> None:
        if self.printed is not None:
            try:
                open_document(self.printed.path)
            except PosError as error:
                self._panel.show_problem(str(error))
