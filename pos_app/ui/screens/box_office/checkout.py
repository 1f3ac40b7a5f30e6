"""Taking the money, and what follows: the sheet, the sale, the tickets, the next customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from pos_app.domain.codes import grouped
from pos_app.domain.errors import PosError, PriceChanged, SeatsTaken
from pos_app.domain.seats import SeatKey
from pos_app.services.performances import load_offer
from pos_app.ui.amounts import shown_amount
from pos_app.ui.messages import Level, Message, message_for
from pos_app.ui.screens.box_office.payment.sheet import PaymentSheet
from pos_app.ui.screens.box_office.sold_panel import SoldPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.orders import Sale, Tender
    from pos_app.domain.performances import PerformanceOffer
    from pos_app.flows.print_tickets import PrintedTickets
    from pos_app.flows.sell import ResolvedSale
    from pos_app.ui.background import Background
    from pos_app.ui.screens.box_office.hold_desk import HoldDesk
    from pos_app.ui.screens.box_office.pay_desk import PayDesk


class Checkout(QObject):
    """Leads one basket from the payment to the paper.

    Signals:
        opened(bool): money is being taken, or no longer.
        sale_shown(bool): the sold panel is open, or the next customer is here.
        said(Message): something for the person.
        tickets_failed(PrintedTickets or None, Exception): to be printed again from the orders.
    """

    opened = Signal(bool)
    sale_shown = Signal(bool)
    said = Signal(object)
    tickets_failed = Signal(object, object)

    def __init__(self, screen: QWidget, background: Background, desk: HoldDesk, pay: PayDesk) -> None:
        super().__init__(screen)
        self._background = background
        self._desk = desk
        self._pay = pay
        self.printed: PrintedTickets | None = None
        self.sale: Sale | None = None
        self.sheet = PaymentSheet(screen)
        self.panel = SoldPanel()
        self.sheet.paid.connect(self._on_paid)
        self.sheet.cancelled.connect(lambda: self.opened.emit(False))
        self.panel.next_customer_asked.connect(self.next_customer)
        self.panel.print_asked.connect(self._on_print)
        self.panel.open_asked.connect(self._on_open)
        pay.sold.connect(self._on_sold)
        pay.refused.connect(self._on_refused)
        pay.in_doubt.connect(self._on_in_doubt)
        pay.resolved.connect(self._on_resolved)
        pay.tickets_set.connect(self._on_tickets)
        pay.tickets_printed.connect(self._on_printed)
        pay.tickets_failed.connect(self._on_tickets_failed)

    @property
    def is_open(self) -> bool:
        """Tell whether a sale is shown, and the next customer has not been called."""
        return self.sale is not None

    def ask(self, *, cash: bool) -> None:
        """Open the payment for the basket as it is."""
        basket = self._desk.basket
        if not basket.lines or self.is_open:
            return
        if self._pay.is_in_doubt:
            self.said.emit(
                Message(
                    self.tr("The last sale is not settled yet."),
                    self.tr("Foyer is asking the server. Do not take money before it is known."),
                    Level.ERROR,
                )
            )
            return
        self._pay.begin()
        total = basket.totals().total_minor
        if total == 0:
            self.sheet.ask_free(basket.currency)
        elif cash:
            self.sheet.ask_cash(total, basket.currency)
        else:
            self.sheet.ask_card(total, basket.currency)
        self.opened.emit(True)

    def next_customer(self) -> None:
        """Put the sale away."""
        if self.sale is not None:
            self.sale = None
            self.printed = None
            self.sale_shown.emit(False)

    def _on_paid(self, tender: Tender) -> None:
        basket = self._desk.basket
        late = any(self._desk.is_late_allowed(line.seat.performance_id) for line in basket.lines)
        self.sheet.show_busy()
        self._pay.sell(basket, tender, after_start=late)

    def _on_sold(self, sale: Sale) -> None:
        self.sheet.close_sheet()
        self.opened.emit(False)
        self._desk.finish()
        self._show_sale(sale)

    def _show_sale(self, sale: Sale) -> None:
        self.sale = sale
        self.panel.show_sale(sale)
        self.panel.show_print_state(self.tr("Setting the tickets…"))
        self.sale_shown.emit(True)
        self._pay.make_tickets(sale)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, PriceChanged):
            self._close()
            self.said.emit(message_for(error))
            for performance_id in {seat.performance_id for seat in self._desk.basket.seats}:
                self._background.read(self, load_offer, performance_id).then(self._on_new_prices)
        elif isinstance(error, SeatsTaken):
            self._close()
            self._desk.drop(tuple(SeatKey(*pair) for pair in error.seats))
            self.said.emit(message_for(error))
        elif isinstance(error, PosError):
            self.sheet.show_error(error)
        else:
            self._close()
            self.said.emit(message_for(error))

    def _on_new_prices(self, offer: PerformanceOffer) -> None:
        self._desk.basket.reprice(offer)
        self._desk.basket_changed.emit()

    def _on_in_doubt(self, error: PosError) -> None:
        self._close()
        self.said.emit(message_for(error))

    def _on_resolved(self, found: ResolvedSale) -> None:
        """Say what became of a sale, in one sentence."""
        if found.sale is not None:
            amount = shown_amount(found.sale.total_minor, found.sale.currency)
            words = self.tr("Order {0} over {1} is sold.").format(grouped(found.sale.number), amount)
            self.said.emit(Message(words, self.tr("Its tickets can be printed now."), Level.OK))
            if self._desk.basket.key == found.pending.basket_key:
                self._desk.finish()
            self._show_sale(found.sale)
        else:
            held = found.hold is not None
            self.said.emit(
                Message(
                    self.tr("The last sale was not made. No money is recorded."),
                    self.tr("Its seats are still held: take the payment now.")
                    if held
                    else self.tr("Its seats are no longer held."),
                    Level.WARNING,
                )
            )
            self._desk.read_again()

    def _on_tickets(self, printed: PrintedTickets, pages: tuple[RasterPage, ...]) -> None:
        if self.sale is None or printed.order_number != self.sale.number:
            return
        self.printed = printed
        self.panel.show_tickets(printed, pages)
        if self._pay.queue:
            self.panel.show_print_state(self.tr("Printing on {0}…").format(self._pay.queue))
        else:
            self.panel.show_print_state(self.tr("Saved as {0}. This till has no ticket printer.").format(printed.path))

    def _on_printed(self, printed: PrintedTickets) -> None:
        if self.sale is not None and printed.order_number == self.sale.number:
            self.panel.show_print_state(self.tr("Printed on {0}.").format(self._pay.queue))

    def _on_tickets_failed(self, printed: PrintedTickets | None, error: Exception) -> None:
        self.tickets_failed.emit(printed, error)
        if self.sale is not None and isinstance(error, PosError):
            self.panel.show_problem(error)
        else:
            self.said.emit(message_for(error))

    def _on_print(self) -> None:
        if self.sale is None:
            return
        if self.printed is None:
            self._pay.make_tickets(self.sale)
        elif self._pay.queue:
            self.panel.show_print_state(self.tr("Printing on {0}…").format(self._pay.queue))
            self._pay.print_out(self.printed)
        else:
            self._on_open()

    def _on_open(self) -> None:
        if self.printed is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.printed.path)))

    def _close(self) -> None:
        self.sheet.close_sheet()
        self.opened.emit(False)
