"""What the order desk asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Permission
from pos_app.flows.exchange import exchange_with_approval
from pos_app.flows.hand_over import hand_over_tickets
from pos_app.flows.print_tickets import reprint, send_to_printer, set_tickets
from pos_app.flows.refund import give_up_with_approval, pay_out_with_approval, refund_with_approval
from pos_app.flows.void_order import void_with_approval
from pos_app.services.orders.details import correct_details
from pos_app.services.orders.exchanges.making import preview_exchange
from pos_app.services.orders.exchanges.swaps import swap_places
from pos_app.services.orders.finding.filter_choices import list_filter_choices
from pos_app.services.orders.finding.search import find_orders
from pos_app.services.orders.finding.table import export_orders
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.refunds.due import list_refunds_due
from pos_app.services.orders.refunds.making import preview_refund
from pos_app.services.orders.resale.returning import preview_resale, return_for_resale
from pos_app.services.orders.resale.taking_back import take_back_resale
from pos_app.services.orders.sign import load_order_sign
from pos_app.services.season.offers import load_offer
from pos_app.services.staff.choices import list_approvers
from pos_app.ui.customers.source import CustomerSource
from pos_app.ui.pages import draw_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.orders.exchanges import (
        DetailsRequest,
        ExchangeAsk,
        ExchangeDone,
        ExchangePreview,
        ExchangeRequest,
        SwapRequest,
    )
    from pos_app.domain.orders.filter_choices import FilterChoices
    from pos_app.domain.orders.finding import OrderCursor, OrderQuery, OrdersPage
    from pos_app.domain.orders.page import OrderPage, OrderSign
    from pos_app.domain.orders.refunds import (
        GiveUp,
        PaidOut,
        PayOut,
        RefundAsk,
        RefundDone,
        RefundDue,
        RefundPreview,
        RefundRequest,
    )
    from pos_app.domain.orders.resale import ResaleAsk, ResaleBackRequest, ResaleDone, ResalePreview, ResaleRequest
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.selling.sales import VoidedOrder
    from pos_app.domain.staff.sign_in import Approval, StaffChoice
    from pos_app.flows.print_tickets import PrintedTickets, TicketPress
    from pos_app.ui.background import Background, Reply
    from pos_app.ui.office import Office


class OrderOperations:
    """Looking for orders and changing them; `owner` is who wants the answer.

    press: returns how this till prints now. A request id is made once for each thing a person asks for, and sent
    again when it is tried again.
    """

    def __init__(self, office: Office, press: Callable[[], TicketPress]) -> None:
        self._office = office
        self._press = press

    @property
    def background(self) -> Background:
        """Return where what needs no person runs."""
        return self._office.background

    @property
    def printer(self) -> str:
        """The printer queue of this till, "" for none."""
        return self._press().queue

    @property
    def till_id(self) -> int:
        """Return which till asks."""
        return self._office.actor.till_id

    @property
    def till_name(self) -> str:
        """Return how this till is called."""
        return self._office.actor.till_name

    @property
    def may_approve(self) -> bool:
        """Tell whether who is signed in needs nobody else for what a manager has to allow."""
        return self._office.actor.may(Permission.APPROVE)

    @property
    def customers(self) -> CustomerSource:
        """Return where customers are found and made."""
        return CustomerSource(self._office)

    def approvers(self, owner: QObject) -> Reply[tuple[StaffChoice, ...]]:
        """Read who may approve."""
        return self._office.background.read_latest(owner, "approvers", list_approvers)

    def choices(self, owner: QObject) -> Reply[FilterChoices]:
        """Read what the list can be filtered by."""
        return self._office.read_latest(owner, "choices", list_filter_choices)

    def find(self, owner: QObject, query: OrderQuery, after: OrderCursor | None, limit: int) -> Reply[OrdersPage]:
        """Look for orders; an answer that is no longer the one asked for is dropped."""
        return self._office.read_latest(owner, "orders", find_orders, query, after=after, limit=limit)

    def export(self, owner: QObject, query: OrderQuery) -> Reply[bytes]:
        """Make a table for a spreadsheet of all that fits; the audit is told."""
        return self._office.write(owner, export_orders, query)

    def order(self, owner: QObject, order_id: int) -> Reply[OrderPage]:
        """Read an order; an answer that is no longer the one asked for is dropped."""
        return self._office.read_latest(owner, "order", load_order_page, order_id)

    def sign(self, owner: QObject, order_id: int) -> Reply[OrderSign]:
        """Look whether an order was changed; nobody waits for it."""
        return self._office.background.poll(owner, "sign", load_order_sign, self._office.actor, order_id)

    def tickets(self, owner: QObject, ticket_ids: Sequence[int]) -> Reply[PrintedTickets]:
        """Set tickets as they were printed last, for the preview."""
        return self._office.background.run_flow(owner, set_tickets, self._press(), tuple(ticket_ids))

    def reprint(
        self, owner: QObject, ticket_ids: Sequence[int], request_id: str, reason: str, seen: int
    ) -> Reply[PrintedTickets]:
        """Set tickets anew; the codes printed before are void. seen: the revision of the order that is shown."""
        asked = self._press(), self._office.actor, tuple(ticket_ids)
        return self._office.background.run_flow(owner, reprint, *asked, request_id=request_id, reason=reason, seen=seen)

    def hand_over(self, owner: QObject, order_id: int, request_id: str, seen: int) -> Reply[PrintedTickets]:
        """Set the tickets of an order that waits at the window, for the first time. seen: as for reprint."""
        return self._office.background.run_flow(
            owner, hand_over_tickets, self._press(), self._office.actor, order_id, request_id=request_id, seen=seen
        )

    def void(
        self, owner: QObject, order_id: int, request_id: str, reason: str, approval: Approval | None
    ) -> Reply[VoidedOrder]:
        """Take a sale back. approval: of a manager; None where who is signed in may approve it."""
        return self._office.run_flow(
            owner, void_with_approval, order_id, request_id=request_id, reason=reason, approval=approval
        )

    def preview_refund(self, owner: QObject, ask: RefundAsk) -> Reply[RefundPreview]:
        """Reckon what would go back; an answer that is no longer the one asked for is dropped."""
        return self._office.read_latest(owner, "preview", preview_refund, ask)

    def refund(self, owner: QObject, request: RefundRequest, approval: Approval | None) -> Reply[RefundDone]:
        """Give tickets back. approval: of a manager; None where nobody else is needed."""
        return self._office.run_flow(owner, refund_with_approval, request, approval)

    def preview_resale(self, owner: QObject, ask: ResaleAsk) -> Reply[ResalePreview]:
        """Reckon what goes back once tickets are resold; an answer that is no longer the one asked for is dropped."""
        return self._office.read_latest(owner, "preview", preview_resale, ask)

    def return_for_resale(self, owner: QObject, request: ResaleRequest) -> Reply[ResaleDone]:
        """Put tickets on resale."""
        return self._office.write(owner, return_for_resale, request)

    def take_back_resale(self, owner: QObject, request: ResaleBackRequest) -> Reply[ResaleDone]:
        """Take tickets off resale."""
        return self._office.write(owner, take_back_resale, request)

    def refunds_due(self, owner: QObject) -> Reply[tuple[RefundDue, ...]]:
        """List what was not paid out yet."""
        return self._office.read_latest(owner, "due", list_refunds_due)

    def pay_out(self, owner: QObject, request: PayOut, approval: Approval | None) -> Reply[PaidOut]:
        """Pay out what is due."""
        return self._office.run_flow(owner, pay_out_with_approval, request, approval)

    def give_up(self, owner: QObject, request: GiveUp, approval: Approval | None) -> Reply[int]:
        """Give up one way of paying out for another."""
        return self._office.run_flow(owner, give_up_with_approval, request, approval)

    def offer(self, owner: QObject, performance_id: int) -> Reply[PerformanceOffer]:
        """Read which ticket types a performance has."""
        return self._office.background.read(owner, load_offer, performance_id)

    def preview_exchange(self, owner: QObject, ask: ExchangeAsk) -> Reply[ExchangePreview]:
        """Reckon the difference; an answer that is no longer the one asked for is dropped."""
        return self._office.read_latest(owner, "preview", preview_exchange, ask)

    def exchange(self, owner: QObject, request: ExchangeRequest, approval: Approval | None) -> Reply[ExchangeDone]:
        """Put other lines into an order."""
        return self._office.run_flow(owner, exchange_with_approval, request, approval)

    def swap(self, owner: QObject, request: SwapRequest) -> Reply[ExchangeDone]:
        """Let two guests change their places."""
        return self._office.write(owner, swap_places, request)

    def correct(self, owner: QObject, request: DetailsRequest) -> Reply[int]:
        """Store another name or note."""
        return self._office.write(owner, correct_details, request)

    def print_out(self, owner: QObject, printed: PrintedTickets) -> Reply[None]:
        """Send tickets to the printer."""
        return self._office.background.outside(owner, send_to_printer, self._press(), printed)

    def pages(self, owner: QObject, pdf: bytes) -> Reply[tuple[RasterPage, ...]]:
        """Draw the pages of a PDF."""
        return self._office.background.compute(owner, draw_pages, pdf)
