"""A reservation as it is stored: its order, who has it open for paying, and its lines that are still reserved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.clock import seconds_until
from pos_app.db.models import Hold, Order, OrderLine, Till
from pos_app.db.results import matched_rows
from pos_app.domain.codes import grouped
from pos_app.domain.errors import NotFound, OrderChanged
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.seats import SeatKey
from pos_app.domain.sentences import say
from pos_app.services.orders.ledger import tell_last_change

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class StoredReservation:
    """The order of a reservation. seconds_left: until its seats are given back.

    open_hold_id: the hold under which a till has had it open; open_at, open_till_id: that till, "" and None where none
    has it open now. open_until: so long that till has it open, or had it.
    """

    order_id: int
    number: str
    revision: int
    currency: str
    customer_name: str
    note: str
    customer_id: int | None
    created_at: datetime
    release_at: datetime
    seconds_left: float
    open_hold_id: int | None = None
    open_at: str = ""
    open_till_id: int | None = None
    open_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReservedRow:
    """A line that is still reserved, of a seat or a fee. told_minor: what it costs, with what was taken off."""

    line_id: int
    kind: LineKind
    told_minor: int
    for_line_id: int | None = None
    seat: SeatKey | None = None
    ticket_type_id: int | None = None


def load_reservation(session: Session, order_id: int, *, lock: bool = False) -> StoredReservation:
    """Read a reservation. Raises NotFound, OrderChanged where nothing of it is reserved any more: what became of it."""
    if lock:
        session.execute(select(Order.id).where(Order.id == order_id).with_for_update())
    row = session.execute(
        select(
            Order.number,
            Order.revision,
            Order.currency,
            Order.customer_name,
            Order.note,
            Order.customer_id,
            Order.created_at,
            Order.release_at,
            seconds_until(Order.release_at).label("seconds_left"),
            Order.pickup_hold_id,
            seconds_until(Order.pickup_until).label("open_for"),
            Order.pickup_until,
            Till.id.label("till_id"),
            Till.name,
        )
        .outerjoin(Hold, Hold.id == Order.pickup_hold_id)
        .outerjoin(Till, Till.id == Hold.till_id)
        .where(Order.id == order_id)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This order is not there."))
    if row.release_at is None:
        raise OrderChanged(
            say(
                "Nothing of order {number} is reserved any more ({what}).",
                number=grouped(row.number),
                what=tell_last_change(session, order_id),
            ),
            advice=say("Look at the order as it is now."),
        )
    is_open = row.open_for is not None and float(row.open_for) > 0
    return StoredReservation(
        order_id=order_id,
        number=row.number,
        revision=row.revision,
        currency=row.currency,
        customer_name=row.customer_name,
        note=row.note,
        customer_id=row.customer_id,
        created_at=row.created_at,
        release_at=row.release_at,
        seconds_left=float(row.seconds_left),
        open_hold_id=row.pickup_hold_id,
        open_at=(row.name or "") if is_open else "",
        open_till_id=row.till_id if is_open else None,
        open_until=row.pickup_until,
    )


def load_reserved_lines(session: Session, order_id: int) -> tuple[ReservedRow, ...]:
    """Return what is still reserved of an order: seats in the order of seats, then the fees."""
    rows = session.execute(
        select(
            OrderLine.id,
            OrderLine.kind,
            (OrderLine.price_minor - OrderLine.discount_minor).label("told"),
            OrderLine.for_line_id,
            OrderLine.performance_id,
            OrderLine.seat_id,
            OrderLine.ticket_type_id,
        )
        .where(OrderLine.order_id == order_id, OrderLine.state == LineState.RESERVED)
        .order_by(OrderLine.id)
    )
    lines = [
        ReservedRow(
            row.id,
            LineKind(row.kind),
            int(row.told),
            row.for_line_id,
            None if row.seat_id is None else SeatKey(row.performance_id, row.seat_id),
            row.ticket_type_id,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (line.seat is None, line.seat or SeatKey(0, 0), line.line_id)))


def seats_of(lines: Iterable[ReservedRow]) -> dict[SeatKey, int]:
    """Return the lines of seats, by their seats."""
    return {line.seat: line.line_id for line in lines if line.seat is not None}


def with_fees(lines: Sequence[ReservedRow], seat_lines: Collection[int], *, of_order: bool) -> tuple[ReservedRow, ...]:
    """Return chosen lines of seats, and the fees that go with them. of_order: the order's own fee, too."""
    return tuple(
        line
        for line in lines
        if line.line_id in seat_lines
        or line.for_line_id in seat_lines
        or (of_order and line.kind is not LineKind.SEAT and line.for_line_id is None)
    )


def end_reserved(session: Session, change_id: int, line_ids: Collection[int], state: LineState) -> None:
    """End lines that are reserved, by a change of their order. Raises OrderChanged where one is not so any more."""
    ended = session.execute(
        update(OrderLine)
        .where(OrderLine.id.in_(sorted(line_ids)), OrderLine.state == LineState.RESERVED)
        .values(state=state, ended_by_id=change_id)
    )
    _require_all(matched_rows(ended), line_ids)


def make_live(session: Session, line_ids: Collection[int]) -> None:
    """Let reserved lines be paid ones. Raises OrderChanged where one is not reserved any more."""
    paid = session.execute(
        update(OrderLine)
        .where(OrderLine.id.in_(sorted(line_ids)), OrderLine.state == LineState.RESERVED)
        .values(state=LineState.LIVE)
    )
    _require_all(matched_rows(paid), line_ids)


def _require_all(matched: int, line_ids: Collection[int]) -> None:
    if matched != len(line_ids):
        raise OrderChanged(
            say("A seat of this reservation is not reserved any more."),
            advice=say("Nothing was done. Look at the order as it is now, then decide."),
        )


def close_when_empty(session: Session, order_id: int) -> bool:
    """Let an order be no reservation any more once nothing of it is reserved; tells whether that is so.

    What a till has open of it is closed then. Call it behind the end of its lines, in the transaction that has claimed
    the order.
    """
    left = select(OrderLine.id).where(
        OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT, OrderLine.state == LineState.RESERVED
    )
    if session.execute(left.limit(1)).first() is not None:
        return False
    session.execute(
        update(Order).where(Order.id == order_id).values(release_at=None, pickup_hold_id=None, pickup_until=None)
    )
    return True
