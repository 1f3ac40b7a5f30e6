"""Taking the money for the basket: the sheet, the sale, and what is to be done when it was not made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pos_app.domain.customers.records import CustomerRefused
from pos_app.domain.errors import PriceChanged, PromoCodeRefused, SeatsTaken
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import Tender
from pos_app.services.house.settings import load_house_settings
from pos_app.ui.screens.selling.payment.confirming import Confirming
from pos_app.ui.screens.selling.payment.customer_note import CustomerNote
from pos_app.ui.screens.selling.payment.gift_question import GiftQuestion
from pos_app.ui.screens.selling.payment.late_sheet import LatePaymentSheet
from pos_app.ui.screens.selling.payment.left_open import LeftOpenSale
from pos_app.ui.screens.selling.payment.lifting import ask_to_lift
from pos_app.ui.screens.selling.payment.price_news import PriceNews
from pos_app.ui.screens.selling.payment.refusals import may_go_on, new_total_message, refusal_message
from pos_app.ui.screens.selling.payment.sale import SaleTaking
from pos_app.ui.screens.selling.payment.warning import PaymentWarning
from pos_app.ui.screens.selling.payment.words import basket_changed, not_settled, nothing_sold, why_free
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.payments import payment_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.computer.journal import Journal
    from pos_app.domain.errors import PosError
    from pos_app.domain.house.settings import HouseSettings
    from pos_app.domain.selling.sales import PaymentMethod, Sale, SaleRequest
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.payment.orphan_advice import OrphanAdvice
    from pos_app.ui.screens.selling.payment.sheet import PaymentSheet
    from pos_app.ui.seat_map.live_map import LiveMap

_MOST_RETOLD: Final = 2
"""Prices that change more often under one open payment close it."""


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
        self._hold = hold
        self._live = live
        self.advice = advice
        self._is_sale_shown = is_sale_shown
        self._wanted: PaymentMethod | None = None
        self._tender: Tender | None = None
        self._looking = self._tendered = False
        self._retold = 0
        self._told_total: int | None = None
        self._refusal = Message("")
        self.taking = SaleTaking(office, journal, self)
        self.taking.sold.connect(self._on_sold)
        self.taking.refused.connect(self._on_refused)
        self.taking.in_doubt.connect(self._on_in_doubt)
        self.taking.unresolved.connect(lambda error: self.said.emit(message_for(error)))
        self.note = CustomerNote(
            office.background, journal, hold, office.actor.name, lambda: self.taking.is_unsettled, self
        )
        self.note.said.connect(self.said)
        self.left_open = LeftOpenSale(hold, self.note, self)
        self.left_open.said.connect(self.said)
        self.left_open.sold.connect(self.sold)
        self.taking.resolved.connect(self.left_open.tell)
        self.payment = LatePaymentSheet(screen, self._on_paid, self._on_cancelled)
        self.warning = PaymentWarning(hold, self.payment, self)
        self.gifts = GiftQuestion(screen, office)
        self.confirming = Confirming(office, self)
        self.confirming.confirmed.connect(self._on_confirmed)
        self.confirming.refused.connect(self._on_refused)
        self.news = PriceNews(office.background, hold, lambda: self._tender is not None, self)
        self.news.total_changed.connect(self._tell_new_total)
        self.news.offer_read.connect(self.offer_read)
        self.news.settled.connect(self._confirm_again)
        self.news.failed.connect(self._on_no_news)
        office.background.read(self, load_house_settings).then(self._take_settings, lambda _error: None)

    @property
    def sheet(self) -> PaymentSheet:
        """The sheet that takes the money."""
        return self.payment.sheet

    @property
    def is_opening(self) -> bool:
        """Tell whether a payment was asked for and is about to open."""
        return self._looking or self._wanted is not None

    def ask(self, method: PaymentMethod) -> None:
        """Open the payment for the basket as it is, once the seats that were just clicked are answered."""
        if self._is_sale_shown() or self.payment.is_open or self._looking:
            return
        if self._hold.is_waiting:
            self._wanted = method
            return
        if not self._hold.basket.lines:
            return
        if self.taking.is_in_doubt:
            self.said.emit(not_settled())
            return
        self._looking = True
        self.advice.look(lambda: self._open(method), self._stop_looking)

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
        if self.gifts.is_open_for(basket):
            self.gifts.ask(basket, lambda: self.ask(method))
            return
        self._tender, self._tendered, self._retold, self._told_total = None, False, 0, None
        self.sheet.free.explain(why_free(basket, self.gifts.answer_for(basket)))
        self.sheet.ask(method, basket.totals().total_minor, basket.currency)
        self.taking.begin()
        self.note.begin_paying(str(self.sheet.method))
        self.opened.emit(True)
        self.warning.look()
        self._confirm()

    def hear_server(self) -> None:
        """The server answered: that it could not be reached is over, and the total is confirmed after all."""
        if not self.payment.is_open or not self.sheet.says_unreachable:
            return
        self.sheet.problem.dismiss()
        if self._tendered:
            not_yet = payment_words(self.sheet.method).not_yet
            self.sheet.problem.show_message(Message(self.tr("The server answers again."), not_yet, Level.WARNING))
        self._confirm_again()

    def _confirm_again(self) -> None:
        asked = self.confirming.is_asking or self.confirming.is_confirmed
        if self._is_payable and self._tender is None and not asked:
            self._confirm()

    @property
    def _is_payable(self) -> bool:
        return self.payment.is_open and not self.sheet.is_refused

    def _confirm(self) -> None:
        self.sheet.show_checking()
        self.confirming.ask(self._request(Tender(self.sheet.method, self._hold.basket.totals().total_minor)))

    def _request(self, tender: Tender) -> SaleRequest:
        basket = self._hold.basket
        late = self._hold.late.allows_any(seat.performance_id for seat in basket.seats)
        return self.taking.request(basket, tender, after_start=late, gift=self.gifts.answer_for(basket))

    def _take_settings(self, settings: HouseSettings) -> None:
        self.payment.count_in_cents(settings.cash_in_cents)

    def _on_confirmed(self, settings: HouseSettings) -> None:
        self._take_settings(settings)
        self.sheet.show_checked()
        if self._tender is not None:
            self.taking.sell(self._hold.basket, self._request(self._tender))

    def _on_paid(self, tender: Tender) -> None:
        basket = self._hold.basket
        if tender.amount_minor != basket.totals().total_minor:
            # Seats were lost while the money was being counted.
            self._close()
            self.said.emit(basket_changed(tender.method))
            return
        self._tender, self._tendered = tender, True
        self.sheet.show_busy()
        if self.confirming.is_confirmed:
            self.taking.sell(basket, self._request(tender))
        elif not self.confirming.is_asking:
            self._confirm()

    def _on_sold(self, sale: Sale, basket_key: str) -> None:
        # First of all, while the basket is still there: from now on the customer has paid.
        self.note.keep_sold(basket_key)
        self._close()
        seats = self._hold.basket.seats_by_performance()
        self._hold.finish()
        self.sold.emit(sale, basket_key, seats)

    def _on_refused(self, error: Exception) -> None:
        """Nothing was sold, or will be: the error may come before a tender, or after it."""
        tender, self._tender = self._tender, None
        if isinstance(error, PriceChanged) and not self._tendered and self._retold < _MOST_RETOLD:
            self._retold += 1
            self.news.read()
            return
        message = refusal_message(error, self._hold.basket, self.sheet.method, tendered=self._tendered)
        if may_go_on(error):
            self.sheet.show_error(error, message)
            ask_to_lift(error, self.sheet, self._hold, self.gifts, lambda: self._go_on_with(tender))
            return
        if self._tendered or isinstance(error, CustomerRefused):
            self._close()
        else:
            self.sheet.show_refused(message)
        self._refusal = message
        self.said.emit(message)
        if isinstance(error, SeatsTaken):
            self._hold.drop(tuple(SeatKey(*pair) for pair in error.seats))
        elif isinstance(error, PromoCodeRefused):
            self._hold.change(lambda basket: basket.drop_promo())
        else:
            self._told_total = error.total_minor if isinstance(error, PriceChanged) else None
            self.news.read()

    def _on_no_news(self, error: Exception) -> None:
        if self._is_payable and self._tender is None:
            self._on_refused(error)

    def _tell_new_total(self, before_minor: int) -> None:
        basket = self._hold.basket
        total_minor = basket.totals().total_minor
        before, now = (shown_amount(each, basket.currency) for each in (before_minor, total_minor))
        if self._is_payable:
            message = new_total_message(before, now, self.sheet.method)
            self.sheet.show_new_total(total_minor, basket.currency, message)
            self._confirm()
        elif total_minor != self._told_total:
            message, standing, told = new_total_message(before, now, None), self.advice.standing(), self._refusal
            if told.text and replace(standing, ends=told.ends, money=told.money) == told:
                # What becomes of the money stays said; whoever shows it has marked it as such.
                both = following(standing.text, message.text), following(standing.advice, message.advice)
                message = self._refusal = Message(*both, Level.WARNING)
            self.said.emit(message)

    def _go_on_with(self, tender: Tender | None) -> None:
        if tender is not None:
            self._on_paid(tender)
        else:
            self._confirm()

    def _on_in_doubt(self, error: PosError) -> None:
        self._close()
        self.said.emit(message_for(error))

    def _close(self) -> None:
        self.sheet.close_sheet()
        self._on_ended()

    def _on_cancelled(self) -> None:
        if self._tendered:
            # It was refused, and could have been tried again: the money is with the wrong person now.
            words = self.tr("The payment was given up.")
            self.said.emit(Message(words, nothing_sold(self.sheet.method), Level.WARNING))
        self._on_ended()

    def _on_ended(self) -> None:
        self._tender, self._tendered = None, False
        self.confirming.forget()
        self.note.end_paying()
        self.opened.emit(False)
