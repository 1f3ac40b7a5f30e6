"""The pay key while seats are exchanged: what it means now, once seats and price are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.screens.selling.exchange.words import difference_changed, next_step
from pos_app.ui.screens.selling.payment.words import not_settled

if TYPE_CHECKING:
    from pos_app.domain.orders.exchanges import ExchangePreview
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.exchange.previewing import Previewing
    from pos_app.ui.screens.selling.exchange.under_way import Exchange
    from pos_app.ui.screens.selling.payment.sale import SaleTaking


class PayKey(QObject):
    """Looks once more what the exchange costs before it is settled; another difference is told first.

    Signals:
        passed(PaymentMethod): the key was pressed, and nothing is exchanged.
        settled(ExchangeAsk, ExchangePreview, PaymentMethod): this is to be settled now.
        said(Message): why it is not.
    """

    passed = Signal(object)
    settled = Signal(object, object, object)
    said = Signal(object)

    def __init__(
        self, hold: BasketHold, exchange: Exchange, previewing: Previewing, taking: SaleTaking, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._hold = hold
        self._exchange = exchange
        self._previewing = previewing
        self._taking = taking
        self._wanted: PaymentMethod | None = None
        self._shown: ExchangePreview | None = None

    @property
    def is_waiting(self) -> bool:
        """Tell whether it was pressed, and what it needs is not answered."""
        return self._wanted is not None

    def press(self, method: PaymentMethod = PaymentMethod.CASH) -> None:
        """Settle the exchange as it is, once seats and price are answered; method: by which it would be paid."""
        if not self._exchange.is_active:
            self.passed.emit(method)
        elif self._taking.is_in_doubt:
            self.said.emit(not_settled())
        elif self._hold.is_waiting:
            self._wanted = method
        elif self._exchange.ask() is None:
            self.said.emit(next_step(self._exchange.missing, None, None))
        elif self._wanted is None:
            self._wanted = method
            self._shown = self._previewing.preview if self._previewing.is_current else None
            self._previewing.check()

    def go_on(self) -> None:
        """Seats or the price are answered: go on with what was asked for before they were."""
        if self._wanted is None or self._hold.is_waiting:
            return
        if self._exchange.ask() is None:
            self._wanted = None
        elif not self._previewing.is_settled:
            self._previewing.check()
        else:
            method, self._wanted = self._wanted, None
            shown, self._shown = self._shown, None
            self._settle(method, shown)

    def _settle(self, method: PaymentMethod, shown: ExchangePreview | None) -> None:
        ask, preview, refusal = self._exchange.ask(), self._previewing.preview, self._previewing.refusal
        if refusal is not None or preview is None or ask is None:
            self.said.emit(next_step(0, None, refusal))
        elif shown is not None and shown.difference_minor != preview.difference_minor:
            self.said.emit(difference_changed(shown, preview))
        else:
            self.settled.emit(ask, preview, method)
