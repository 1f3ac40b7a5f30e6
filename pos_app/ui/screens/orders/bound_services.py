"""The orders screen's questions, answered by the services of the box office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.flows.print_tickets import reprint, send_to_printer, set_tickets
from pos_app.flows.void_order import void_with_approval
from pos_app.services.orders.last_orders import list_last_orders, load_order
from pos_app.ui.pages import draw_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import OrderDetail, OrderSummary, VoidedOrder
    from pos_app.flows.print_tickets import PrintedTickets, TicketPress
    from pos_app.ui.background import Background, Reply


class BoundOrders:
    """Answers for one person at one till; see OrdersServices."""

    def __init__(self, background: Background, actor: Actor, press: TicketPress) -> None:
        self._background = background
        self._actor = actor
        self._press = press

    def use_press(self, press: TicketPress) -> None:
        """Print so from now on."""
        self._press = press

    @property
    def printer(self) -> str:
        """The printer queue of this till, "" for none."""
        return self._press.queue

    def last_orders(self, owner: QObject) -> Reply[tuple[OrderSummary, ...]]:
        """List the last ten orders of this till, the newest first."""
        return self._background.read_latest(owner, "last orders", list_last_orders, self._actor.till_id)

    def order(self, owner: QObject, order_id: int) -> Reply[OrderDetail]:
        """Read an order; an answer that is no longer the one asked for is dropped."""
        return self._background.read_latest(owner, "order", load_order, order_id)

    def tickets(self, owner: QObject, ticket_ids: Sequence[int]) -> Reply[PrintedTickets]:
        """Set tickets as they were printed last."""
        return self._background.run_flow(owner, set_tickets, self._press, tuple(ticket_ids))

    def reprint(self, owner: QObject, ticket_ids: Sequence[int], request_id: str, reason: str) -> Reply[PrintedTickets]:
        """Set tickets anew; the codes printed before are void."""
        return self._background.run_flow(
            owner, reprint, self._press, self._actor, tuple(ticket_ids), request_id=request_id, reason=reason
        )

    def void(
        self, owner: QObject, order_id: int, request_id: str, reason: str, manager: str, pin: str
    ) -> Reply[VoidedOrder]:
        """Take a sale back."""
        return self._background.run_flow(
            owner,
            void_with_approval,
            self._actor,
            order_id,
            request_id=request_id,
            reason=reason,
            manager=manager,
            pin=pin,
        )

    def print_out(self, owner: QObject, printed: PrintedTickets) -> Reply[None]:
        """Send tickets to the printer."""
        return self._background.outside(owner, send_to_printer, self._press, printed)

    def pages(self, owner: QObject, pdf: bytes) -> Reply[tuple[RasterPage, ...]]:
        """Draw the pages of a PDF."""
        return self._background.compute(owner, draw_pages, pdf)
