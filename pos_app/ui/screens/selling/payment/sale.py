"""From the payment to the paper: sell, set the tickets, print them; and find out what became of an open sale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import OutcomeUnknown, PriceChanged, SeatsTaken, ServerBusy, ServerUnreachable
from pos_app.domain.selling.sales import SaleRequest
from pos_app.flows.print_tickets import print_for_counter, set_tickets
from pos_app.flows.sell import resolve_pending, sell_basket
from pos_app.ui.pages import draw_pages

if TYPE_CHECKING:
    from pos_app.computer.journal import Journal
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.sales import PaymentMethod, Sale, Tender
    from pos_app.flows.print_tickets import PrintedTickets, TicketPress
    from pos_app.flows.sell import ResolvedSale
    from pos_app.ui.background import Background

ASK_AGAIN_MS: Final = 3000


class PayDesk(QObject):
    """Carries one sale through; shows nothing.

    Signals:
        begun(str): a payment was opened, of this kind (cash, card, free).
        sold(Sale): the money is recorded, the seats are the customer's.
        refused(Exception): nothing was sold.
        in_doubt(OutcomeUnknown): it may be sold; Foyer keeps asking.
        resolved(ResolvedSale): the end of a sale that was in doubt.
        unresolved(Exception): asking for that end failed in a way that nobody foresaw; told once.
        tickets_set(PrintedTickets, tuple): the tickets with their pages (RasterPage).
        tickets_sent(PrintedTickets): they are on their way to the printer.
        tickets_printed(PrintedTickets): the printer took them.
        tickets_failed(PrintedTickets or None, Exception): not set, or not printed; the sale stands.
    """

    begun = Signal(str)
    sold = Signal(object)
    refused = Signal(object)
    in_doubt = Signal(object)
    resolved = Signal(object)
    unresolved = Signal(object)
    tickets_set = Signal(object, object)
    tickets_sent = Signal(object)
    tickets_printed = Signal(object)
    tickets_failed = Signal(object, object)

    def __init__(
        self,
        background: Background,
        journal: Journal,
        actor: Actor,
        press: TicketPress,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._journal = journal
        self._actor = actor
        self._press = press
        self._request_id = ""
        self.basket_key = ""
        """The basket that was paid last."""
        self.is_held_back = False
        """A sale of a window that was cut off is not settled yet."""
        self._selling = False
        self._again = QTimer(self, interval=ASK_AGAIN_MS)
        self._again.timeout.connect(self.resolve)
        self._asking = False
        self._told = False

    @property
    def is_in_doubt(self) -> bool:
        """Tell whether the end of a sale is not known; no other may begin."""
        return self._again.isActive() or self.is_held_back

    @property
    def is_unsettled(self) -> bool:
        """Tell whether a sale of this window was asked for, and its end is not known yet."""
        return self._selling or self._again.isActive()

    @property
    def queue(self) -> str:
        """The printer queue of this till, "" for none."""
        return self._press.queue

    def use_press(self, press: TicketPress) -> None:
        """Print so from now on."""
        self._press = press

    def begin(self, kind: PaymentMethod) -> None:
        """A payment is opened: whatever is tried until it ends is one and the same request."""
        self._request_id = new_request_id()
        self.begun.emit(kind)

    def sell(self, basket: Basket, tender: Tender, *, after_start: bool) -> None:
        """Sell the basket for what the customer gave."""
        request = SaleRequest(
            request_id=self._request_id,
            basket_key=basket.key,
            lines=basket.sale_lines(),
            total_minor=basket.totals().total_minor,
            tender=tender,
            customer_name=basket.customer_name,
            note=basket.note,
            after_start=after_start,
            promo_code=basket.promo_code(),
        )
        self.basket_key = basket.key
        self._selling = True
        self._background.run_flow(
            self, sell_basket, self._journal, self._actor, request, currency=basket.currency, places=basket.named()
        ).then(self._on_sold, self._on_refused)

    def resolve(self) -> None:
        """Ask what became of the sales in the journal."""
        if self._asking:
            return
        self._asking = True
        self._background.run_flow(self, resolve_pending, self._journal).then(self._on_resolved, self._on_unresolved)

    def make_tickets(self, sale: Sale, *, send: bool = True) -> None:
        """Set the tickets of a sale, show them, and (send) print them where this till has a printer."""
        self._background.run_flow(self, set_tickets, self._press, sale.ticket_ids).then(
            lambda printed: self._on_set(printed, send=send), lambda error: self.tickets_failed.emit(None, error)
        )

    def print_out(self, printed: PrintedTickets) -> None:
        """Send a set of tickets to the printer."""
        self.tickets_sent.emit(printed)
        self._background.outside(self, print_for_counter, self._journal, self.basket_key, self._press, printed).then(
            lambda _done: self.tickets_printed.emit(printed), lambda error: self.tickets_failed.emit(printed, error)
        )

    def _on_sold(self, sale: Sale) -> None:
        self._selling = False
        self.sold.emit(sale)

    def _on_refused(self, error: Exception) -> None:
        self._selling = False
        if isinstance(error, OutcomeUnknown):
            self._again.start()
            self.in_doubt.emit(error)
            return
        if isinstance(error, PriceChanged | SeatsTaken):
            self._request_id = new_request_id()
        self.refused.emit(error)

    def _on_resolved(self, found: tuple[ResolvedSale, ...]) -> None:
        self._asking = False
        self._told = False
        self._again.stop()
        for one in found:
            self.basket_key = one.pending.basket_key
            self.resolved.emit(one)

    def _on_unresolved(self, error: Exception) -> None:
        """Keep asking: until the end of that sale is known, no other may begin."""
        self._asking = False
        self._again.start()
        if not isinstance(error, ServerUnreachable | ServerBusy | OutcomeUnknown) and not self._told:
            self._told = True
            self.unresolved.emit(error)

    def _on_set(self, printed: PrintedTickets, *, send: bool) -> None:
        self._background.compute(self, draw_pages, printed.pdf).then(
            lambda pages: self.tickets_set.emit(printed, pages), lambda error: self.tickets_failed.emit(printed, error)
        )
        if send and self._press.queue:
            self.print_out(printed)
