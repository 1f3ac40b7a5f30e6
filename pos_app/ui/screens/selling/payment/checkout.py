"""Taking the money for the basket: the sheet, the sale, and what is to be done when it was not made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import grouped
from pos_app.domain.errors import PosError, PriceChanged, PromoCodeRefused, SaleAfterStart, SeatsTaken
from pos_app.domain.seats import SeatKey
from pos_app.services.season.offers import load_offer
from pos_app.ui.screens.selling.basket.questions import ask_late_sale
from pos_app.ui.screens.selling.payment.customer_note import CustomerNote
from pos_app.ui.screens.selling.payment.sale import SaleTaking
from pos_app.ui.screens.selling.payment.sheet import PaymentSheet
from pos_app.ui.screens.selling.payment.warning import PaymentWarning
from pos_app.ui.screens.selling.payment.words import nothing_sold, seats_gone
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.computer.journal import Journal
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.selling.sales import PaymentMethod, Sale, Tender
    from pos_app.flows.sell import ResolvedSale
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.payment.orphan_advice import OrphanAdvice
    from pos_app.ui.seat_map.live_map import LiveMap


class Checkout(QObject):
    """Leads one basket through its payment. It alone says when the note of the customer tells of money.

    Signals:
        opened(bool): money is being taken, or no longer.
        sold(Sale, str, tuple): the basket of this key is sold, and the next one empty; what it held (PerformanceSeats),
        as far as that is known.
        said(Message): something for the person.
        offer_read(PerformanceOffer): prices as they are now, after they had changed.
    """

    opened = Signal(bool)
    sold = Signal(object, str, object)
    said = Signal(object)
    offer_read = Signal(object)

    def __init__(
        self,
        screen: QWidget,
        office: Office,
        journal: Journal,
        hold: BasketHold,
        live: LiveMap,
        advice: OrphanAdvice,
        is_sale_shown: Callable[[], bool],
    ) -> None:
        """is_sale_shown: whether the last sale is still on the screen; no other begins before it is put away."""
        super().__init__(screen)
        self._background = office.background
        self._hold = hold
        self._live = live
        self._advice = advice
        self._is_sale_shown = is_sale_shown
        self._wanted: PaymentMethod | None = None
        self._looking = False
        self._tender: Tender | None = None
        self.taking = SaleTaking(office, journal, self)
        self.taking.sold.connect(self._on_sold)
        self.taking.refused.connect(self._on_refused)
        self.taking.in_doubt.connect(self._on_in_doubt)
        self.taking.resolved.connect(self._on_resolved)
        self.taking.unresolved.connect(lambda error: self.said.emit(message_for(error)))
        self.note = CustomerNote(
            office.background, journal, hold, office.actor.name, lambda: self.taking.is_unsettled, self
        )
        self.note.said.connect(self.said)
        self.sheet = PaymentSheet(screen)
        self.sheet.paid.connect(self._on_paid)
        self.sheet.cancelled.connect(self._on_ended)
        self.warning = PaymentWarning(hold, self.sheet, self)

    @property
    def is_opening(self) -> bool:
        """Tell whether a payment was asked for and is about to open."""
        return self._looking or self._wanted is not None

    def ask(self, method: PaymentMethod) -> None:
        """Open the payment for the basket as it is, once the seats that were just clicked are answered."""
        if self._is_sale_shown() or self.sheet.is_open or self._looking:
            return
        if self._hold.is_waiting:
            self._wanted = method
            return
        if not self._hold.basket.lines:
            return
        if self.taking.is_in_doubt:
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

    def go_on(self) -> None:
        """All seats are answered: open the payment that was asked for before they were."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.ask(wanted)

    def _stop_looking(self) -> None:
        self._looking = False

    def _open(self, method: PaymentMethod) -> None:
        self._looking = False
        basket = self._hold.basket
        if self._hold.is_waiting:
            self._wanted = method
            return
        if not basket.lines:
            return
        on_map = None if self._live.offer is None else self._live.offer.performance_id
        self.sheet.performances.show_seats(basket.seats_by_performance(), on_map=on_map)
        self.sheet.ask(method, basket.totals().total_minor, basket.currency)
        self.taking.begin()
        self.note.begin_paying(str(self.sheet.method))
        self.opened.emit(True)
        self.warning.look()

    def _on_paid(self, tender: Tender) -> None:
        basket = self._hold.basket
        if tender.amount_minor != basket.totals().total_minor:
            # Seats were lost while the money was being counted.
            self._close()
            self.said.emit(
                Message(
                    self.tr("The basket has changed: the total is another one now."),
                    following(nothing_sold(tender.method), self.tr("Tell the customer, then take the payment.")),
                    Level.WARNING,
                )
            )
            return
        late = self._hold.late.allows_any(seat.performance_id for seat in basket.seats)
        self.sheet.show_busy()
        self._tender = tender
        self.taking.sell(basket, tender, after_start=late)

    def _on_sold(self, sale: Sale, basket_key: str) -> None:
        # First of all, while the basket is still there: from now on the customer has paid.
        self.note.keep_sold(basket_key)
        self._close()
        seats = self._hold.basket.seats_by_performance()
        self._hold.finish()
        self.sold.emit(sale, basket_key, seats)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, PriceChanged):
            self._close()
            basket = self._hold.basket
            before = shown_amount(basket.totals().total_minor, basket.currency)
            words = self.tr("The price has changed: the total was {0} and is now {1}.").format(
                before, shown_amount(error.total_minor, basket.currency)
            )
            self.said.emit(Message(words, spoken(error.advice), Level.WARNING))
            for performance_id in {seat.performance_id for seat in self._hold.basket.seats}:
                self._background.read(self, load_offer, performance_id).then(self._on_new_prices)
        elif isinstance(error, SeatsTaken):
            self._close()
            method = None if self._tender is None else self._tender.method
            gone = seats_gone(error, self._hold.basket, method)
            self._hold.drop(tuple(SeatKey(*pair) for pair in error.seats))
            self.said.emit(gone)
        elif isinstance(error, PromoCodeRefused):
            self._close()
            self._hold.change(lambda basket: basket.drop_promo())
            words = self.tr("Nothing was sold. The code is taken out: tell the customer the new total.")
            self.said.emit(Message(spoken(error.message), words, Level.WARNING))
        elif isinstance(error, SaleAfterStart):
            self.sheet.show_error(error)
            ask_late_sale(self.sheet).confirmed.connect(self._on_late_allowed)
        elif isinstance(error, PosError):
            self.sheet.show_error(error)
        else:
            self._close()
            self.said.emit(message_for(error))

    def _on_late_allowed(self) -> None:
        self._hold.late.allow(seat.performance_id for seat in self._hold.basket.seats)
        if self._tender is not None:
            self._on_paid(self._tender)

    def _on_new_prices(self, offer: PerformanceOffer) -> None:
        self._hold.change(lambda basket: basket.reprice(offer))
        self.offer_read.emit(offer)

    def _on_in_doubt(self, error: PosError) -> None:
        self._close()
        self.said.emit(message_for(error))

    def _on_resolved(self, found: ResolvedSale) -> None:
        """Say what became of a sale, in one sentence."""
        key = found.pending.basket_key
        is_present = self._hold.basket.key == key
        if found.sale is not None:
            self.note.keep_sold(key)
            amount = shown_amount(found.sale.total_minor, found.sale.currency)
            words = self.tr("Order {0} over {1} is sold.").format(grouped(found.sale.number), amount)
            self.said.emit(Message(words, self.tr("Its tickets can be printed now."), Level.OK))
            seats = self._hold.basket.seats_by_performance() if is_present else ()
            if is_present:
                self._hold.finish()
            self.sold.emit(found.sale, key, seats)
            return
        if not is_present:
            self.note.drop(key)
        words = self.tr("The last sale was not made. No money is recorded.")
        self.said.emit(Message(words, self._what_of_the_seats(found), Level.WARNING))
        self._hold.read_again()

    def _what_of_the_seats(self, found: ResolvedSale) -> str:
        """Say where the seats of a sale that was not made are; those that were released meanwhile go back on sale."""
        if found.pending.basket_key == self._hold.basket.key:
            if found.hold is not None:
                return self.tr("Its seats are still held: take the payment now.")
            return self.tr("Its seats are no longer held.")
        if found.hold is not None:
            self._hold.release_left_over(found.pending.basket_key)
        return self.tr("Its seats are on sale again: {0}").format(spoken(found.pending.places))

    def _close(self) -> None:
        self.sheet.close_sheet()
        self._on_ended()

    def _on_ended(self) -> None:
        self.note.end_paying()
        self.opened.emit(False)
