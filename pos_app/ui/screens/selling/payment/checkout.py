"""Taking the money, and what follows: the sheet, the sale, the tickets, the next customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import grouped
from pos_app.domain.errors import PosError, PriceChanged, PromoCodeRefused, SaleAfterStart, SeatsTaken
from pos_app.domain.seats import SeatKey
from pos_app.services.season.offers import load_offer
from pos_app.ui.screens.selling.basket.questions import ask_late_sale
from pos_app.ui.screens.selling.payment.sheet import PaymentSheet
from pos_app.ui.screens.selling.payment.sold_panel import SoldPanel
from pos_app.ui.screens.selling.payment.tickets import TicketDesk
from pos_app.ui.screens.selling.payment.warning import PaymentWarning
from pos_app.ui.screens.selling.payment.words import nothing_sold, seats_gone
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.selling.sales import PaymentMethod, Sale, Tender
    from pos_app.flows.print_tickets import PrintedTickets
    from pos_app.flows.sell import ResolvedSale
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.basket.hold import HoldDesk
    from pos_app.ui.screens.selling.payment.orphan_advice import OrphanAdvice
    from pos_app.ui.screens.selling.payment.sale import PayDesk


class Checkout(QObject):
    """Leads one basket from the payment to the paper.

    Signals:
        opened(bool): money is being taken, or no longer.
        sale_shown(bool): the sold panel is open, or the next customer is here.
        said(Message): something for the person.
        offer_read(PerformanceOffer): prices as they are now, after they had changed.
        tickets_failed(PrintedTickets or None, Exception): to be printed again from the orders.
    """

    opened = Signal(bool)
    sale_shown = Signal(bool)
    said = Signal(object)
    offer_read = Signal(object)
    tickets_failed = Signal(object, object)

    def __init__(
        self, screen: QWidget, background: Background, desk: HoldDesk, pay: PayDesk, advice: OrphanAdvice
    ) -> None:
        super().__init__(screen)
        self._background = background
        self._desk = desk
        self._pay = pay
        self._advice = advice
        self.sale: Sale | None = None
        self._wanted: PaymentMethod | None = None
        self._looking = False
        self._tender: Tender | None = None
        self.sheet = PaymentSheet(screen)
        self.opened.connect(PaymentWarning(desk, self.sheet, self).look)
        self.panel = SoldPanel()
        self._tickets = TicketDesk(pay, self.panel, self)
        self._tickets.said.connect(self.said)
        self._tickets.tickets_failed.connect(self.tickets_failed)
        self.sheet.paid.connect(self._on_paid)
        self.sheet.cancelled.connect(lambda: self.opened.emit(False))
        self.panel.next_customer_asked.connect(self.next_customer)
        desk.settled.connect(self._on_settled)
        pay.sold.connect(self._on_sold)
        pay.refused.connect(self._on_refused)
        pay.in_doubt.connect(self._on_in_doubt)
        pay.resolved.connect(self._on_resolved)
        pay.unresolved.connect(lambda error: self.said.emit(message_for(error)))

    @property
    def is_open(self) -> bool:
        """Tell whether a sale is shown, and the next customer has not been called."""
        return self.sale is not None

    @property
    def printed(self) -> PrintedTickets | None:
        """The tickets of the sale that is shown, once they are set."""
        return self._tickets.printed

    def make_up(self) -> None:
        """The server is back: do what was left undone for the sale that is shown."""
        self._tickets.make_up()

    @property
    def is_opening(self) -> bool:
        """Tell whether a payment was asked for and is about to open."""
        return self._looking or self._wanted is not None

    def ask(self, method: PaymentMethod) -> None:
        """Open the payment for the basket as it is, once the seats that were just clicked are answered."""
        if self.is_open or self.sheet.is_open or self._looking:
            return
        if self._desk.is_waiting:
            self._wanted = method
            return
        if not self._desk.basket.lines:
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
        self._looking = True
        self._advice.look(lambda: self._open(method), self._stop_looking)

    def next_customer(self) -> None:
        """Put the sale away."""
        if self.sale is not None:
            self.sale = None
            self._tickets.put_away()
            self.sale_shown.emit(False)

    def show_again(self, sale: Sale, words: str) -> None:
        """Show a sale that a window was cut off from; words: how far its tickets were."""
        self._show(sale)
        self._tickets.begin_again(sale, words)

    def _stop_looking(self) -> None:
        self._looking = False

    def _open(self, method: PaymentMethod) -> None:
        self._looking = False
        basket = self._desk.basket
        if self._desk.is_waiting:
            self._wanted = method
            return
        if not basket.lines:
            return
        self.sheet.ask(method, basket.totals().total_minor, basket.currency)
        self._pay.begin(self.sheet.method)
        self.opened.emit(True)

    def _on_settled(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.ask(wanted)

    def _on_paid(self, tender: Tender) -> None:
        basket = self._desk.basket
        if tender.amount_minor != basket.totals().total_minor:
            # Seats were lost while the money was being counted.
            self._close()
            self.said.emit(
                Message(
                    self.tr("The basket has changed: the total is another one now."),
                    nothing_sold(tender.method) + " " + self.tr("Tell the customer, then take the payment."),
                    Level.WARNING,
                )
            )
            return
        late = self._desk.late.allows_any(seat.performance_id for seat in basket.seats)
        self.sheet.show_busy()
        self._tender = tender
        self._pay.sell(basket, tender, after_start=late)

    def _on_sold(self, sale: Sale) -> None:
        self.sheet.close_sheet()
        self.opened.emit(False)
        self._desk.finish()
        self._show_sale(sale)

    def _show_sale(self, sale: Sale) -> None:
        self._show(sale)
        self._tickets.begin(sale)

    def _show(self, sale: Sale) -> None:
        self.sale = sale
        self.panel.show_sale(sale)
        self.sale_shown.emit(True)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, PriceChanged):
            self._close()
            basket = self._desk.basket
            before = shown_amount(basket.totals().total_minor, basket.currency)
            words = self.tr("The price has changed: the total was {0} and is now {1}.").format(
                before, shown_amount(error.total_minor, basket.currency)
            )
            self.said.emit(Message(words, error.advice, Level.WARNING))
            for performance_id in {seat.performance_id for seat in self._desk.basket.seats}:
                self._background.read(self, load_offer, performance_id).then(self._on_new_prices)
        elif isinstance(error, SeatsTaken):
            self._close()
            method = None if self._tender is None else self._tender.method
            gone = seats_gone(error, self._desk.basket, method)
            self._desk.drop(tuple(SeatKey(*pair) for pair in error.seats))
            self.said.emit(gone)
        elif isinstance(error, PromoCodeRefused):
            self._close()
            self._desk.basket.drop_promo()
            self._desk.basket_changed.emit()
            words = self.tr("Nothing was sold. The code is taken out: tell the customer the new total.")
            self.said.emit(Message(error.message, words, Level.WARNING))
        elif isinstance(error, SaleAfterStart):
            self.sheet.show_error(error)
            ask_late_sale(self.sheet).confirmed.connect(self._on_late_allowed)
        elif isinstance(error, PosError):
            self.sheet.show_error(error)
        else:
            self._close()
            self.said.emit(message_for(error))

    def _on_late_allowed(self) -> None:
        self._desk.late.allow(seat.performance_id for seat in self._desk.basket.seats)
        if self._tender is not None:
            self._on_paid(self._tender)

    def _on_new_prices(self, offer: PerformanceOffer) -> None:
        self._desk.basket.reprice(offer)
        self.offer_read.emit(offer)
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
            self.said.emit(
                Message(
                    self.tr("The last sale was not made. No money is recorded."),
                    self._what_of_the_seats(found),
                    Level.WARNING,
                )
            )
            self._desk.read_again()

    def _what_of_the_seats(self, found: ResolvedSale) -> str:
        """Say where the seats of a sale that was not made are; those that were released meanwhile go back on sale."""
        if found.pending.basket_key == self._desk.basket.key:
            if found.hold is not None:
                return self.tr("Its seats are still held: take the payment now.")
            return self.tr("Its seats are no longer held.")
        if found.hold is not None:
            self._desk.release_left_over(found.pending.basket_key)
        return self.tr("Its seats are on sale again: {0}").format(found.pending.places)

    def _close(self) -> None:
        self.sheet.close_sheet()
        self.opened.emit(False)
