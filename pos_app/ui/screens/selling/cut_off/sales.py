"""The customer of a window that was cut off: found at the next sign-in there, and brought back to the counter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.errors import OutcomeUnknown, ServerBusy, ServerUnreachable
from pos_app.flows.find_cut_off import Outcome, recall
from pos_app.services.orders.reservations.opening import leave_pick_up
from pos_app.ui.screens.selling.cut_off.words import CutOffWords
from pos_app.ui.screens.selling.exchange.words import done_words
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Ending, message_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.computer.memory import LeftBehind, LeftCustomer, TillMemory
    from pos_app.flows.find_cut_off import CutOffSale
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.exchange.exchanging import Exchanging
    from pos_app.ui.screens.selling.notices import SellNotices
    from pos_app.ui.screens.selling.payment.checkout import Checkout
    from pos_app.ui.screens.selling.payment.tickets import TicketPrinting
    from pos_app.ui.widgets.banner import Banner
    from pos_app.ui.words.messages import Message

ASK_AGAIN_MS: Final = 3000


class HeldSentence(QObject):
    """Counts down with the ring, says when the time is up, and goes with the basket. standing: what is said now.

    Signals: retold(str): the sentence is another one now. gone(): it is out of date.
    """

    retold = Signal(str)
    gone = Signal()

    def __init__(self, hold: BasketHold, standing: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._hold = hold
        self._standing = standing
        self._words = CutOffWords(self)
        self._found: CutOffSale | None = None
        self._sentence = ""

    def follow(self, found: CutOffSale, sentence: str) -> None:
        """Keep a sentence true from now on, until something else is said. found: what it is about."""
        self._found, self._sentence = found, sentence
        self.retell()

    def retell(self) -> None:
        """Say it as it is now."""
        if (found := self._found) is None:
            return
        if self._standing() != self._sentence:
            self._found = None
            return
        basket = self._hold.basket
        if basket.key != found.note.basket_key or not basket.lines:
            self._found = None
            self.gone.emit()
            return
        places, expired = basket.places(), self._hold.is_expired
        sentence = self._words.run_out(places) if expired else self._words.held(places, self._hold.seconds_left)
        if sentence != self._sentence:
            self._sentence = sentence
            self.retold.emit(sentence)


class CutOffSales(QObject):
    """Learns what became of the sales that were cut off at this till, and goes on with them one after the other.

    It takes nothing from a customer who is at the counter already: the other one waits.
    Signals:
        said(Message): what became of a sale; it stays until the person goes on.
        looked(): what this till has noted is known; baskets that it still holds beside are nobody's.
    """

    said = Signal(object)
    looked = Signal()

    def __init__(
        self,
        office: Office,
        memory: TillMemory,
        hold: BasketHold,
        checkout: Checkout,
        tickets: TicketPrinting,
        exchanging: Exchanging,
        open_performance: Callable[[int], object],
        banner: Banner,
        parent: QObject,
    ) -> None:
        """open_performance: shows one by its id."""
        super().__init__(parent)
        self._office = office
        self._background = office.background
        self._seller = office.actor.name
        self._memory = memory
        self._banner = banner
        self._sentence = HeldSentence(hold, lambda: banner.of_money.text, self)
        self._hold = hold
        self._exchanging = exchanging
        self._checkout = checkout
        self._tickets = tickets
        self._open_performance = open_performance
        self._words = CutOffWords(self)
        self._waiting: list[LeftCustomer] = []
        self._ended: set[str] = set()
        self._asking = False
        self._has_told_wait = False
        self._unread = ""
        self.known: frozenset[str] = frozenset()
        """The baskets that stand in a note, of this window or of another one."""
        self._again = QTimer(self, interval=ASK_AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self.look)

    def hearings(self, notices: SellNotices) -> list[Hearing]:
        """Return what leads to what of a customer who was cut off."""
        hold, sentence = self._hold, self._sentence
        return [
            (self.look, hold.basket_changed, self._tickets.shown),
            (notices.say_of_cut_off, self.said),
            (sentence.retell, hold.ticked, hold.expired, hold.basket_changed),
            (self._banner.retell, sentence.retold),
            (notices.end_cut_off, sentence.gone),
        ]

    def begin(self) -> None:
        """Look for what windows that are no more have left behind."""
        self._background.jot(self, _find, self._memory).then(self._on_left, self._on_not_found)

    def look(self) -> None:
        """Ask what became of the customer who comes next: once the counter is free, or while money is in doubt."""
        if self._asking or (customer := self._next()) is None:
            return
        self._asking = True
        self._background.run_flow(self, recall, customer.note).then(
            lambda found: self._on_recalled(customer, found), lambda error: self._on_no_answer(customer, error)
        )

    def _next(self) -> LeftCustomer | None:
        if self._counter_is_free():
            return next(iter(self._waiting), None)
        return next((one for one in self._waiting if self._is_in_doubt(one)), None)

    def _counter_is_free(self) -> bool:
        has_basket = bool(self._hold.basket.lines) or self._hold.is_waiting
        is_served = self._tickets.is_open or self._exchanging.is_active
        return not (has_basket or is_served or self._checkout.taking.is_unsettled)

    def _is_in_doubt(self, customer: LeftCustomer) -> bool:
        """Tell whether money may have been taken for a sale whose end is not known yet."""
        note = customer.note
        return bool(note.paying) and not note.sold and note.basket_key not in self._ended

    def _on_left(self, found: tuple[LeftBehind, frozenset[str]]) -> None:
        left, self.known = found
        self._waiting = [one for one in left.customers if not one.note.pick_up_of]
        for customer in left.customers:
            if customer.note.pick_up_of:
                self._close_pick_up(customer)
        self._hold_back()
        if left.unreadable:
            unread = self._words.not_readable(left.unreadable)
            self._say(unread)
            self._unread = unread.sentence
        self.looked.emit()
        self.look()

    def _close_pick_up(self, customer: LeftCustomer) -> None:
        """Let every till open a reservation that was open for paying here; without an answer that comes by itself."""
        note = customer.note

        def closed(_done: None) -> None:
            self._background.jot(self, customer.settle)
            self._say(self._words.pick_up_closed(note))

        self._office.write(self, leave_pick_up, note.pick_up_of, note.basket_key).then(closed, lambda _error: None)

    def _on_not_found(self, error: Exception) -> None:
        self._say(message_for(error))
        self.looked.emit()

    def _on_recalled(self, customer: LeftCustomer, found: CutOffSale) -> None:
        self._asking = False
        self._has_told_wait = False
        self._ended.add(customer.note.basket_key)
        if self._counter_is_free():
            self._waiting.remove(customer)
            self._bring_back(found)
            # After what was brought back is noted anew: cut off in between, it has noted the customer twice, not never.
            self._background.jot(self, customer.settle)
            if found.outcome is not Outcome.NOTHING:
                self._hold_back()
                return
        elif found.outcome is not Outcome.NOTHING:
            # Nothing is taken from the customer who is being served.
            self._say(self._words.comes_later(found, self._seller))
        self._hold_back()
        self.look()

    def _bring_back(self, found: CutOffSale) -> None:
        """Show what was sold with its tickets, or lay the basket on the counter; and say what became of it."""
        if found.outcome is Outcome.NOTHING:
            return
        note = found.note
        if found.sale is not None and found.outcome in {Outcome.SOLD, Outcome.EXCHANGED}:
            self._checkout.note.keep_sale(note.as_sold().with_printing(note.printing))
            how_far, on_paper = self._words.of_printing(note.printing), note.printing == "printed"
            done = None if found.exchanged is None else done_words(found.exchanged, found.sale.method)
            self._tickets.show(found.sale, note.basket_key, words=how_far, on_paper=on_paper, done=done)
        elif found.basket.lines:
            self._checkout.note.go_on_paying(note.paying)
            self._hold.take_over(found.basket, found.hold, note.late)
            self._open_performance(found.basket.lines[0].seat.performance_id)
            if note.exchange_of:
                self._exchanging.exchange.resume(note.exchange_of, note.exchange_lines)
        told = self._words.told(found, self._seller)
        if note.exchange_of:
            # Its exchange begins again just now, which ends what is said of anything else.
            told = replace(told, ends=Ending.PAYMENT)
        self._say(told)
        if found.outcome is Outcome.HELD:
            self._sentence.follow(found, told.text)

    def _on_no_answer(self, customer: LeftCustomer, error: Exception) -> None:
        """Keep asking; say it once."""
        self._asking = False
        self._again.start()
        if not self._has_told_wait:
            self._has_told_wait = True
            silent = isinstance(error, ServerUnreachable | ServerBusy | OutcomeUnknown)
            told = message_for(error)
            self._say(replace(self._words.not_answered(customer.note), ends=told.ends) if silent else told)

    def _say(self, message: Message) -> None:
        """Say it, and go on saying that notes could not be read, until the person goes on."""
        earlier, self._unread = self._unread, ""
        self.said.emit(replace(message, advice=following(message.advice, earlier)) if earlier else message)

    def _hold_back(self) -> None:
        """Let no payment begin while it is not known whether one was taken."""
        self._checkout.taking.hold_back(any(self._is_in_doubt(customer) for customer in self._waiting))


def _find(memory: TillMemory) -> tuple[LeftBehind, frozenset[str]]:
    return memory.find_left(), memory.keys_of_others()
