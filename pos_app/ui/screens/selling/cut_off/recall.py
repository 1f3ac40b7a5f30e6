"""The customer of a window that was cut off: found at the next sign-in there, and brought back to the counter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.errors import OutcomeUnknown, ServerBusy, ServerUnreachable
from pos_app.flows.find_cut_off import Outcome, recall
from pos_app.ui.screens.selling.cut_off.held_sentence import HeldSentence
from pos_app.ui.screens.selling.cut_off.words import RecallWords
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from pos_app.computer.memory import LeftBehind, LeftCustomer, TillMemory
    from pos_app.domain.roles import Actor
    from pos_app.flows.find_cut_off import CutOffSale
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.screen import SellScreen
    from pos_app.ui.words.messages import Message

ASK_AGAIN_MS: Final = 3000


class RecallDesk(QObject):
    """Learns what became of the sales that were cut off at this till, and goes on with them one after the other.

    It takes nothing from a customer who is at the counter already: the other one waits.
    Signals:
        said(Message): what became of a sale; it stays until the person goes on.
        looked(): what this till has noted is known; baskets that it still holds beside are nobody's.
    """

    said = Signal(object)
    looked = Signal()

    def __init__(self, background: Background, memory: TillMemory, actor: Actor, screen: SellScreen) -> None:
        super().__init__(screen)
        self._background = background
        self._memory = memory
        self._actor = actor
        self._screen = screen
        self._words = RecallWords(self)
        self._held = HeldSentence(screen.desk, screen.banner, self._words, self)
        self._waiting: list[LeftCustomer] = []
        self._ended: set[str] = set()
        self._asking = False
        self._has_told_wait = False
        self._unread = ""
        self.known: frozenset[str] = frozenset()
        """The baskets that stand in a note, of this window or of another one."""
        self._again = QTimer(self, interval=ASK_AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self.look)
        screen.desk.basket_changed.connect(self.look)
        screen.checkout.sale_shown.connect(self.look)

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
        screen = self._screen
        return not (screen.has_basket or screen.desk.is_waiting or screen.checkout.is_open or screen.pay.is_unsettled)

    def _is_in_doubt(self, customer: LeftCustomer) -> bool:
        """Tell whether money may have been taken for a sale whose end is not known yet."""
        note = customer.note
        return bool(note.paying) and not note.sold and note.basket_key not in self._ended

    def _on_left(self, found: tuple[LeftBehind, frozenset[str]]) -> None:
        left, self.known = found
        self._waiting = list(left.customers)
        self._hold_back()
        if left.unreadable:
            unread = self._words.not_readable(left.unreadable)
            self._say(unread)
            self._unread = f"{unread.text} {unread.advice}"
        self.looked.emit()
        self.look()

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
            self._say(self._words.comes_later(found, self._actor.name))
        self._hold_back()
        self.look()

    def _bring_back(self, found: CutOffSale) -> None:
        screen = self._screen
        if found.outcome is Outcome.NOTHING:
            return
        if found.sale is not None and found.outcome is Outcome.SOLD:
            screen.pay.basket_key = found.note.basket_key
            screen.keeper.keep_sold(found.note.as_sold().with_printing(found.note.printing))
            screen.checkout.show_again(found.sale, self._words.of_printing(found.note.printing))
        elif found.basket.lines:
            screen.keeper.go_on_paying(found.note.paying)
            screen.desk.take_over(found.basket, found.hold, found.note.late)
            screen.open_first(found.basket.lines[0].seat.performance_id)
        told = self._words.told(found, self._actor.name)
        self._say(told)
        if found.outcome is Outcome.HELD:
            self._held.follow(found, told.text)

    def _on_no_answer(self, customer: LeftCustomer, error: Exception) -> None:
        """Keep asking; say it once."""
        self._asking = False
        self._again.start()
        if not self._has_told_wait:
            self._has_told_wait = True
            silent = isinstance(error, ServerUnreachable | ServerBusy | OutcomeUnknown)
            self._say(self._words.not_answered(customer.note) if silent else message_for(error))

    def _say(self, message: Message) -> None:
        """Say it, and go on saying that notes could not be read, until the person goes on."""
        earlier, self._unread = self._unread, ""
        self.said.emit(replace(message, advice=f"{message.advice} {earlier}".strip()) if earlier else message)

    def _hold_back(self) -> None:
        """Let no payment begin while it is not known whether one was taken."""
        self._screen.pay.is_held_back = any(self._is_in_doubt(customer) for customer in self._waiting)


def _find(memory: TillMemory) -> tuple[LeftBehind, frozenset[str]]:
    return memory.find_left(), memory.keys_of_others()
