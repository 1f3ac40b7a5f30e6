"""What the orders screen asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Permission
from pos_app.flows.print_tickets import reprint, send_to_printer, set_tickets
from pos_app.flows.void_order import void_with_approval
from pos_app.services.orders.last_orders import list_last_orders, load_order
from pos_app.services.staff.choices import list_approvers
from pos_app.ui.pages import draw_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.selling.sales import OrderDetail, OrderSummary, VoidedOrder
    from pos_app.domain.staff.sign_in import Approval, StaffChoice
    from pos_app.flows.print_tickets import PrintedTickets, TicketPress
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class OrderOperations:
    """Looking at the orders of a till and correcting them; `owner` is who wants the answer.

    press: returns how this till prints now. A request id is made once for each thing a person asks for, and sent
    again when it is tried again.
    """

    def __init__(self, office: Office, press: Callable[[], TicketPress]) -> None:
        self._office = office
        self._press = press

    @property
    def printer(self) -> str:
        """The printer queue of this till, "" for none."""
        return self._press().queue

    @property
    def may_approve(self) -> bool:
        """Tell whether who is signed in needs nobody else to take a sale back."""
        return self._office.actor.may(Permission.APPROVE)

    def approvers(self, owner: QObject) -> Reply[tuple[StaffChoice, ...]]:
        """Read who may approve."""
        return self._office.background.read_latest(owner, "approvers", list_approvers)

    def last_orders(self, owner: QObject) -> Reply[tuple[OrderSummary, ...]]:
        """List the last ten orders of this till, the newest first."""
        return self._office.background.read_latest(owner, "last orders", list_last_orders, self._office.actor.till_id)

    def order(self, owner: QObject, order_id: int) -> Reply[OrderDetail]:
        """Read an order with its tickets; an answer that is no longer the one asked for is dropped."""
        return self._office.background.read_latest(owner, "order", load_order, order_id)

    def tickets(self, owner: QObject, ticket_ids: Sequence[int]) -> Reply[PrintedTickets]:
        """Set tickets as they were printed last, for the preview."""
        return self._office.background.run_flow(owner, set_tickets, self._press(), tuple(ticket_ids))

    def reprint(self, owner: QObject, ticket_ids: Sequence[int], request_id: str, reason: str) -> Reply[PrintedTickets]:
        """Set tickets anew; the codes printed before are void."""
        return self._office.background.run_flow(
            owner, reprint, self._press(), self._office.actor, tuple(ticket_ids), request_id=request_id, reason=reason
        )

    def void(
        self, owner: QObject, order_id: int, request_id: str, reason: str, approval: Approval | None
    ) -> Reply[VoidedOrder]:
        """Take a sale back. approval: of a manager; None where who is signed in may approve it."""
        return self._office.run_flow(
            owner, void_with_approval, order_id, request_id=request_id, reason=reason, approval=approval
        )

    def print_out(self, owner: QObject, printed: PrintedTickets) -> Reply[None]:
        """Send tickets to the printer."""
        return self._office.background.outside(owner, send_to_printer, self._press(), printed)

    def pages(self, owner: QObject, pdf: bytes) -> Reply[tuple[RasterPage, ...]]:
        """Draw the pages of a PDF."""
        return self._office.background.compute(owner, draw_pages, pdf)
