from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.documents.previews import RasterPage
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Role
from pos_app.domain.seats import Place
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.domain.selling.sales import OrderDetail, OrderSummary, PaymentMethod, TicketOfOrder, VoidedOrder
from pos_app.domain.sentences import say
from pos_app.domain.staff.sign_in import StaffChoice
from pos_app.domain.tickets.faces import TicketFace
from pos_app.flows.print_tickets import PrintedTickets
from pos_app.ui.screens.orders.operations import OrderOperations
from pos_app.ui.screens.orders.screen import OrdersScreen
from tests.ui.replies import Now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.domain.staff.sign_in import Approval

MARIO = StaffChoice(2, "Mario Manager", Role.MANAGER, has_pin=True, pin_digits=4)
NORA = StaffChoice(5, "Nora Without-Pin", Role.MANAGER, has_pin=False)
SOLD_AT = datetime(2026, 11, 28, 17, 5, tzinfo=UTC)
STARTS_AT = datetime(2026, 12, 5, 18, 30, tzinfo=UTC)


def evening(tickets: int, *, performance_id: int = 7, days: int = 0) -> PerformanceSeats:
    """Return an evening of The Nutcracker, days after the first, and so many seats side by side."""
    places = tuple(Place("Stalls centre", "G", str(18 + at)) for at in range(tickets))
    return PerformanceSeats(performance_id, "The Nutcracker", STARTS_AT + timedelta(days=days), "Europe/Berlin", places)


def an_order(order_id: int, number: str, *, tickets: int = 2, seconds: float = 432.9, **changes: Any) -> OrderDetail:
    summary = OrderSummary(
        order_id=order_id,
        number=number,
        created_at=SOLD_AT - timedelta(minutes=3 * order_id),
        time_zone="Europe/Berlin",
        title="The Nutcracker",
        performances=(evening(tickets),),
        tickets=tickets,
        total_minor=5200 * tickets,
        currency="EUR",
        method=PaymentMethod.CASH,
        void=False,
        customer_name="",
        till_name="Till 1",
        staff_name="Carla Cash",
        seconds_to_void=seconds,
    )
    summary = dataclasses.replace(summary, **changes)
    rows = tuple(
        TicketOfOrder(order_id * 100 + at, place, "Adult", 5200, 1, summary.void, seats.performance_id)
        for at, (seats, place) in enumerate((seats, place) for seats in summary.performances for place in seats.places)
    )
    return OrderDetail(summary, rows, "", "Carla Cash", "4711" if summary.method is PaymentMethod.CARD else "")


@dataclass
class FakeOrders(OrderOperations):
    """Orders in memory. broken: every answer is this error; broken_printer: the printer's answer."""

    orders: list[OrderDetail] = field(default_factory=list)
    printer: str = "HALL-1"
    broken: Exception | None = None
    broken_printer: Exception | None = None
    requests: list[tuple[Any, ...]] = field(default_factory=list)
    on_paper: list[PrintedTickets] = field(default_factory=list)

    managers: tuple[StaffChoice, ...] = (MARIO, NORA)
    may_approve: bool = False

    def approvers(self, owner: QObject) -> Now[tuple[StaffChoice, ...]]:
        return Now(self.managers)

    def last_orders(self, owner: QObject) -> Now[tuple[OrderSummary, ...]]:
        return Now(self.broken or tuple(order.summary for order in self.orders))

    def order(self, owner: QObject, order_id: int) -> Now[OrderDetail]:
        found = next((order for order in self.orders if order.summary.order_id == order_id), None)
        return Now(self.broken or found or NotFound(say("This order is not there.")))

    def tickets(self, owner: QObject, ticket_ids: Sequence[int]) -> Now[PrintedTickets]:
        return Now(self.broken or self.printed(ticket_ids))

    def reprint(self, owner: QObject, ticket_ids: Sequence[int], request_id: str, reason: str) -> Now[PrintedTickets]:
        self.requests.append(("reprint", request_id, reason))
        if self.broken is None:
            self.orders = [_printed_anew(order, ticket_ids) for order in self.orders]
        return Now(self.broken or self.printed(ticket_ids))

    def void(
        self, owner: QObject, order_id: int, request_id: str, reason: str, approval: Approval | None
    ) -> Now[VoidedOrder]:
        self.requests.append(("void", request_id, reason, approval))
        if self.broken is not None:
            return Now(self.broken)
        at = next(at for at, order in enumerate(self.orders) if order.summary.order_id == order_id)
        summary = self.orders[at].summary
        self.orders[at] = an_order(order_id, summary.number, tickets=summary.tickets, void=True, seconds=0.0)
        return Now(VoidedOrder(summary.number, summary.total_minor, summary.currency, summary.method))

    def print_out(self, owner: QObject, printed: PrintedTickets) -> Now[Any]:
        if self.broken_printer is None:
            self.on_paper.append(printed)
        return Now[Any](self.broken_printer or "printed")

    def pages(self, owner: QObject, pdf: bytes) -> Now[tuple[RasterPage, ...]]:
        return Now((RasterPage(40, 30, b"\x20" * 3600), RasterPage(40, 30, b"\x80" * 3600)))

    def printed(self, ticket_ids: Sequence[int]) -> PrintedTickets:
        order = next(order for order in self.orders if any(ticket.ticket_id in ticket_ids for ticket in order.tickets))
        faces = tuple(_face(order, ticket) for ticket in order.tickets if ticket.ticket_id in ticket_ids)
        return PrintedTickets(order.summary.number, faces, b"%PDF", Path("/tickets") / f"{order.summary.number}.pdf")


def _printed_anew(order: OrderDetail, ticket_ids: Sequence[int]) -> OrderDetail:
    tickets = tuple(
        dataclasses.replace(ticket, issue_count=ticket.issue_count + 1) if ticket.ticket_id in ticket_ids else ticket
        for ticket in order.tickets
    )
    return dataclasses.replace(order, tickets=tickets)


def _face(order: OrderDetail, ticket: TicketOfOrder) -> TicketFace:
    return TicketFace(
        ticket_id=ticket.ticket_id,
        event_title=order.summary.title,
        venue_name="Main House",
        starts_at=SOLD_AT,
        doors_at=None,
        time_zone=order.summary.time_zone,
        place=ticket.place,
        category="A",
        ticket_type=ticket.ticket_type,
        price_minor=ticket.price_minor,
        currency="EUR",
        order_number=order.summary.number,
        short_code="7K4MXQ2R9T",
        code="1" * 198,
        issue_count=ticket.issue_count,
    )


@pytest.fixture
def fake() -> FakeOrders:
    return FakeOrders(
        [
            an_order(1, "ABCD2345"),
            an_order(2, "EFGH6789", method=PaymentMethod.CARD, tickets=4, customer_name="Amina Əliyeva"),
            an_order(3, "JKMN2345", void=True, seconds=0.0),
            an_order(4, "PQRS6789", seconds=0.0, tickets=1),
        ]
    )


@pytest.fixture
def screen(qtbot: QtBot, themed: QApplication, fake: FakeOrders) -> OrdersScreen:
    made = OrdersScreen(fake)
    qtbot.addWidget(made)
    made.resize(1280, 660)
    made.show()
    qtbot.waitUntil(made.isVisible)
    return made
