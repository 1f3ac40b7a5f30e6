"""What the orders screen asks for; bound_services binds it to the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.selling.sales import OrderDetail, OrderSummary, VoidedOrder
    from pos_app.flows.print_tickets import PrintedTickets

R_co = TypeVar("R_co", covariant=True)


class Answer(Protocol[R_co]):
    """The promise of an outcome; the callbacks run on the GUI thread."""

    def then(self, on_done: Callable[[R_co], object], on_error: Callable[[Exception], object], /) -> object:
        """Say what to do with the result, and with an error."""
        ...


class OrdersServices(Protocol):
    """Everything that the orders screen asks for; `owner` is who wants the answer.

    A request id is made once for each thing a person asks for, and sent again when it is tried again.
    """

    @property
    def printer(self) -> str:
        """The printer queue of this till, "" for none."""
        ...

    def last_orders(self, owner: QObject) -> Answer[tuple[OrderSummary, ...]]:
        """List the last ten orders of this till, the newest first."""
        ...

    def order(self, owner: QObject, order_id: int) -> Answer[OrderDetail]:
        """Read an order with its tickets."""
        ...

    def tickets(self, owner: QObject, ticket_ids: Sequence[int]) -> Answer[PrintedTickets]:
        """Set tickets as they were printed last, for the preview."""
        ...

    def reprint(
        self, owner: QObject, ticket_ids: Sequence[int], request_id: str, reason: str
    ) -> Answer[PrintedTickets]:
        """Set tickets anew; the codes printed before are void."""
        ...

    def void(
        self, owner: QObject, order_id: int, request_id: str, reason: str, manager: str, pin: str
    ) -> Answer[VoidedOrder]:
        """Take a sale back."""
        ...

    def print_out(self, owner: QObject, printed: PrintedTickets) -> Answer[object]:
        """Send tickets to the printer; the answer's value is not looked at."""
        ...

    def pages(self, owner: QObject, pdf: bytes) -> Answer[tuple[RasterPage, ...]]:
        """Draw the pages of a PDF."""
        ...
