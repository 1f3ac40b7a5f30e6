"""The sale that was just made: shown with its tickets, which are set, printed or opened, until the next customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import grouped
from pos_app.domain.errors import PosError, PrintFailed, ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.flows.print_slips import set_slip_for_counter
from pos_app.flows.print_tickets import print_for_counter, set_tickets
from pos_app.ui.open_document import open_document
from pos_app.ui.pages import draw_pages
from pos_app.ui.screens.selling.payment.paper_words import slip_words, ticket_words
from pos_app.ui.screens.selling.payment.sold_panel import PrintStage, SoldPanel
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken, spoken_error

if TYPE_CHECKING:
    from pos_app.computer.journal import Journal
    from pos_app.documents.previews import RasterPage
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.domain.selling.sales import Sale
    from pos_app.flows.print_tickets import PrintedTickets, TicketPress
    from pos_app.ui.background import Background, Reply
    from pos_app.ui.screens.selling.payment.done_words import DoneWords


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
        self._on_paper = self._is_slip = False
        self._paper = ticket_words()
        self._stage = PrintStage.DONE
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

    @property
    def is_owed(self) -> bool:
        """Tell whether the tickets of the sale that is shown are not out yet: on paper, or saved without a printer."""
        return self.sale is not None and self._stage is not PrintStage.DONE and not self._is_slip

    def use_press(self, press: TicketPress) -> None:
        """Print so from now on."""
        self._press = press

    def show(
        self,
        sale: Sale,
        basket_key: str,
        performances: tuple[PerformanceSeats, ...] = (),
        *,
        words: str = "",
        on_paper: bool = False,
        done: DoneWords | None = None,
        slip: bool = False,
    ) -> None:
        """Show a sale that was just made, set its tickets, and print them where there is a printer.

        performances: what it is for, where that is known before its tickets are set.
        words: how far its tickets were when another window was cut off; then the person prints them, or not.
        on_paper: they were printed by then. done: what is said of it, where it is no sale but something else.
        slip: it is a reservation, of which a slip is set and printed in place of tickets.
        """
        self._is_slip, self._paper = slip, slip_words() if slip else ticket_words()
        self.sale, self._basket_key, self._words, self._on_paper = sale, basket_key, words, on_paper
        self.printed, self._owed, self._stage = None, False, PrintStage.WORKING
        self.panel.show_sale(sale, performances, done, setting=self._paper.setting)
        self.shown.emit(True)
        if sale.waits:
            self._stage = PrintStage.DONE
            waits = self.tr("Waits at the window: printed when it is picked up (Orders, F4).")
            self.panel.show_print_state(waits, PrintStage.DONE)
            return
        self._make(sale, send=not words)

    def make_up(self) -> None:
        """The server is back: set the tickets that could not be set while it was away."""
        if self.sale is not None and self._owed:
            self._owed = False
            self._make(self.sale, send=not self._words)

    def next_customer(self) -> bool:
        """Put the sale away; where its tickets are not on paper yet, say where they are found. Tells whether it did."""
        sale, printed, stage = self.sale, self.printed, self._stage
        if sale is None:
            return False
        self.sale = self.printed = None
        self._owed = False
        self.shown.emit(False)
        if stage is PrintStage.WORKING:
            words = self._paper.being_made.format(grouped(sale.number))
            self.said.emit(Message(words, self._paper.found))
        elif stage is PrintStage.FAILED:
            self._say_unprinted(sale.number)
        elif stage is PrintStage.NOTE:
            words = self._paper.maybe_not_printed.format(grouped(sale.number))
            self.said.emit(Message(words, self._paper.found, Level.WARNING))
            if printed is not None:
                self._list(printed)
        return stage is not PrintStage.DONE

    def _make(self, sale: Sale, *, send: bool) -> None:
        """Set the tickets of a sale, show them, and (send) print them where this till has a printer."""
        key = self._basket_key
        reply: Reply[PrintedTickets] = (
            self._background.run_flow(self, set_slip_for_counter, self._press, sale.order_id)
            if self._is_slip
            else self._background.run_flow(self, set_tickets, self._press, sale.ticket_ids)
        )
        reply.then(
            lambda printed: self._on_set(printed, key, send=send),
            lambda error: self._on_failed(sale.number, None, error),
        )

    def _print(self, printed: PrintedTickets, basket_key: str) -> None:
        """Send a set of tickets to the printer."""
        self._show_state(printed, self.tr("Printing on {0}…"), PrintStage.WORKING)
        self._background.outside(self, print_for_counter, self._journal, basket_key, self._press, printed).then(
            lambda _done: self._on_printed(printed),
            lambda error: self._on_failed(printed.order_number, printed, error),
        )

    def _is_shown(self, number: str) -> bool:
        return self.sale is not None and number == self.sale.number

    def _show_state(self, printed: PrintedTickets, words: str, stage: PrintStage) -> None:
        if self._is_shown(printed.order_number):
            self._stage = stage
            self.panel.show_print_state(words.format(self._press.queue), stage)

    def _on_printed(self, printed: PrintedTickets) -> None:
        self._show_state(printed, self.tr("Printed on {0}."), PrintStage.DONE)
        if printed.unkept and self._is_shown(printed.order_number):
            words = self.tr("Printed on {0}.").format(self._press.queue)
            self.panel.show_print_state(following(words, spoken(printed.unkept)), PrintStage.DONE)

    def _on_set(self, printed: PrintedTickets, basket_key: str, *, send: bool) -> None:
        self._background.compute(self, draw_pages, printed.pdf).then(
            lambda pages: self._on_drawn(printed, pages, waits=bool(self._press.queue) and not send),
            lambda error: self._on_failed(printed.order_number, printed, error),
        )
        if send and self._press.queue:
            self._print(printed, basket_key)

    def _on_drawn(self, printed: PrintedTickets, pages: tuple[RasterPage, ...], *, waits: bool) -> None:
        if not self._is_shown(printed.order_number):
            if waits and not self._on_paper:
                self._list(printed)
            return
        self.printed = printed
        self.panel.show_tickets(printed, pages)
        if not self._press.queue and printed.unkept:
            self._show_unkept(printed)
        elif not self._press.queue:
            self._stage = PrintStage.DONE
            words = self._paper.saved
            self.panel.show_print_state(words.format("" if printed.path is None else printed.path.name))
        elif waits:
            self._stage = PrintStage.DONE if self._on_paper else PrintStage.NOTE
            self.panel.show_print_state(self._words)

    def _show_unkept(self, printed: PrintedTickets) -> None:
        """Say that tickets without a printer are not where they should be; Open PDF shows them, where they are kept."""
        if printed.path is None:
            self._stage = PrintStage.FAILED
            go_on = self._paper.stands
            self.panel.show_problem(following(spoken(printed.unkept), go_on))
        else:
            self._stage = PrintStage.NOTE
            go_on = self.tr("It is kept only until this computer is switched off: open and print it now.")
            self.panel.show_print_state(following(spoken(printed.unkept), go_on))

    def _on_failed(self, number: str, printed: PrintedTickets | None, error: Exception) -> None:
        if not self._is_slip:
            self.failed.emit(printed, error)
        if not self._is_shown(number):
            self._say_unprinted(number, error)
            return
        self._stage = PrintStage.FAILED
        if not isinstance(error, PosError):
            self.said.emit(message_for(error))
        elif printed is None:
            self._owed = isinstance(error, ServerUnreachable)
            words = self._paper.not_made
            self.panel.show_problem(words.format(spoken(error.message)))
        else:
            self.panel.show_problem(spoken_error(error))

    def _say_unprinted(self, number: str, error: Exception | None = None) -> None:
        """Say of a sale that is put away that its tickets are not on paper, and where they are."""
        words = self._paper.not_printed.format(grouped(number))
        why = "" if error is None else message_for(error).text
        self.said.emit(Message(words, following(why, self._paper.found), Level.WARNING))

    def _list(self, printed: PrintedTickets) -> None:
        """Let tickets that nobody has printed, as far as is known here, be printed from the orders."""
        if not self._is_slip:
            self.failed.emit(printed, PrintFailed(say("It is not known whether they came out.")))

    def _on_print(self) -> None:
        if self.sale is None:
            return
        if self.printed is None or (self.printed.path is None and not self._press.queue):
            self._make(self.sale, send=True)
        elif self._press.queue:
            self._print(self.printed, self._basket_key)
        else:
            self._on_open()

    def _on_open(self) -> None:
        """Open the PDF; where nothing shows it, say in its whole length where it is, to be taken elsewhere."""
        if self.printed is None or self.printed.path is None:
            return
        path = self.printed.path
        try:
            open_document(path)
        except PosError as error:
            where = self.tr("The tickets are saved as {0}.").format(path) if path.exists() else ""
            self.panel.show_unopened(following(spoken_error(error), where))
