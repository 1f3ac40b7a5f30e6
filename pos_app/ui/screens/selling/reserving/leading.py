"""Reserving the basket: the sheet, the reservation, and what is to be done when it was not made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import new_request_id
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import (
    HoldExpired,
    PosError,
    PriceChanged,
    PromoCodeRefused,
    SeatsTaken,
)
from pos_app.domain.orders.reservations import ReserveRequest
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.services.orders.reservations.terms import load_terms
from pos_app.ui.screens.selling.payment.words import not_settled
from pos_app.ui.screens.selling.reserving.sheet import ReserveSheet
from pos_app.ui.screens.selling.reserving.words import as_sale, done_words, is_reserved, not_known, not_reserved
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.reservations import Reservation
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.flows.sell import ResolvedSale
    from pos_app.ui.customers.source import CustomerSource
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.panel import BasketPanel
    from pos_app.ui.screens.selling.basket.promo_code import BasketCodes
    from pos_app.ui.screens.selling.notices import SellNotices
    from pos_app.ui.screens.selling.payment.checkout import Checkout
    from pos_app.ui.screens.selling.payment.tickets import TicketPrinting
    from pos_app.ui.screens.selling.reserving.sheet import Wanted


class Reserving(QObject):
    """Leads one basket into a reservation, and asks for it once however often the key is pressed.

    Signals:
        opened(bool): its sheet is open, or no longer.
        made(Reservation, str, tuple): the basket of this key is reserved, and the next one empty; what it held
        (PerformanceSeats).
        said(Message): something for the person.
    """

    opened = Signal(bool)
    made = Signal(object, str, object)
    said = Signal(object)

    def __init__(
        self,
        screen: QWidget,
        office: Office,
        hold: BasketHold,
        customers: CustomerSource,
        codes: BasketCodes,
        checkout: Checkout,
        is_busy: Callable[[], bool],
    ) -> None:
        """is_busy: whether something else is done with the basket, or shown in its place."""
        super().__init__(screen)
        self._screen = screen
        self._office = office
        self._hold = hold
        self._customers = customers
        self._codes = codes
        self._checkout = checkout
        self._is_busy = is_busy
        self._wanted = self._looking = False
        self._request: ReserveRequest | None = None
        self.sheet: ReserveSheet | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it is being asked for."""
        return self.sheet is not None and isValid(self.sheet) and self.sheet.is_open

    @property
    def is_opening(self) -> bool:
        """Tell whether it is being asked for, or about to be."""
        return self._looking or self.is_open

    def ask(self) -> None:
        """Ask under whose name the basket is reserved, once seats that were just clicked and a code are answered.

        As before a payment, it is told first where a single seat would be left alone.
        """
        if self._is_busy() or self.is_opening or not self._office.actor.may(Permission.RESERVE):
            return
        if self._hold.is_waiting:
            self._wanted = True
            return
        basket = self._hold.basket
        if not basket.lines:
            return
        if self._checkout.taking.is_in_doubt:
            self.said.emit(not_settled())
            return
        self._codes.let_reserve(self._look_over)

    def _look_over(self) -> None:
        if self._is_busy() or self.is_opening:
            return
        self._looking = True
        self._checkout.advice.look(self._open, self._stop_looking)

    def _stop_looking(self) -> None:
        self._looking = False

    def _open(self) -> None:
        self._looking = False
        basket = self._hold.basket
        if self._is_busy() or self.is_open or not basket.lines:
            return
        if self._hold.is_waiting:
            self._wanted = True
            return
        if self._checkout.gifts.is_open_for(basket):
            self._checkout.gifts.ask(basket, self.ask)
            return
        self._request = None
        self.sheet = sheet = ReserveSheet(self._screen, self._customers, basket)
        sheet.wanted.connect(self._reserve)
        sheet.closed.connect(self._on_closed)
        sheet.terms_asked.connect(self._read_terms)
        sheet.open()
        self.opened.emit(True)
        self._read_terms()

    def go_on(self) -> None:
        """All seats are answered: reserve what was asked for before they were."""
        wanted, self._wanted = self._wanted, False
        if wanted:
            self.ask()

    def hearings(self, panel: BasketPanel, notices: SellNotices, tickets: TicketPrinting) -> list[Hearing]:
        """Return what leads to a reservation, and what it leads to."""
        taking = self._checkout.taking

        def show(made: Reservation, key: str, seats: tuple[PerformanceSeats, ...]) -> None:
            tickets.show(as_sale(made), key, seats, done=done_words(made), slip=True)

        return [
            (self.ask, panel.reserve.clicked),
            (self.go_on, self._hold.settled),
            (self._on_reserved, taking.reserved),
            (self._on_refused, taking.not_reserved),
            (self._on_in_doubt, taking.reserving_in_doubt),
            (self._tell_end, taking.reservation_resolved),
            (notices.say, self.said),
            (show, self.made),
        ]

    def _read_terms(self) -> None:
        if (sheet := self.sheet) is not None:
            evenings = sorted({seat.performance_id for seat in self._hold.basket.seats})
            self._office.read_latest(sheet, "terms", load_terms, evenings).then(sheet.show_terms, sheet.show_no_terms)

    def _on_closed(self) -> None:
        self.sheet = None
        self.opened.emit(False)

    def _reserve(self, wanted: Wanted) -> None:
        """Ask the server; whatever is tried until the sheet closes is one and the same request."""
        sheet, basket = self.sheet, self._hold.basket
        if sheet is None or not basket.lines:
            return
        self._request = ReserveRequest(
            request_id=new_request_id() if self._request is None else self._request.request_id,
            basket_key=basket.key,
            lines=basket.sale_lines(),
            total_minor=basket.totals().total_minor,
            customer_name=wanted.name,
            note=wanted.note,
            customer_id=None if wanted.customer is None else wanted.customer.customer_id,
            release_at=wanted.release_at,
            promo_code=basket.promo_code(),
            gift=self._checkout.gifts.answer_for(basket),
        )
        sheet.show_busy()
        self._checkout.taking.reserve(self._request, currency=basket.currency, places=spoken(basket.named()))

    def _on_reserved(self, made: Reservation) -> None:
        request, basket = self._request, self._hold.basket
        key, seats = basket.key, basket.seats_by_performance()
        self._request = None
        if self.sheet is not None:
            self.sheet.close_sheet()
        if request is not None and request.basket_key == key:
            self._checkout.note.drop(key)
            self._hold.finish()
        self.made.emit(made, key, seats)

    def _on_refused(self, error: Exception) -> None:
        """Nothing is reserved: what was typed stays, where something else may be tried."""
        sheet = self.sheet
        leaves = isinstance(error, SeatsTaken | PriceChanged | PromoCodeRefused | HoldExpired)
        foreseen = isinstance(error, PosError | FieldRefused)
        if sheet is not None and foreseen and not leaves:
            sheet.show_error(error)
            return
        self._request = None
        if sheet is not None:
            sheet.close_sheet()
        self.said.emit(message_for(error))
        if isinstance(error, SeatsTaken):
            self._hold.drop(tuple(SeatKey(*pair) for pair in error.seats))
        elif isinstance(error, PromoCodeRefused):
            self._hold.change(lambda basket: basket.drop_promo())
        elif isinstance(error, PriceChanged):
            self._checkout.news.read()
        elif isinstance(error, HoldExpired):
            self._hold.read_again()

    def _on_in_doubt(self) -> None:
        """Nobody knows yet; it is asked for until somebody does."""
        if self.sheet is not None:
            self.sheet.show_unknown(not_known())

    def _tell_end(self, found: ResolvedSale) -> None:
        """Say what became of a reservation that was not known, be it of this window or of one that was cut off."""
        made, request = found.reserved, self._request
        if made is not None and request is not None and request.request_id == found.pending.request_id:
            self._on_reserved(made)
        elif made is not None:
            self.said.emit(is_reserved(made))
        elif self.sheet is not None:
            self.sheet.let_try_again(not_reserved())
