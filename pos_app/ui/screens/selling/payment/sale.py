"""Selling, exchanging, reserving and picking up, each once; and finding out what became of what has no known end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.computer.journal import PICK_UP, RESERVATION
from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import OutcomeUnknown, PriceChanged, SeatsTaken, ServerBusy, ServerUnreachable
from pos_app.domain.selling.sales import SaleRequest
from pos_app.flows.reserve import pay_reservation, reserve_basket
from pos_app.flows.sell import exchange_seats, resolve_pending, sell_basket
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from pos_app.computer.journal import Journal, PendingSale
    from pos_app.domain.orders.exchanges import ExchangeRequest
    from pos_app.domain.orders.reservations import PickUpRequest, ReserveRequest
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.gifts import Gift
    from pos_app.domain.selling.sales import Sale, Tender
    from pos_app.flows.sell import ResolvedSale
    from pos_app.ui.office import Office

ASK_AGAIN_MS: Final = 3000


class SaleTaking(QObject):
    """Carries one sale through, or what else is done with a basket; shows nothing.

    Signals:
        sold(Sale, str): the money is recorded, the seats of the basket of this key are the customer's.
        refused(Exception): nothing was sold.
        exchanged(ExchangeDone), not_exchanged(Exception): the same of an exchange; reserved(Reservation),
        not_reserved(Exception): of a reservation; picked_up(Sale), not_picked_up(Exception): of one that is paid.
        in_doubt(OutcomeUnknown): it may be sold, exchanged or picked up; Foyer keeps asking. reserving_in_doubt(
        OutcomeUnknown): it may be reserved.
        resolved(ResolvedSale): the end of a sale that was in doubt. exchange_resolved, reservation_resolved,
        pick_up_resolved(ResolvedSale): of an exchange, a reservation, a pick-up.
        unresolved(Exception): asking for that end failed in a way that nobody foresaw; told once.
    """

    sold = Signal(object, str)
    refused = Signal(object)
    exchanged = Signal(object)
    not_exchanged = Signal(object)
    reserved = Signal(object)
    not_reserved = Signal(object)
    picked_up = Signal(object)
    not_picked_up = Signal(object)
    in_doubt = Signal(object)
    reserving_in_doubt = Signal(object)
    resolved = Signal(object)
    exchange_resolved = Signal(object)
    reservation_resolved = Signal(object)
    pick_up_resolved = Signal(object)
    unresolved = Signal(object)

    def __init__(self, office: Office, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = office.background
        self._actor = office.actor
        self._journal = journal
        self._request_id = ""
        self._is_held_back = False
        self._selling = False
        self._again = QTimer(self, interval=ASK_AGAIN_MS)
        self._again.timeout.connect(self.resolve)
        self._asking = False
        self._told = False

    @property
    def is_in_doubt(self) -> bool:
        """Tell whether the end of a sale is not known; no other may begin."""
        return self._again.isActive() or self._is_held_back

    @property
    def is_unsettled(self) -> bool:
        """Tell whether a sale of this window was asked for, and its end is not known yet."""
        return self._selling or self._again.isActive()

    def hold_back(self, held_back: bool) -> None:  # noqa: FBT001 - a plain state
        """Let no sale begin while the end of one of a window that was cut off is not known."""
        self._is_held_back = held_back

    def begin(self) -> None:
        """A payment is opened: whatever is tried until it ends is one and the same request."""
        self._request_id = new_request_id()

    def request(self, basket: Basket, tender: Tender, *, after_start: bool, gift: Gift | None) -> SaleRequest:
        """Return what the server is asked to sell: the basket for what the customer gave."""
        return SaleRequest(
            request_id=self._request_id,
            basket_key=basket.key,
            lines=basket.sale_lines(),
            total_minor=basket.totals().total_minor,
            tender=tender,
            customer_name=basket.customer_name,
            customer_id=basket.customer_id,
            note=basket.note,
            after_start=after_start,
            promo_code=basket.promo_code(),
            gift=gift,
            collect=basket.collect,
        )

    def sell(self, basket: Basket, request: SaleRequest) -> None:
        """Sell the basket, as it is asked for."""
        self._selling = True
        self._background.run_flow(
            self,
            sell_basket,
            self._journal,
            self._actor,
            request,
            currency=basket.currency,
            places=spoken(basket.named()),
        ).then(lambda sale: self._on_sold(sale, request.basket_key), self._on_refused)

    def exchange(self, request: ExchangeRequest, *, basket_key: str, currency: str, places: str) -> None:
        """Exchange seats of an order, as it is asked for. basket_key, places: of the basket at the counter."""
        self._selling = True
        self._background.run_flow(
            self,
            exchange_seats,
            self._journal,
            self._actor,
            request,
            basket_key=basket_key,
            currency=currency,
            places=places,
        ).then(
            lambda done: self._end(self.exchanged, done),
            lambda error: self._on_not_done(error, self.not_exchanged, self.in_doubt),
        )

    def reserve(self, request: ReserveRequest, *, currency: str, places: str) -> None:
        """Reserve a basket, as it is asked for."""
        self._selling = True
        self._background.run_flow(
            self, reserve_basket, self._journal, self._actor, request, currency=currency, places=places
        ).then(
            lambda made: self._end(self.reserved, made),
            lambda error: self._on_not_done(error, self.not_reserved, self.reserving_in_doubt),
        )

    def pick_up(self, request: PickUpRequest, *, currency: str, places: str) -> None:
        """Take the money for what was reserved, as it is asked for."""
        self._selling = True
        self._background.run_flow(
            self, pay_reservation, self._journal, self._actor, request, currency=currency, places=places
        ).then(
            lambda sale: self._end(self.picked_up, sale),
            lambda error: self._on_not_done(error, self.not_picked_up, self.in_doubt),
        )

    def resolve(self) -> None:
        """Ask what became of the sales in the journal."""
        if self._asking:
            return
        self._asking = True
        self._background.run_flow(self, resolve_pending, self._journal).then(self._on_resolved, self._on_unresolved)

    def _on_sold(self, sale: Sale, basket_key: str) -> None:
        self._selling = False
        self.sold.emit(sale, basket_key)

    def _on_refused(self, error: Exception) -> None:
        self._selling = False
        if isinstance(error, OutcomeUnknown):
            self._again.start()
            self.in_doubt.emit(error)
            return
        if isinstance(error, PriceChanged | SeatsTaken):
            self._request_id = new_request_id()
        self.refused.emit(error)

    def _end(self, told: SignalInstance, done: object) -> None:
        self._selling = False
        told.emit(done)

    def _on_not_done(self, error: Exception, refused: SignalInstance, doubted: SignalInstance) -> None:
        self._selling = False
        if isinstance(error, OutcomeUnknown):
            self._again.start()
            doubted.emit(error)
        else:
            refused.emit(error)

    def _on_resolved(self, found: tuple[ResolvedSale, ...]) -> None:
        self._asking = False
        self._told = False
        self._again.stop()
        for one in found:
            self._signal_of(one.pending).emit(one)

    def _signal_of(self, pending: PendingSale) -> SignalInstance:
        if pending.kind == RESERVATION:
            return self.reservation_resolved
        if pending.kind == PICK_UP:
            return self.pick_up_resolved
        return self.exchange_resolved if pending.is_exchange else self.resolved

    def _on_unresolved(self, error: Exception) -> None:
        """Keep asking: until the end of that sale is known, no other may begin."""
        self._asking = False
        self._again.start()
        if not isinstance(error, ServerUnreachable | ServerBusy | OutcomeUnknown) and not self._told:
            self._told = True
            self.unresolved.emit(error)
