"""What is looked for among all orders of the house, and what is listed of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from pos_app.domain.orders.standing import OrderStanding
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.domain.selling.sales import PaymentMethod


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """What is looked for; all that is told has to fit, and what is empty or None fits every order.

    text: as it was typed: an order number or its beginning, words of name, note, e-mail address, digits of a phone
    number, a place, the short code of a ticket. Any text at all may be given. performance_id: one with a line of this
    order, whatever became of it. till_id, staff_id: where and by whom it was sold. day_from, day_until: days of the
    house's clock on which it was sold, both included. waiting: only what is paid and waits at the window.
    """

    text: str = ""
    performance_id: int | None = None
    standing: OrderStanding | None = None
    till_id: int | None = None
    staff_id: int | None = None
    day_from: date | None = None
    day_until: date | None = None
    waiting: bool = False

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything but a text is asked for."""
        return self != OrderQuery(self.text)


@dataclass(frozen=True, slots=True)
class OrderCursor:
    """Where a page ends and the next one begins; good for the same query only."""

    order_id: int


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list. created_at: UTC; time_zone: of its venue. Amounts in minor units of the currency.

    title: of all its performances. performances: what it is for, the places that it has now (of an order that was
    taken back, those that it had). tickets: how many these are. total_minor: as it was sold. method: how it was paid
    first; None: not yet. waits: tickets of it wait at the window for their first print.
    """

    order_id: int
    number: str
    created_at: datetime
    time_zone: str
    title: str
    performances: tuple[PerformanceSeats, ...]
    tickets: int
    total_minor: int
    currency: str
    standing: OrderStanding
    customer_name: str
    till_name: str
    staff_name: str
    method: PaymentMethod | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """A part of what was found, the newest first. next: where it goes on; None: that was all.

    So that a page comes quickly whatever is asked for, it may hold fewer orders than were asked for, even none, while
    there is a next one: older orders are still to be looked at. looked_back_to: how far this page has looked, UTC; None
    where it is full, or the last one.
    """

    rows: tuple[OrderRow, ...] = ()
    next: OrderCursor | None = None
    looked_back_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """A paid order whose tickets of one performance wait at the window for their first print.

    performance: which one, with the places that wait. name: the customer's, "" where nobody was named.
    """

    order_id: int
    number: str
    name: str
    note: str
    performance: PerformanceSeats
    tickets: int
    created_at: datetime
