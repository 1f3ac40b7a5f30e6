"""What is said on the sell screen, and when it goes again: with what is done next, or with what made it true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from pos_app.ui.words.messages import Ending, Level, Message

if TYPE_CHECKING:
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.map.panel import MapPanel

_NOTE_SECONDS: Final = 8
WAITING_MS: Final = 1_000
"""What was asked for and is not answered after this time is said to wait."""
_PASSING: Final = {Level.INFO, Level.OK}


class SellNotices(QObject):
    """Says what the parts of the sell screen have to say, and ends it. No signals."""

    def __init__(self, board: MapPanel, hold: BasketHold, parent: QObject) -> None:
        super().__init__(parent)
        self._board = board
        self._hold = hold
        self._customer = hold.basket.key
        self._waiting: Message | None = None
        self._patience = QTimer(self, singleShot=True, interval=WAITING_MS)
        self._patience.timeout.connect(self._tell_waiting)

    def say(self, message: Message) -> None:
        """Say something of what was just tried."""
        seconds = _NOTE_SECONDS if message.level in _PASSING else 0
        self._board.say(message, seconds=seconds, offers=not self._hold.is_expired)

    def say_of_money(self, message: Message) -> None:
        """Say what becomes of money: it stays until the person closes it, or goes on to the next payment.

        What is of the customer alone goes with that customer.
        """
        if message.ends & ~Ending.ANSWER == Ending.CUSTOMER | Ending.PAYMENT:
            self._board.say(message)
            return
        passing = Ending.ACT if message.level in _PASSING else message.ends & Ending.ANSWER
        self.say(replace(message, ends=Ending.PAYMENT | passing, money=True))

    def say_of_cut_off(self, message: Message) -> None:
        """Say what became of a sale that was cut off: it stays until that customer is served."""
        ends = Ending.CUSTOMER | Ending.PAYMENT | (message.ends & Ending.ANSWER)
        self._board.say(replace(message, ends=ends & message.ends, money=True))

    def end_with_act(self) -> None:
        """The hand went on."""
        self._board.banner.end(Ending.ACT)

    def end_with_performance(self) -> None:
        """Another performance is open: nothing that was said of the one before stands over it."""
        self._board.banner.end(Ending.PERFORMANCE)

    def end_with_payment(self, opened: bool) -> None:  # noqa: FBT001 - a signal's argument
        """A payment is opened."""
        if opened:
            self._board.banner.end(Ending.PAYMENT)

    def end_with_customer(self) -> None:
        """The basket is another customer's now, or nobody's."""
        if self._hold.basket.key != self._customer:
            self._customer = self._hold.basket.key
            self._board.banner.end(Ending.CUSTOMER)

    def end_with_next(self) -> None:
        """Something else begins here: nothing but money is still told of what was done before."""
        self._board.banner.end(Ending.ACT | Ending.PERFORMANCE | Ending.CUSTOMER)

    def end_with_sale(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        """The next customer is called."""
        if not shown:
            self._board.banner.end(Ending.CUSTOMER | Ending.ACT)

    def end_cut_off(self) -> None:
        """The basket of a sale that was cut off is here no more."""
        self._board.banner.end(Ending.CUSTOMER)

    def wait(self) -> None:
        """Seats are asked for: say so where the answer takes long."""
        if not self._patience.isActive() and self._waiting is None:
            self._patience.start()

    def end_waiting(self) -> None:
        """Something is answered; of what still waits it stays said."""
        if self._hold.is_waiting:
            return
        self._patience.stop()
        told, self._waiting = self._waiting, None
        if told is not None and self._board.banner.message is told:
            self._board.banner.dismiss()

    def _tell_waiting(self) -> None:
        if self._hold.is_waiting:
            words = self.tr("Waiting for the server: the seats are asked for.")
            advice = self.tr("They are in the basket as soon as it answers.")
            self._waiting = Message(words, advice, ends=Ending(0))
            self._board.say(self._waiting)
