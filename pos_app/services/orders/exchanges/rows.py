"""The rows of an order that is exchanged: its live lines as they stand, and the new ones."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import OrderLine, Payment, Performance, PromoShare, Ticket, TicketPresence, TicketType
from pos_app.db.results import insert_row
from pos_app.domain.errors import OrderChanged
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.exchanges import SeatLine
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.gifts import is_gift
from pos_app.domain.selling.sales import LONGEST_NAME
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.promo_codes.shares import write_shares

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import Tender
    from pos_app.services.orders.ledger import OpenChange

_LINE = table_of(OrderLine)


class NewLine(NamedTuple):
    """A seat line that is to be made, with the fees of its ticket. Amounts in minor units.

    shares: what each use of a promo code takes off it, with the use's id.
    """

    seat: SeatKey
    category_id: int
    ticket_type_id: int
    price_minor: int
    discount_minor: int
    fees_minor: tuple[int, ...] = ()
    shares: tuple[tuple[int, int], ...] = ()

    @property
    def brought_minor(self) -> int:
        """What the place costs, without fees."""
        return self.price_minor - self.discount_minor


def load_live_lines(session: Session, order_id: int) -> tuple[SeatLine, ...]:
    """Return the seat lines of an order that are live, with the fees of their tickets; sorted by seat."""
    return load_seat_lines(session, order_id, LineState.LIVE)


def load_seat_lines(session: Session, order_id: int, *states: LineState) -> tuple[SeatLine, ...]:
    """Return the seat lines of an order in these states, with the fees of their tickets; sorted by seat."""
    rows = session.execute(
        select(
            OrderLine.id,
            OrderLine.performance_id,
            OrderLine.seat_id,
            OrderLine.category_id,
            OrderLine.ticket_type_id,
            OrderLine.price_minor,
            OrderLine.discount_minor,
            Performance.event_id,
            TicketType.complimentary,
        )
        .join(Performance, Performance.id == OrderLine.performance_id)
        .join(TicketType, TicketType.id == OrderLine.ticket_type_id)
        .where(OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT, OrderLine.state.in_(states))
        .order_by(OrderLine.performance_id, OrderLine.seat_id)
    ).all()
    fees: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for fee in session.execute(
        select(OrderLine.id, OrderLine.for_line_id, OrderLine.price_minor)
        .where(
            OrderLine.order_id == order_id,
            OrderLine.kind == LineKind.FEE,
            OrderLine.state.in_(states),
            OrderLine.for_line_id.is_not(None),
        )
        .order_by(OrderLine.id)
    ):
        fees[fee.for_line_id].append((fee.id, fee.price_minor))
    shares = _load_shares(session, [row.id for row in rows])
    return tuple(
        SeatLine(
            row.id,
            SeatKey(row.performance_id, row.seat_id),
            row.category_id,
            row.ticket_type_id,
            row.event_id,
            row.price_minor,
            row.discount_minor,
            tuple(fees[row.id]),
            complimentary=is_gift(complimentary=bool(row.complimentary), price_minor=row.price_minor),
            shares=shares.get(row.id, ()),
        )
        for row in rows
    )


def _load_shares(session: Session, line_ids: Sequence[int]) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return what each use of a promo code took off lines, by the lines."""
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for share in session.execute(
        select(PromoShare.order_line_id, PromoShare.redemption_id, PromoShare.saved_minor)
        .where(PromoShare.order_line_id.in_(line_ids))
        .order_by(PromoShare.redemption_id)
    ):
        found[share.order_line_id].append((share.redemption_id, share.saved_minor))
    return {line_id: tuple(shares) for line_id, shares in found.items()}


def chosen_lines(lines: Sequence[SeatLine], line_ids: Collection[int]) -> tuple[SeatLine, ...]:
    """Return those of an order's live lines that were chosen. Raises OrderChanged where one is none of them."""
    found = tuple(line for line in lines if line.line_id in line_ids)
    if len(found) != len(line_ids):
        raise OrderChanged(
            say("A ticket that was chosen is not valid any more."),
            advice=say("Nothing was done. Look at the order as it is now, then decide."),
        )
    return found


def used_lines(session: Session, line_ids: Collection[int]) -> frozenset[int]:
    """Return the lines with whose tickets somebody came in already."""
    rows = session.execute(
        select(Ticket.order_line_id)
        .join(TicketPresence, TicketPresence.ticket_id == Ticket.id)
        .where(Ticket.order_line_id.in_(sorted(line_ids)), TicketPresence.entries > 0)
    )
    return frozenset(rows.scalars())


def insert_new_lines(session: Session, change: OpenChange, lines: Sequence[NewLine]) -> dict[SeatKey, int]:
    """Insert seat lines and the fees of their tickets; return the seat lines by their seats."""
    stamp = {"order_id": change.order_id, "state": LineState.LIVE, "made_by_id": change.change_id}
    session.execute(
        insert(_LINE),
        [
            {
                **stamp,
                "kind": LineKind.SEAT,
                "performance_id": line.seat.performance_id,
                "seat_id": line.seat.seat_id,
                "category_id": line.category_id,
                "ticket_type_id": line.ticket_type_id,
                "price_minor": line.price_minor,
                "discount_minor": line.discount_minor,
            }
            for line in sorted(lines, key=lambda line: line.seat)
        ],
    )
    made = lines_made(session, change.order_id, change.change_id)
    fees = [
        {**stamp, "kind": LineKind.FEE, "for_line_id": made[line.seat], "price_minor": fee, "discount_minor": 0}
        for line in lines
        for fee in line.fees_minor
        if fee
    ]
    if fees:
        session.execute(insert(_LINE), fees)
    uses = {use for line in lines for use, _ in line.shares}
    for use in sorted(uses):
        write_shares(session, use, {made[line.seat]: dict(line.shares).get(use, 0) for line in lines})
    return made


def insert_exchange_fees(session: Session, change: OpenChange, fee_minor: int, times: int) -> None:
    """Insert the fee of each exchanged ticket: it is the order's, and no later exchange gives it back."""
    if not (fee_minor and times):
        return
    fee = {
        "order_id": change.order_id,
        "state": LineState.LIVE,
        "made_by_id": change.change_id,
        "kind": LineKind.FEE,
        "price_minor": fee_minor,
        "discount_minor": 0,
    }
    session.execute(insert(_LINE), [fee] * times)


def lines_made(session: Session, order_id: int, change_id: int) -> dict[SeatKey, int]:
    """Return the seat lines that a change made, by their seats."""
    rows = session.execute(
        select(OrderLine.id, OrderLine.performance_id, OrderLine.seat_id)
        .where(OrderLine.order_id == order_id, OrderLine.made_by_id == change_id, OrderLine.kind == LineKind.SEAT)
        .order_by(OrderLine.performance_id, OrderLine.seat_id)
    )
    return {SeatKey(row.performance_id, row.seat_id): row.id for row in rows}


def lines_told(session: Session, change: OpenChange) -> list[list[object]]:
    """Return what an audit entry says of the lines that a change made; fees have no place."""
    rows = session.execute(
        select(
            OrderLine.id,
            OrderLine.performance_id,
            OrderLine.seat_id,
            (OrderLine.price_minor - OrderLine.discount_minor).label("brought"),
        )
        .where(OrderLine.order_id == change.order_id, OrderLine.made_by_id == change.change_id)
        .order_by(OrderLine.id)
    )
    return [[row.id, row.performance_id, row.seat_id, row.brought] for row in rows]


def tickets_made(session: Session, lines: Collection[int]) -> tuple[tuple[int, ...], bool]:
    """Return the tickets of seat lines, in the order in which they were made, and whether any was not printed yet."""
    rows = session.execute(
        select(Ticket.id, Ticket.printed_at).where(Ticket.order_line_id.in_(sorted(lines))).order_by(Ticket.id)
    ).all()
    return tuple(row.id for row in rows), any(row.printed_at is None for row in rows)


def insert_difference(session: Session, actor: Actor, change: OpenChange, request_id: str, tender: Tender) -> int:
    """Insert the money that a customer paid for an exchange; return its id."""
    return insert_row(
        session,
        Payment,
        request_id=request_id,
        order_id=change.order_id,
        method=tender.method,
        amount_minor=tender.amount_minor,
        tendered_minor=tender.tendered_minor,
        reference=clean_line(tender.reference, LONGEST_NAME),
        made_by_id=change.change_id,
        till_id=actor.till_id,
        created_at=utc_now(),
    )
