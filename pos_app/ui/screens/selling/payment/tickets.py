"""The sale that was just made: shown with its tickets, which are set, printed or opened, until the next customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import PosError, ServerUnreachable
from pos_app.flows.print_tickets import print_for_counter, set_tickets
from pos_app.ui.open_document import open_document
from pos_app.ui.pages import draw_pages
from pos_app.ui.screens.selling.payment.sold_panel import PrintStage, SoldPanel
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken, spoken_error

if TYPE_CHECKING:
    from pos_app.computer.journal import Journal
    from pos_app.documents.previews import RasterPage
    from pos_app.domain.selling.sales import Sale
    from pos_app.flows.print_tickets import PrintedTickets, TicketPress
    from pos_app.ui.background import Background


class TicketPrinting(QObject):
    """Brings the tickets of one sale to paper, and says on the sold panel how far they are.

    Signals:
        shown(bool): a sale is shown, or the next customer is here.
        said(Message): something for the person.
        failed(PrintedTickets or None, Exception): not set, or not printed, to be printed again from the orders.
    """

    shown = Signal(bool)
    said = Signal(object)
    failed = Signal(object, object)

    def __init__(self, background: Background, journal: Journal, press: TicketPress, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._journal = journal
        self._press = press
        self._basket_key = ""
        self._words = ""
        self._owed = False
        self.sale: Sale | None = None
        self.printed: PrintedTickets | None = None
        """The tickets of the sale that is shown, once they are set."""
        self.panel = SoldPanel()
        self.panel.next_customer_asked.connect(self.next_customer)
        self.panel.print_asked.connect(self._on_print)
        self.panel.open_asked.connect(self._on_open)

    @property
    def is_open(self) -> bool:
        """Tell whether a sale is shown, and the next customer has not been called."""
        return self.sale is not None

    def use_press(self, press: TicketPress) -> None:
        """Print so from now on."""
        self._press = press

    def show(self, sale: Sale, basket_key: str, words: str = "") -> None:
        """Show a sale that was just made, set its tickets, and print them where there is a printer.

        words: how far its tickets were when another window was cut off; then the person prints them, or not.
        """
        self.sale, self._basket_key, self._words = sale, basket_key, words
        self.printed, self._owed = None, False
        self.panel.show_sale(sale)
        self.shown.emit(True)
        self._make(sale, send=not words)

    def make_up(self) -> None:
        """The server is back: set the tickets that could not be set while it was away."""
        if self.sale is not None and self._owed:
            self._owed = False
            self._make(self.sale, send=not self._words)

    def next_customer(self) -> None:
        """Put the sale away."""
        if self.sale is not None:
            self.sale = self.printed = None
            self._owed = False
            self.shown.emit(False)

    def _make(self, sale: Sale, *, send: bool) -> None:
        """Set the tickets of a sale, show them, and (send) print them where this till has a printer."""
        key = self._basket_key
        self._background.run_flow(self, set_tickets, self._press, sale.ticket_ids).then(
            lambda printed: self._on_set(printed, key, send=send), lambda error: self._on_failed(None, error)
        )

    def _print(self, printed: PrintedTickets, basket_key: str) -> None:
        """Send a set of tickets to the printer."""
        self._show_state(printed, self.tr("Printing on {0}…"), PrintStage.WORKING)
        self._background.outside(self, print_for_counter, self._journal, basket_key, self._press, printed).then(
            lambda _done: self._show_state(printed, self.tr("Printed on {0}."), PrintStage.DONE),
            lambda error: self._on_failed(printed, error),
        )

    def _is_shown(self, printed: PrintedTickets) -> bool:
        return self.sale is not None and printed.order_number == self.sale.number

    def _show_state(self, printed: PrintedTickets, words: str, stage: PrintStage) -> None:
        if self._is_shown(printed):
            self.panel.show_print_state(words.format(self._press.queue), stage)

    def _on_set(self, printed: PrintedTickets, basket_key: str, *, send: bool) -> None:
        self._background.compute(self, draw_pages, printed.pdf).then(
            lambda pages: self._on_drawn(printed, pages), lambda error: self._on_failed(printed, error)
        )
        if send and self._press.queue:
            self._print(printed, basket_key)

    def _on_drawn(self, printed: PrintedTickets, pages: tuple[RasterPage, ...]) -> None:
        if not self._is_shown(printed):
            return
        self.printed = printed
        self.panel.show_tickets(printed, pages)
        if not self._press.queue:
            words = self.tr("Saved as {0}. This till has no ticket printer.")
            self.panel.show_print_state(words.format(printed.path.name))
        elif self._words:
            self.panel.show_print_state(self._words)

    def _on_failed(self, printed: PrintedTickets | None, error: Exception) -> None:
        self.failed.emit(printed, error)
        if self.sale is not None and printed is None and isinstance(error, PosError):
            self._owed = isinstance(error, ServerUnreachable)
            words = self.tr("The sale stands; its tickets are not made yet. {0} F6 makes them.")
            self.panel.show_problem(words.format(spoken(error.message)))
        elif self.sale is not None and isinstance(error, PosError):
            self.panel.show_problem(spoken_error(error))
        else:
            self.said.emit(message_for(error))

    def _on_print(self) -> None:
        if self.sale is None:
            return
        if self.printed is None:
            self._make(self.sale, send=True)
        elif self._press.queue:
            self._print(self.printed, self._basket_key)
        else:
            self._on_open()

    def _on_open(self) -> None:
        if self.printed is not None:
            try:
                open_document(self.printed.path)
            except PosError as error:
                self.panel.show_problem(spoken_error(error))
