"""The parts of an exchange put together: what is exchanged, what it costs, how it is settled, and what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import grouped
from pos_app.domain.errors import OrderChanged
from pos_app.domain.orders.exchange_subject import as_sale
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.screens.selling.exchange.pay_key import PayKey
from pos_app.ui.screens.selling.exchange.previewing import Previewing
from pos_app.ui.screens.selling.exchange.settling import Settling
from pos_app.ui.screens.selling.exchange.strip import ExchangeStrip
from pos_app.ui.screens.selling.exchange.under_way import Exchange
from pos_app.ui.screens.selling.exchange.words import done_words, next_step, not_made, sums_of
from pos_app.ui.screens.selling.payment.words import not_settled
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.exchanges import ExchangeDone
    from pos_app.flows.sell import ResolvedSale
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.panel import BasketPanel
    from pos_app.ui.screens.selling.basket.sums import Sums
    from pos_app.ui.screens.selling.map.choosing import Choosing
    from pos_app.ui.screens.selling.map.panel import MapPanel
    from pos_app.ui.screens.selling.notices import SellNotices
    from pos_app.ui.screens.selling.payment.checkout import Checkout
    from pos_app.ui.screens.selling.payment.tickets import TicketPrinting
    from pos_app.ui.screens.selling.performances.on_sale import OnSale
    from pos_app.ui.seat_map.live_map import LiveMap


class Exchanging(QObject):
    """Exchanges seats of an order on the sell screen.

    Signals:
        opened(bool): its questions are open, or no longer.
        shown(): lines, sums or what is to be done are others now. made(): it is made, and its tickets are shown.
        said(Message): what became of one whose end was not known.
    """

    opened = Signal(bool)
    shown = Signal()
    made = Signal()
    said = Signal(object)

    def __init__(
        self,
        screen: QWidget,
        office: Office,
        hold: BasketHold,
        live: LiveMap,
        board: MapPanel,
        checkout: Checkout,
        tickets: TicketPrinting,
    ) -> None:
        super().__init__(screen)
        self._hold = hold
        self._live = live
        self._board = board
        self._checkout = checkout
        self._tickets = tickets
        self._kept_seats = 0
        self.strip = ExchangeStrip()
        self.exchange = Exchange(office, hold, live, board.map, self._is_busy, self)
        self.previewing = Previewing(office, self.exchange, self)
        self.key = PayKey(hold, self.exchange, self.previewing, checkout.taking, self)
        self.settling = Settling(screen, office, hold, self.exchange, self.previewing, checkout.taking, checkout.note)

    @property
    def is_active(self) -> bool:
        """Tell whether an exchange is under way."""
        return self.exchange.is_active

    @property
    def is_opening_payment(self) -> bool:
        """Tell whether money is about to be taken, for a sale or for an exchange."""
        return self._checkout.is_opening or self.key.is_waiting or self.settling.is_open

    @property
    def is_paying(self) -> bool:
        """Tell whether money is about to be taken, or being taken, for a sale or for an exchange."""
        return self.is_opening_payment or self._checkout.payment.is_open

    @property
    def sums(self) -> Sums | None:
        """What it comes to, None where nothing is exchanged."""
        subject = self.exchange.subject
        if subject is None:
            return None
        asked = self.previewing
        return sums_of(asked.preview, subject.brought_minor, subject.currency, is_current=asked.is_current)

    @property
    def takes_money(self) -> bool:
        """Tell whether the customer pays for what is at the counter, as far as is known."""
        preview = self.previewing.preview
        return not self.is_active or preview is None or preview.difference_minor > 0

    def hearings(self, panel: BasketPanel, notices: SellNotices, on_sale: OnSale, choosing: Choosing) -> list[Hearing]:
        """Return what leads to what in an exchange; what is none of it is passed on as if there were none."""
        exchange, asked, settling, strip = self.exchange, self.previewing, self.settling, self.strip
        key, hold, taking = self.key, self._hold, self._checkout.taking

        def open_first(performance_id: int) -> None:
            self._kept_seats = 0
            self._board.best.count.set_value(exchange.missing)
            if on_sale.chosen != performance_id:
                on_sale.open_first(performance_id)

        return [
            (notices.say, exchange.said, key.said),
            (notices.say_of_money, settling.said, exchange.told, self.said),
            (self.opened, settling.opened),
            (settling.forget_reason, exchange.begun),
            (open_first, exchange.begun),
            (self._ask_for_the_rest, exchange.changed),
            (notices.end_with_next, exchange.begun),
            (self._tickets.next_customer, exchange.begun),
            (exchange.press_seat, self._board.map.seat_activated),
            (choosing.press_seat, exchange.passed),
            (key.press, panel.payment_asked, panel.exchange_asked),
            (settling.begin, key.settled),
            (exchange.hand_types_on, exchange.changed, hold.basket_changed),
            (self._show, exchange.changed, asked.told, hold.basket_changed),
            (exchange.mark_own, exchange.changed, self._board.plan_shown),
            (exchange.take_offer, self._live.offer_changed),
            (exchange.give_back, panel.seats_removed),
            (exchange.change_type, panel.type_chosen),
            (exchange.toggle, strip.toggled),
            (self._leave, strip.left),
            (self._read_if_stale, asked.told),
            (asked.look, exchange.changed, hold.basket_changed),
            (asked.look_again, hold.expired, self._live.offer_changed),
            (asked.hear_server, self._live.answered, on_sale.answered),
            (key.go_on, asked.told, hold.settled),
            (settling.take_done, taking.exchanged),
            (settling.take_refusal, taking.not_exchanged),
            (settling.take_doubt, taking.in_doubt),
            (self._show_made, settling.made),
            (self._tell_end, taking.exchange_resolved),
        ]

    def _is_busy(self) -> bool:
        has_basket = bool(self._hold.basket.lines) or self._hold.is_waiting
        taking = self._checkout.taking
        return has_basket or self._checkout.is_opening or taking.is_unsettled or taking.is_in_doubt

    def _ask_for_the_rest(self) -> None:
        """A seat of its own is kept, or given back again: the best seats are as many as are wanted beside them."""
        exchange, kept = self.exchange, len(self.exchange.kept.lines)
        if exchange.subject is None or kept == self._kept_seats:
            return
        self._kept_seats = kept
        # Where there are enough already, the key exchanges what it found before.
        wanted = exchange.missing if exchange.missing > 0 else len(exchange.subject.lines) - kept
        self._board.best.count.set_value(max(1, wanted))

    def _leave(self) -> None:
        """Leave it, unless it is being made: what is asked of the server is waited for."""
        if self.settling.is_open or self._checkout.taking.is_unsettled:
            self.said.emit(not_settled())
        else:
            self.exchange.leave()

    def _read_if_stale(self) -> None:
        """Somebody else has ended what is to be exchanged: see what is left of it."""
        if isinstance(self.previewing.refusal, OrderChanged):
            self.exchange.read_again()

    def _show(self) -> None:
        exchange, asked = self.exchange, self.previewing
        subject = exchange.subject
        self._checkout.note.exchange_for(*((0, ()) if subject is None else (subject.order_id, subject.line_ids)))
        self.strip.show_exchange(subject, exchange.kept)
        if exchange.is_active:
            self.strip.show_hint(next_step(exchange.missing, asked.preview, asked.refusal))
        self.shown.emit()

    def _show_made(self, done: ExchangeDone, method: PaymentMethod | None, request_id: str) -> None:
        """Show what was done with its tickets; the counter is free again."""
        subject = self.exchange.subject
        if subject is None:
            return
        key, seats = self._hold.basket.key, self.exchange.shown.seats_by_performance()
        words = done_words(done, method, keeps=self.exchange.keeps_a_ticket)
        self._checkout.note.keep_exchanged(key, subject.order_id, request_id)
        self.exchange.finish()
        self._hold.finish()
        self._tickets.show(as_sale(subject.order_id, done, method), key, seats, done=words)
        self._live.refresh()
        self.made.emit()

    def _tell_end(self, found: ResolvedSale) -> None:
        """Say what became of an exchange whose end was not known."""
        pending, done, subject = found.pending, found.exchanged, self.exchange.subject
        is_here = subject is not None and subject.order_id == pending.order_id
        method = PaymentMethod(pending.method) if pending.total_minor > 0 else None
        if done is None:
            self.said.emit(not_made(method))
            if is_here:
                self._hold.read_again()
                self.previewing.look_again()
            return
        words = self.tr("Order {0} is exchanged.").format(grouped(done.number))
        waiting, ready = self.tr("Its new tickets wait at the window."), self.tr("Its new tickets can be printed now.")
        self.said.emit(Message(words, waiting if done.waits else ready, Level.OK))
        if is_here:
            self._show_made(done, method, pending.request_id)
        else:
            sale = as_sale(pending.order_id, done, method)
            self._tickets.show(sale, pending.basket_key, done=done_words(done, method))
