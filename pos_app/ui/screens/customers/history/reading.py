"""The parts of the screen that tell what a customer bought and paid."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.ui.screens.customers.history.part import HistoryPart
from pos_app.ui.screens.customers.history.tables import money_table, orders_table
from pos_app.ui.screens.customers.history.words import counts_words, totals_words
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.orders.customer_history import CustomerHistory
    from pos_app.ui.screens.customers.operations import CustomerOperations


class History(QObject):
    """Reads the orders and the money of the customer who is shown. time_zone: on whose clock payments are told.

    Signals: order_wanted(int): this order is to be looked at. counted(int): so many orders there are; -1: not known.
    """

    order_wanted = Signal(int)
    counted = Signal(int)

    def __init__(self, operations: CustomerOperations, time_zone: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._customer_id: int | None = None
        self.orders = HistoryPart(
            orders_table(),
            "receipt",
            (self.tr("No orders yet"), self.tr("What is sold or reserved for this customer stands here.")),
        )
        self.money = HistoryPart(
            money_table(time_zone),
            "money",
            (self.tr("No payments yet"), self.tr("What this customer pays, and gets back, stands here.")),
        )
        for part in (self.orders, self.money):
            part.order_wanted.connect(self.order_wanted)
            part.retry_asked.connect(self.read)

    def show_customer(self, customer_id: int | None) -> None:
        """Read what a customer bought; None: nobody is shown."""
        if customer_id != self._customer_id:
            for part in (self.orders, self.money):
                part.show_reading()
            self.counted.emit(-1)
        self._customer_id = customer_id
        self.read()

    def read(self) -> None:
        """Read it again."""
        if self._customer_id is not None:
            asked = self._customer_id
            answer = self._operations.history(self, asked)
            answer.then(partial(self._on_history, asked), partial(self._on_failed, asked))

    def _on_history(self, asked: int, history: CustomerHistory) -> None:
        if asked != self._customer_id:
            return
        words = counts_words(history), totals_words(history), self._told_more(history)
        self.orders.show_rows(history.orders, *words)
        self.money.show_rows(history.money, *words)
        self.counted.emit(sum(one.orders for one in history.totals))

    def _on_failed(self, asked: int, error: Exception) -> None:
        if asked == self._customer_id:
            message = message_for(error)
            for part in (self.orders, self.money):
                part.show_trouble(message)

    @staticmethod
    def _told_more(history: CustomerHistory) -> str:
        if not history.more:
            return ""
        return spoken_count(
            "Of the last {count} order. The sums above are of all.",
            "Of the last {count} orders. The sums above are of all.",
            len(history.orders),
        )
