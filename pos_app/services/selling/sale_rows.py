"""The rows that a sale writes: the order, its lines, its tickets, and the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Order, OrderChange, OrderLine, Payment, Ticket, TicketPresence
from pos_app.db.results import inserted_key
from pos_app.domain.codes import new_order_number, new_short_code
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState
from pos_app.domain.orders.finding import OrderTexts
from pos_app.domain.selling.sales import LONGEST_NAME, LONGEST_NOTE
from pos_app.domain.texts import clean_line

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import SaleRequest
    from pos_app.services.selling.holds import HoldRow
    from pos_app.services.selling.pricing import PricedBasket

_ORDER = table_of(Order)
_CHANGE = table_of(OrderChange)
_LINE = table_of(OrderLine)
_TICKET = table_of(Ticket)
_PRESENCE = table_of(TicketPresence)
_PAYMENT = table_of(Payment)

# Built once, and of tables: building them with every sale takes longer than the server does.
_MAKE_ORDER = insert(_ORDER).values(created_at=utc_now())
_MAKE_CHANGE = insert(_CHANGE).values(created_at=utc_now())
_MAKE_LINES = insert(_LINE)
_LINES_OF = (
    select(_LINE.c.performance_id, _LINE.c.seat_id, _LINE.c.id)
    .where(_LINE.c.order_id == bindparam("of_order"), _LINE.c.kind == LineKind.SEAT)
    .order_by(_LINE.c.id)
)
_MAKE_TICKETS = insert(_TICKET).values(printed_at=utc_now())
_MAKE_WAITING = insert(_TICKET).values(printed_at=None)
_TICKETS_OF = (
    select(_TICKET.c.id)
    .where(_TICKET.c.order_line_id.in_(bindparam("of_lines", expanding=True)))
    .order_by(_TICKET.c.id)
)
_MAKE_PRESENCES = insert(_PRESENCE)
_TAKE_MONEY = insert(_PAYMENT).values(created_at=utc_now())


def insert_order(
    session: Session,
    actor: Actor,
    request: SaleRequest,
    basket: PricedBasket,
    hold: HoldRow,
    *,
    given_for: str = "",
    release_at: datetime | None = None,
) -> tuple[int, str, OrderTexts]:
    """Insert the order; return its id, its number, and by what it is found.

    given_for: why tickets are given away, kept before the note. release_at: of a reservation, when it gives its seats
    back (UTC); None: it is sold.
    """
    number = new_order_number()
    name = clean_line(request.customer_name, LONGEST_NAME)
    note = clean_line("; ".join(filter(None, (given_for, clean_line(request.note, LONGEST_NOTE)))), LONGEST_NOTE)
    result = session.connection().execute(
        _MAKE_ORDER,
        {
            "request_id": request.request_id,
            "number": number,
            "till_id": actor.till_id,
            "staff_id": actor.staff_id,
            "customer_id": request.customer_id,
            "customer_name": name,
            "note": note,
            "currency": basket.currency,
            "lines_minor": basket.totals.lines_minor,
            "fee_minor": basket.totals.fee_minor,
            "total_minor": basket.totals.total_minor,
            "hold_id": hold.id,
            "release_at": release_at,
        },
    )
    order_id = inserted_key(result)
    return order_id, number, OrderTexts(order_id, name=name, note=note)


def insert_first_change(
    session: Session, actor: Actor, request: SaleRequest, order_id: int, kind: ChangeKind = ChangeKind.SALE
) -> int:
    """Insert the change that an order begins with; return its id."""
    values = {
        "request_id": request.request_id,
        "order_id": order_id,
        "kind": kind,
        "staff_id": actor.staff_id,
        "till_id": actor.till_id,
    }
    return inserted_key(session.connection().execute(_MAKE_CHANGE, values))


def insert_lines(
    session: Session, order_id: int, change_id: int, basket: PricedBasket, state: LineState = LineState.LIVE
) -> dict[SeatKey, int]:
    """Insert the lines of seats, the order's fee and that of each ticket; return the ids of the seats' by seat."""
    connection = session.connection()
    made = {"order_id": order_id, "made_by_id": change_id, "state": state}
    rows = [
        made
        | {
            "kind": LineKind.SEAT,
            "performance_id": line.seat.performance_id,
            "seat_id": line.seat.seat_id,
            "category_id": line.category_id,
            "ticket_type_id": line.ticket_type_id,
            "price_minor": line.price_minor,
            "discount_minor": line.discount_minor,
        }
        for line in sorted(basket.lines, key=lambda line: line.seat)
    ]
    order_fee = basket.totals.fee_minor - sum(line.fee_minor for line in basket.lines)
    if order_fee:
        nowhere = dict.fromkeys(("performance_id", "seat_id", "category_id", "ticket_type_id"))
        rows.append(made | nowhere | {"kind": LineKind.FEE, "price_minor": order_fee, "discount_minor": 0})
    connection.execute(_MAKE_LINES, rows)
    seats = {(line.seat.performance_id, line.seat.seat_id): line.seat for line in basket.lines}
    stored = connection.execute(_LINES_OF, {"of_order": order_id})
    lines = {seats[performance, seat]: line for performance, seat, line in stored}
    fees = [
        made | {"kind": LineKind.FEE, "for_line_id": lines[line.seat], "price_minor": line.fee_minor}
        for line in sorted(basket.lines, key=lambda line: line.seat)
        if line.fee_minor
    ]
    if fees:
        connection.execute(_MAKE_LINES, fees)
    return lines


def insert_tickets(
    session: Session, lines: dict[SeatKey, int], *, waiting: bool = False, issued_at: datetime | None = None
) -> tuple[int, ...]:
    """Insert a ticket for each line, and what the gates count of it; return their ids.

    waiting: they are printed when they are collected at the window, and not now. issued_at: the moment that stands on
    them (UTC); None: now.
    """
    connection = session.connection()
    issued = {} if issued_at is None else {"issued_at": issued_at}
    connection.execute(
        _MAKE_WAITING if waiting else _MAKE_TICKETS,
        [
            {
                "order_line_id": line,
                "performance_id": seat.performance_id,
                "live_seat_id": seat.seat_id,
                "short_code": new_short_code(),
                **issued,
            }
            for seat, line in lines.items()
        ],
    )
    tickets = tuple(connection.execute(_TICKETS_OF, {"of_lines": list(lines.values())}).scalars())
    connection.execute(_MAKE_PRESENCES, [{"ticket_id": ticket} for ticket in tickets])
    return tickets


def insert_payment(session: Session, actor: Actor, request: SaleRequest, order_id: int, change_id: int) -> int:
    """Insert the money that was taken; return its id."""
    tender = request.tender
    taken = session.connection().execute(
        _TAKE_MONEY,
        {
            "request_id": request.request_id,
            "order_id": order_id,
            "made_by_id": change_id,
            "method": tender.method,
            "amount_minor": tender.amount_minor,
            "tendered_minor": tender.tendered_minor,
            "reference": clean_line(tender.reference, LONGEST_NAME),
            "till_id": actor.till_id,
        },
    )
    return inserted_key(taken)
