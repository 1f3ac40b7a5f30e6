"""Prices and codes that changed under a basket: taken over, and the old total told beside the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.selling.basket import AppliedPromo
from pos_app.services.selling.quotes import load_basket_news

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.selling.basket import Basket
    from pos_app.services.selling.quotes import BasketNews
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.basket.hold import BasketHold


class PriceNews(QObject):
    """Lets the basket cost what is stored now; not while a sale of it is under way, which the server judges.

    Signals:
        total_changed(object): the total is another one; the one before, in minor units.
        offer_read(PerformanceOffer): prices of a performance as they are now.
        settled(): all that was asked for is read and told.
        failed(Exception): they could not be read.
    """

    total_changed = Signal(object)
    offer_read = Signal(object)
    settled = Signal()
    failed = Signal(object)

    def __init__(
        self, background: Background, hold: BasketHold, is_selling: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._hold = hold
        self._is_selling = is_selling

    def take(self, offer: PerformanceOffer) -> None:
        """Take the prices of one performance, where seats of it are in the basket."""
        basket = self._hold.basket
        if not self._is_selling() and any(seat.performance_id == offer.performance_id for seat in basket.seats):
            self._change(lambda basket: basket.reprice(offer))

    def read(self) -> None:
        """Read all that the basket costs."""
        basket = self._hold.basket
        evenings = sorted({seat.performance_id for seat in basket.seats})
        self._background.read_latest(
            self, "news", load_basket_news, evenings, basket.promo_code(), basket.customer_id
        ).then(lambda news: self._on_read(news, basket.key), self.failed.emit)

    def _on_read(self, news: BasketNews, basket_key: str) -> None:
        if self._is_selling():
            return
        if self._hold.basket.key == basket_key:
            self._change(lambda basket: _renew(basket, news))
        for offer in news.offers:
            self.offer_read.emit(offer)
        self.settled.emit()

    def _change(self, change: Callable[[Basket], object]) -> None:
        before = self._hold.basket.totals().total_minor
        self._hold.change(change)
        if self._hold.basket.totals().total_minor != before:
            self.total_changed.emit(before)


def _renew(basket: Basket, news: BasketNews) -> None:
    for offer in news.offers:
        basket.reprice(offer)
    if news.rules and news.checked_at is not None:
        basket.promo = AppliedPromo(news.rules, news.checked_at)
