"""One order as the desk sees it: its lines and tickets, its money, and who did what when. Minor units, times in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState, RefundState
from pos_app.domain.seats import reading_order

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from pos_app.domain.orders.resale import ResaleOnPage
    from pos_app.domain.orders.standing import OrderStanding
    from pos_app.domain.seats import Place
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.domain.selling.sales import PaymentMethod

STILL_OWED: Final = frozenset({RefundState.DUE, RefundState.PENDING, RefundState.FAILED})
"""Refunds that the customer still gets."""


@dataclass(frozen=True, slots=True)
class TicketOnPage:
    """The ticket of a line. issue_count: how often it was printed; entered_at, gate: its last good use at a door.

    is_waiting: it was never handed over: its first print is no reprint.
    """

    ticket_id: int
    short_code: str
    issue_count: int
    is_waiting: bool
    is_void: bool
    is_inside: bool
    entries: int
    entered_at: datetime | None = None
    gate: str = ""


@dataclass(frozen=True, slots=True)
class LineOnPage:
    """One line. performance_id, seat_id, place, type: of a seat. brought_minor: what it cost after what was taken off.

    for_line_id: the seat's line whose fee this is; None: the order's. made_by_id, ended_by_id: changes of the page.
    """

    line_id: int
    kind: LineKind
    state: LineState
    price_minor: int
    discount_minor: int
    for_line_id: int | None = None
    performance_id: int | None = None
    seat_id: int | None = None
    category_id: int | None = None
    ticket_type_id: int | None = None
    place: Place | None = None
    ticket_type: str = ""
    made_by_id: int | None = None
    ended_by_id: int | None = None
    ticket: TicketOnPage | None = None
    resale: ResaleOnPage | None = None
    """Its ticket is on resale, or was resold."""

    @property
    def is_on_resale(self) -> bool:
        """Tell whether its seat is for sale."""
        return self.resale is not None and self.resale.ended_at is None

    @property
    def brought_minor(self) -> int:
        """What it brought, and what a refund of it gives back."""
        return self.price_minor - self.discount_minor

    @property
    def is_live(self) -> bool:
        """Tell whether it counts."""
        return self.state is LineState.LIVE

    @property
    def was_used(self) -> bool:
        """Tell whether somebody came in with its ticket."""
        return self.ticket is not None and self.ticket.entries > 0


@dataclass(frozen=True, slots=True)
class PaymentOnPage:
    """Money that came in. refunded_minor: what went back of it or is due."""

    payment_id: int
    method: PaymentMethod
    amount_minor: int
    refunded_minor: int
    reference: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RefundOnPage:
    """Money that goes back, by a change. made_at: when it was decided; paid_at: when it was paid out, None: not yet."""

    refund_id: int
    method: PaymentMethod
    amount_minor: int
    state: RefundState
    reference: str
    made_at: datetime
    paid_at: datetime | None
    change_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeOnPage:
    """Who did what when. staff_name, till_name: "" where that was not kept; approver_name: who allowed it, "" nobody.

    reason: as it was typed. paid_minor, back_minor: what came in, and what goes back by it. changes_tickets: lines of
    the order were made or ended by it.
    """

    change_id: int
    kind: ChangeKind
    made_at: datetime
    staff_name: str
    till_name: str
    approver_name: str
    reason: str
    paid_minor: int = 0
    back_minor: int = 0
    changes_tickets: bool = False


@dataclass(frozen=True, slots=True)
class ReservedOnPage:
    """That seats of an order are reserved and not paid. release_at: when they are given back; seconds_left: until then.

    open_at: the till that has it open for paying just now, "" for none; open_seconds: how long it still has.
    """

    release_at: datetime
    seconds_left: float
    open_at: str = ""
    open_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class OrderSign:
    """By what a picture of an order is seen to be stale. open_at: see ReservedOnPage.

    entries, inside: how often guests came in with its tickets, and with how many one is inside: gates change no order.
    """

    revision: int
    open_at: str = ""
    entries: int = 0
    inside: int = 0


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with all that became of it. revision: of this picture; what is done on it names it.

    performances: of its seats that count, and where none does of those that did. left: performances of which it has no
    seat any more, with the seats that it had. seconds_to_void: how long the whole order can still be taken back as if
    it had not been sold (0: too late). customer_id: whose it is, None where it bears a plain name or none. reserved:
    None where nothing of it is reserved.
    """

    order_id: int
    number: str
    revision: int
    created_at: datetime
    time_zone: str
    currency: str
    standing: OrderStanding
    customer_name: str
    note: str
    till_name: str
    staff_name: str
    total_minor: int
    performances: tuple[PerformanceSeats, ...]
    lines: tuple[LineOnPage, ...]
    payments: tuple[PaymentOnPage, ...]
    refunds: tuple[RefundOnPage, ...]
    history: tuple[ChangeOnPage, ...]
    seconds_to_void: float = 0.0
    left: tuple[PerformanceSeats, ...] = ()
    customer_id: int | None = None
    reserved: ReservedOnPage | None = None

    @property
    def sign(self) -> OrderSign:
        """Return by what this picture is seen to be stale."""
        tickets = [line.ticket for line in self.lines if line.ticket is not None]
        return OrderSign(
            self.revision,
            "" if self.reserved is None else self.reserved.open_at,
            sum(ticket.entries for ticket in tickets),
            sum(ticket.is_inside for ticket in tickets),
        )

    @property
    def is_reserved_in_vain(self) -> bool:
        """Tell whether seats of cancelled performances are all that is still reserved: they can but be given back."""
        cancelled = {one.performance_id for one in self.performances if one.is_cancelled}
        reserved = {line.performance_id for line in self.reserved_seats}
        return bool(reserved) and reserved <= cancelled

    @property
    def seats(self) -> tuple[LineOnPage, ...]:
        """Return the lines of seats: those that count by evening, row and seat, then the others as they were made."""
        evenings = {one.performance_id: at for at, one in enumerate(self.performances)}

        def by_seat(line: LineOnPage) -> tuple[object, ...]:
            if line.state not in {LineState.LIVE, LineState.RESERVED}:
                return (True,)
            named = reading_order(line.place) if line.place is not None else ()
            return False, evenings.get(line.performance_id or 0, 0), named, line.seat_id or 0

        return tuple(sorted((line for line in self.lines if line.kind is LineKind.SEAT), key=by_seat))

    @property
    def told_minor(self) -> dict[int, int]:
        """What lines that were paid at a later price were told to cost when they were reserved, by the paid line."""
        told = {(line.ended_by_id, line.seat_id): line.brought_minor for line in self._repriced}
        made = ((line.line_id, (line.made_by_id, line.seat_id)) for line in self.lines if line.seat_id is not None)
        return {line_id: told[where] for line_id, where in made if where in told}

    @property
    def shown_seats(self) -> tuple[LineOnPage, ...]:
        """Return the lines of seats without those in whose place the same seat was paid at a later price."""
        repriced = {line.line_id for line in self._repriced}
        return tuple(line for line in self.seats if line.line_id not in repriced)

    @property
    def _repriced(self) -> tuple[LineOnPage, ...]:
        picked_up = {change.change_id for change in self.history if change.kind is ChangeKind.PICK_UP}
        return tuple(line for line in self.lines if line.seat_id is not None and line.ended_by_id in picked_up)

    @property
    def live_seats(self) -> tuple[LineOnPage, ...]:
        """Return the lines of seats that count."""
        return tuple(line for line in self.seats if line.is_live)

    @property
    def reserved_seats(self) -> tuple[LineOnPage, ...]:
        """Return the lines of seats that are kept and not paid."""
        return tuple(line for line in self.seats if line.state is LineState.RESERVED)

    @property
    def live_fees(self) -> tuple[LineOnPage, ...]:
        """Return the fees that count."""
        return tuple(line for line in self.lines if line.kind is LineKind.FEE and line.is_live)

    def fees_of(self, line_ids: Collection[int]) -> tuple[LineOnPage, ...]:
        """Return the fees that count and go with these seats; the order's own where none of its seats is left."""
        whole = {line.line_id for line in self.live_seats} <= set(line_ids)
        return tuple(
            fee for fee in self.live_fees if (whole if fee.for_line_id is None else fee.for_line_id in line_ids)
        )

    def resold_by(self, fee: LineOnPage) -> LineOnPage | None:
        """Return the seat of whose resale a fee is the commission; None for a fee that was charged."""
        of = next((line for line in self.seats if line.line_id == fee.for_line_id), None)
        return of if of is not None and of.resale is not None and fee.made_by_id == of.ended_by_id else None

    def is_owed_for(self, line: LineOnPage) -> bool:
        """Tell whether money for a line that ended is still to be paid out; given up, another refund stands for it."""
        states = {one.state for one in self.refunds if one.change_id == line.ended_by_id}
        return bool(states & STILL_OWED) or (RefundState.GIVEN_UP in states and self.due_minor > 0)

    @property
    def waiting(self) -> tuple[int, ...]:
        """Return the ids of the tickets that wait at the window."""
        return tuple(line.ticket.ticket_id for line in self.live_seats if line.ticket and line.ticket.is_waiting)

    @property
    def due_minor(self) -> int:
        """What the customer still gets."""
        return sum(one.amount_minor for one in self.refunds if one.state in STILL_OWED)

    @property
    def returned_minor(self) -> int:
        """What the customer got back."""
        return sum(one.amount_minor for one in self.refunds if one.state is RefundState.PAID)

    @property
    def paid_minor(self) -> int:
        """What came in."""
        return sum(one.amount_minor for one in self.payments)

    @property
    def owed_minor(self) -> int:
        """What the customer has still to pay."""
        return sum(line.brought_minor for line in self.lines if line.state is LineState.RESERVED)
