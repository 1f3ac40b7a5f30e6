"""Taking the money for a reservation: who allows today's prices, the check, the sheet, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import (
    ApprovalRefused,
    OrderChanged,
    PickUpElsewhere,
    PriceChanged,
    SaleAfterStart,
    SeatsTaken,
)
from pos_app.domain.orders.reservations import PickUpRequest
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.flows.sign_in import approve
from pos_app.services.orders.reservations.picking_up import confirm_pick_up
from pos_app.services.staff.choices import list_approvers
from pos_app.ui.screens.selling.basket.questions import ask_late_sale
from pos_app.ui.screens.selling.payment.late_sheet import LatePaymentSheet
from pos_app.ui.screens.selling.payment.words import not_settled
from pos_app.ui.screens.selling.picking_up.words import (
    allowed_words,
    changed_while_paying,
    given_up,
    is_not_picked_up,
    is_picked_up,
    may_go_on,
    nothing_chosen,
    over_while_paying,
    refusal_message,
)
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.house.settings import HouseSettings
    from pos_app.domain.selling.sales import Sale
    from pos_app.flows.sell import ResolvedSale
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.payment.sale import SaleTaking
    from pos_app.ui.screens.selling.payment.sheet import PaymentSheet
    from pos_app.ui.screens.selling.picking_up.at_counter import ReservationAtCounter


class PayingReservation(QObject):
    """Leads one reservation through its payment; whatever is tried for one total is one and the same request.

    Signals:
        opened(bool): money is being taken, or no longer.
        paid(Sale): it is paid, and was at this counter. said, refused(Message): with money, without.
    """

    opened = Signal(bool)
    paid = Signal(object)
    said = Signal(object)
    refused = Signal(object)

    def __init__(self, screen: QWidget, office: Office, counter: ReservationAtCounter, taking: SaleTaking) -> None:
        super().__init__(screen)
        self._screen = screen
        self._office = office
        self._counter = counter
        self._taking = taking
        self._request: PickUpRequest | None = None
        self._is_checking = self._is_running = self._tendered = self._after_start = False
        self._approval_id: int | None = None
        self._approval: ApprovalSheet | None = None
        self.payment = LatePaymentSheet(screen, self._on_paid, self._on_given_up)

    @property
    def sheet(self) -> PaymentSheet:
        """The sheet that takes the money."""
        return self.payment.sheet

    @property
    def is_open(self) -> bool:
        """Tell whether money is about to be taken, or is being taken."""
        return self._request is not None

    def ask(self, method: PaymentMethod) -> None:
        """Take the money for the seats that are chosen."""
        if self.is_open or not self._counter.is_active:
            return
        if self._taking.is_in_doubt:
            self.said.emit(not_settled())
        elif not self._counter.chosen:
            self.said.emit(nothing_chosen())
        else:
            self._approval_id, self._after_start, self._tendered = None, False, False
            self._begin(method)

    def warn(self) -> None:
        """Say over an open payment that the time at this till is over, while that is so."""
        if self.payment.is_open:
            self.sheet.warn(over_while_paying() if self._counter.is_over else None)

    def _begin(self, method: PaymentMethod) -> None:
        total = self._counter.due_minor()
        pick_up = self._counter.pick_up
        if pick_up is None or total is None:
            return
        self._request = PickUpRequest(
            request_id=new_request_id(),
            order_id=pick_up.order_id,
            basket_key=pick_up.hold.basket_key,
            line_ids=self._counter.chosen,
            total_minor=total,
            tender=Tender(method, total),
            price_of_now=self._counter.of_now,
        )
        self.opened.emit(True)
        self._check_allowed(method)

    def _check_allowed(self, method: PaymentMethod) -> None:
        needs = self._counter.of_now and not self._office.actor.may(Permission.PRICE_OF_NOW)
        if needs and self._approval_id is None:
            self._ask_manager(lambda: self._confirm(method))
        else:
            self._confirm(method)

    def _confirm(self, method: PaymentMethod) -> None:
        """Ask before money moves whether it would sell."""
        request = self._completed(None)
        if request is None or self._is_checking:
            return
        self._is_checking = True
        self._office.read_latest(self, "confirm", confirm_pick_up, request).then(
            lambda settings: self._on_confirmed(method, settings), lambda error: self._on_not_confirmed(method, error)
        )

    def _on_confirmed(self, method: PaymentMethod, settings: HouseSettings) -> None:
        self._is_checking = False
        request, pick_up = self._request, self._counter.pick_up
        if request is None or pick_up is None:
            return
        self.payment.count_in_cents(settings.cash_in_cents)
        self.sheet.performances.show_seats(self._counter.performances)
        self.sheet.ask(method, request.total_minor, pick_up.currency)
        self.warn()

    def _on_not_confirmed(self, method: PaymentMethod, error: Exception) -> None:
        self._is_checking = False
        if isinstance(error, SaleAfterStart):
            late = ask_late_sale(self._screen)
            late.confirmed.connect(lambda: self._allow_late(lambda: self._confirm(method)))
            late.cancelled.connect(self._end)
        elif isinstance(error, ApprovalRefused):
            self._ask_manager(lambda: self._confirm(method), error)
        else:
            self._refuse(error, method)

    def _completed(self, tender: Tender | None) -> PickUpRequest | None:
        """Return the request with all that was answered so far."""
        request = self._request
        if request is None:
            return None
        self._request = PickUpRequest(
            request.request_id,
            request.order_id,
            request.basket_key,
            request.line_ids,
            request.total_minor,
            tender or request.tender,
            price_of_now=request.price_of_now,
            approval_id=self._approval_id,
            after_start=self._after_start,
        )
        return self._request

    def _on_paid(self, tender: Tender) -> None:
        counter, request = self._counter, self._request
        if request is None:
            return
        now = counter.chosen, counter.due_minor(), counter.of_now
        if now != (request.line_ids, request.total_minor, request.price_of_now):
            self._close()
            self.said.emit(changed_while_paying(tender.method))
            return
        self._tendered = True
        self._run(tender)

    def _run(self, tender: Tender) -> None:
        request, pick_up = self._completed(tender), self._counter.pick_up
        if request is None or pick_up is None or self._is_running:
            return
        self._is_running = True
        self.sheet.show_busy()
        places = ", ".join(spoken(seats.spoken()) for seats in self._counter.performances)
        self._taking.pick_up(request, currency=pick_up.currency, places=places)

    def take_done(self, sale: Sale) -> None:
        """It is paid: from now on the customer has the tickets."""
        self._close()
        self.paid.emit(sale)

    def take_doubt(self) -> None:
        """It is not known whether it was paid: nothing is taken twice."""
        if self._is_running:
            self._close()

    def tell_end(self, found: ResolvedSale) -> None:
        """Say what became of a payment that was not known, be it of this window or of one that was cut off."""
        if found.sale is None:
            pending = found.pending
            self.said.emit(is_not_picked_up(PaymentMethod(pending.method) if pending.total_minor else None))
            self._counter.read_again()
        elif self._counter.order_id == found.pending.order_id:
            self.paid.emit(found.sale)
        else:
            self.said.emit(is_picked_up(found.sale))

    def take_refusal(self, error: Exception) -> None:
        """It was not paid: say what becomes of the money, and what may still be done."""
        self._is_running = False
        request = self._request
        if request is None:
            return
        tender = request.tender
        if not may_go_on(error):
            self._refuse(error, tender.method)
            return
        self.sheet.show_error(error, refusal_message(error, tender.method, tendered=True))
        if isinstance(error, SaleAfterStart):
            late = ask_late_sale(self.sheet)
            late.confirmed.connect(lambda: self._allow_late(lambda: self._run(tender)))
        elif isinstance(error, ApprovalRefused):
            self._ask_manager(lambda: self._run(tender), error)

    def _refuse(self, error: Exception, method: PaymentMethod) -> None:
        """There is no sale: say why, and look at what is reserved now."""
        message = refusal_message(error, method, tendered=self._tendered)
        self._close()
        (self.said if message.money else self.refused).emit(message)
        if isinstance(error, OrderChanged | PriceChanged | SeatsTaken | PickUpElsewhere):
            self._counter.read_again()

    def _allow_late(self, go_on: Callable[[], object]) -> None:
        self._after_start = True
        go_on()

    def _ask_manager(self, go_on: Callable[[], object], refusal: ApprovalRefused | None = None) -> None:
        """Ask a manager to allow today's prices, over what is open."""
        pick_up, counter = self._counter.pick_up, self._counter
        if pick_up is None:
            return
        told, now = counter.due_minor(of_now=False) or 0, counter.due_minor(of_now=True) or 0
        over = self.sheet if self.payment.is_open else self._screen
        title = self.tr("Today's prices")
        self._approval = sheet = ApprovalSheet(
            over, title, allowed_words(pick_up, told, now), yes=self.tr("Allow today's prices")
        )

        def allowed(approval_id: int | None) -> None:
            sheet.close_sheet()
            self._approval_id = approval_id
            go_on()

        sheet.given.connect(
            lambda approval: self._office.run_flow(sheet, approve, approval, Permission.PRICE_OF_NOW).then(
                allowed, sheet.refuse
            )
        )
        sheet.cancelled.connect(self._end_unless_open)
        sheet.open()
        self._office.background.read_latest(sheet, "approvers", list_approvers).then(sheet.show_managers, sheet.refuse)
        if refusal is not None:
            self._approval_id = None
            sheet.refuse(refusal)

    def _end_unless_open(self) -> None:
        if not self.payment.is_open:
            self._end()

    def _on_given_up(self) -> None:
        """The person went back: what is chosen stays chosen, and reserved."""
        if self._tendered:
            self.said.emit(given_up(self.sheet.method))
        self._end()

    def _close(self) -> None:
        self._is_running = False
        if self.payment.is_open:
            self.sheet.close_sheet()
        self._end()

    def _end(self) -> None:
        self._is_checking = self._is_running = False
        if self._request is not None:
            self._request = None
            self.opened.emit(False)
