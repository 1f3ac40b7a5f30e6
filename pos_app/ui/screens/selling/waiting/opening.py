"""An offer opened for paying: its performance on the map, its seats and its customer in the basket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import HoldExpired, OfferOver, OutcomeUnknown
from pos_app.domain.sentences import say
from pos_app.services.selling.offers import open_offer
from pos_app.ui.screens.selling.basket.hold_request import HoldRequest
from pos_app.ui.screens.selling.waiting.offered import OfferedSeats
from pos_app.ui.waiting.words import until_words
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.waiting.rows import WaitingRow
    from pos_app.services.selling.offers import OpenedOffer
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.performances.on_sale import OnSale
    from pos_app.ui.screens.selling.waiting.offered import OfferedInBasket
    from pos_app.ui.seat_map.live_map import LiveMap
    from pos_app.ui.waiting.source import WaitingSource


class OpeningOffers(QObject):
    """Opens one offer after the other. is_busy: whether something else is done with the basket.

    Signals: opened(): its seats are in the basket. refused(Message): it is not opened, and why.
    """

    opened = Signal()
    refused = Signal(object)

    def __init__(
        self,
        parent: QObject,
        office: Office,
        source: WaitingSource,
        hold: BasketHold,
        live: LiveMap,
        on_sale: OnSale,
        offered: OfferedInBasket,
        is_busy: Callable[[], bool],
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._source = source
        self._hold = hold
        self._live = live
        self._on_sale = on_sale
        self._offered = offered
        self._is_busy = is_busy
        self._wanted: WaitingRow | None = None
        self._unheard: WaitingRow | None = None

    def open_by_id(self, offer_id: int) -> None:
        """Open an offer of which only the number is known."""

        def found(rows: tuple[WaitingRow, ...]) -> None:
            row = next(
                (one for one in rows if one.entry.offer is not None and one.entry.offer.offer_id == offer_id), None
            )
            if row is None:
                gone = OfferOver(say("This offer is over: it was sold, taken back, or its time has run out."))
                self.refused.emit(message_for(gone))
            else:
                self.open(row)

        self._source.find(self, "", None).then(found, lambda error: self.refused.emit(message_for(error)))

    def open(self, row: WaitingRow) -> None:
        """Open an offer, once its performance is on the map."""
        basket = self._hold.basket
        if self._is_busy() or (self._hold.is_expired and basket.lines):
            words = self.tr("Something else is at the counter.")
            self.refused.emit(Message(words, self.tr("Finish it, or release it, then open the offer."), Level.WARNING))
            return
        if basket.lines and basket.customer_id not in {None, row.entry.customer_id}:
            words = self.tr("The basket is {0}'s.").format(basket.customer_name)
            self.refused.emit(Message(words, self.tr("Sell it, or release it, then open the offer."), Level.WARNING))
            return
        self._wanted = row
        offer = self._live.offer
        if offer is None or self._live.plan is None or offer.performance_id != row.entry.performance_id:
            self._on_sale.open_first(row.entry.performance_id)
        else:
            self.go_on()

    def go_on(self) -> None:
        """A performance is on the map: if it is the one that is waited for, its offer goes into the basket."""
        row, offer = self._wanted, self._live.offer
        if row is None or row.entry.offer is None or offer is None:
            return
        if offer.performance_id != row.entry.performance_id:
            return
        self._wanted = None
        offer_id = row.entry.offer.offer_id

        def begin(key: str, late: bool) -> Reply[OpenedOffer]:  # noqa: ARG001, FBT001 - as HoldRequest calls it
            return self._office.write(self, open_offer, offer_id, key)

        self._hold.ask(
            HoldRequest(
                offer,
                self._live.plan,
                begin,
                lambda opened: opened.hold,
                row.entry.offer.seats,
                on_held=lambda _opened: self._on_held(row),
                on_refused=lambda error: self._on_refused(error, row),
            )
        )

    def follow(self) -> None:
        """The basket has changed: it may hold what had been asked for without an answer."""
        row = self._unheard
        if row is not None and row.entry.offer is not None and all(map(self._hold.basket.holds, row.entry.offer.seats)):
            self._unheard = None
            self._on_held(row)

    def _on_held(self, row: WaitingRow) -> None:
        entry = row.entry
        if entry.offer is None or not any(map(self._hold.basket.holds, entry.offer.seats)):
            return
        until = until_words(entry.offer.expires_at, row.evening)
        self._offered.add(OfferedSeats(entry.offer.offer_id, entry.customer_name, until, entry.offer.seats))

        def name(basket: Basket) -> None:
            basket.name_customer(entry.customer_name, None)
            # Who that is in full is learnt by the number.
            basket.customer_id = entry.customer_id

        if self._hold.basket.customer_id != entry.customer_id:
            self._hold.change(name)
        self.opened.emit()

    def _on_refused(self, error: Exception, row: WaitingRow) -> bool:
        """Tell whether it is dealt with: of an answer that was lost, and of time that is over, others tell."""
        if isinstance(error, OutcomeUnknown):
            self._unheard = row
            return False
        if isinstance(error, HoldExpired):
            return False
        self.refused.emit(message_for(error))
        return True
