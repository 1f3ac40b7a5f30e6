"""How every change of an order begins, and how lines and tickets end.

A change first writes the order's revision: from then on nobody else changes it before this one is done. Only behind
that is the request looked up, so that a repeat finds what its first run made, also where that was committing just now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Order, OrderChange, OrderLine, StaffMember, Ticket, TicketPresence, Till
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.codes import grouped
from pos_app.domain.errors import NotFound, OrderChanged
from pos_app.domain.orders.changes import ENDED_BY, ChangeKind, LineKind, LineState
from pos_app.domain.seats import SeatKey
from pos_app.domain.sentences import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_WHAT: Final[dict[ChangeKind, Sentence]] = {
    ChangeKind.SALE: say("sold"),
    ChangeKind.RESERVE: say("reserved"),
    ChangeKind.PICK_UP: say("picked up and paid"),
    ChangeKind.KEEP_LONGER: say("kept longer"),
    ChangeKind.GIVE_UP_SEATS: say("reserved seats given back"),
    ChangeKind.RELEASE: say("its time was over"),
    ChangeKind.TAKEN_OVER: say("taken over"),
    ChangeKind.VOID: say("taken back"),
    ChangeKind.REFUND: say("tickets refunded"),
    ChangeKind.EXCHANGE: say("seats exchanged"),
    ChangeKind.SWAP: say("two guests changed places"),
    ChangeKind.CORRECTION: say("corrected"),
    ChangeKind.MOVE: say("moved to another performance"),
    ChangeKind.RESALE: say("tickets given back for resale"),
    ChangeKind.RESALE_BACK: say("tickets taken off resale"),
    ChangeKind.RESOLD: say("seats resold to somebody else"),
    ChangeKind.REPRINT: say("tickets printed anew"),
    ChangeKind.HAND_OVER: say("tickets handed over"),
    ChangeKind.PAY_OUT: say("a refund paid out"),
    ChangeKind.GIVE_UP: say("a refund made another way"),
}

_WHOSE: Final = (
    select(OrderChange.kind, StaffMember.name, Till.name.label("till"))
    .outerjoin(StaffMember, StaffMember.id == OrderChange.staff_id)
    .outerjoin(Till, Till.id == OrderChange.till_id)
)


@dataclass(frozen=True, slots=True)
class ClaimedOrder:
    """An order that this transaction alone may change. done_id: the change that this very request made before."""

    order_id: int
    number: str
    currency: str
    revision: int
    done_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenChange:
    """A change that is being made, or was made before by the same request (is_repeated: only answer then)."""

    change_id: int
    order_id: int
    number: str
    currency: str
    kind: ChangeKind
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class EndedLine:
    """A line that a change ended. brought_minor: what it cost, and gives back.

    seat, ticket_id: None for what has no place. is_used: somebody came in with the ticket; is_inside: and is there.
    is_waiting: the ticket was never printed.
    """

    line_id: int
    kind: LineKind
    brought_minor: int
    seat: SeatKey | None = None
    ticket_id: int | None = None
    is_used: bool = False
    is_inside: bool = False
    is_waiting: bool = False


def claim_order(session: Session, order_id: int, *, request_id: str, seen: int | None) -> ClaimedOrder:
    """Write the revision of an order, and look the request up.

    seen: the revision of the picture that a person decided on; None for what settles money or time, which judges by
    states. Raises NotFound, OrderChanged where the picture is stale and the request was not done before.
    """
    condition = [Order.id == order_id]
    if seen is not None:
        condition.append(Order.revision == seen)
    written = matched_rows(session.execute(update(Order).where(*condition).values(revision=Order.revision + 1)))
    order = session.execute(
        select(Order.number, Order.currency, Order.revision).where(Order.id == order_id)
    ).one_or_none()
    if order is None:
        raise NotFound(say("This order is not there."))
    done = session.execute(
        select(OrderChange.id, OrderChange.order_id).where(OrderChange.request_id == request_id)
    ).one_or_none()
    if done is not None:
        if done.order_id != order_id:
            raise NotFound(say("This request changed another order."), advice=say("Ask once more."))
        return ClaimedOrder(order_id, order.number, order.currency, order.revision, done.id)
    if not written:
        raise _tell_changed(session, order_id, order.number)
    return ClaimedOrder(order_id, order.number, order.currency, order.revision)


def write_change(
    session: Session,
    actor: Actor,
    order: ClaimedOrder,
    kind: ChangeKind,
    *,
    request_id: str,
    reason: str = "",
    approval_id: int | None = None,
) -> OpenChange:
    """Write the change itself; a repeated one is returned as it stands. reason: cleaned, no card number in it."""
    if order.done_id is not None:
        return OpenChange(order.done_id, order.order_id, order.number, order.currency, kind, is_repeated=True)
    change_id = insert_row(
        session,
        OrderChange,
        request_id=request_id,
        order_id=order.order_id,
        kind=kind,
        reason=reason,
        staff_id=actor.staff_id,
        approval_id=approval_id,
        till_id=actor.till_id,
        created_at=utc_now(),
    )
    return OpenChange(change_id, order.order_id, order.number, order.currency, kind)


def open_change(
    session: Session,
    actor: Actor,
    order_id: int,
    kind: ChangeKind,
    *,
    request_id: str,
    seen: int | None,
    reason: str = "",
    approval_id: int | None = None,
) -> OpenChange:
    """Claim an order and write a change of it. Raises what claim_order raises."""
    order = claim_order(session, order_id, request_id=request_id, seen=seen)
    return write_change(session, actor, order, kind, request_id=request_id, reason=reason, approval_id=approval_id)


def end_lines(session: Session, change: OpenChange, line_ids: Collection[int]) -> tuple[EndedLine, ...]:
    """End live lines of the order, and void their tickets: a gate and this decide by the same rows.

    Call it behind the locks of their seats; whether a used ticket may go is the caller's to judge, by what is returned.
    Raises OrderChanged when one of them is not live any more, or is of another order.
    """
    wanted = sorted(set(line_ids))
    rows = session.execute(
        select(
            OrderLine.id,
            OrderLine.kind,
            OrderLine.performance_id,
            OrderLine.seat_id,
            (OrderLine.price_minor - OrderLine.discount_minor).label("brought"),
            Ticket.id.label("ticket_id"),
            Ticket.printed_at,
        )
        .outerjoin(Ticket, Ticket.order_line_id == OrderLine.id)
        .where(OrderLine.id.in_(wanted), OrderLine.order_id == change.order_id, OrderLine.state == LineState.LIVE)
        .order_by(OrderLine.id)
    ).all()
    if len(rows) != len(wanted):
        raise _tell_changed(session, change.order_id, change.number)
    tickets = sorted(row.ticket_id for row in rows if row.ticket_id is not None)
    used = _void_tickets(session, tickets)
    session.execute(
        update(OrderLine)
        .where(OrderLine.id.in_(wanted))
        .values(state=ENDED_BY[change.kind], ended_by_id=change.change_id)
    )
    return tuple(
        EndedLine(
            row.id,
            LineKind(row.kind),
            row.brought,
            SeatKey(row.performance_id, row.seat_id) if row.seat_id is not None else None,
            row.ticket_id,
            is_used=row.ticket_id in used,
            is_inside=used.get(row.ticket_id, False),
            is_waiting=row.ticket_id is not None and row.printed_at is None,
        )
        for row in rows
    )


def all_waiting(ended: Iterable[EndedLine]) -> bool:
    """Tell whether none of the tickets that a change ended was ever printed: then those in their place wait too."""
    return all(line.is_waiting for line in ended if line.ticket_id is not None)


def _void_tickets(session: Session, ticket_ids: list[int]) -> dict[int, bool]:
    """Void tickets; return those that somebody came in with, and whether the guest is inside. Presence first."""
    if not ticket_ids:
        return {}
    session.execute(
        update(TicketPresence)
        .where(TicketPresence.ticket_id.in_(ticket_ids))
        .values(issue_count=0, changed_at=utc_now())
    )
    used = session.execute(
        select(TicketPresence.ticket_id, TicketPresence.inside).where(
            TicketPresence.ticket_id.in_(ticket_ids), TicketPresence.entries > 0
        )
    )
    session.execute(update(Ticket).where(Ticket.id.in_(ticket_ids)).values(voided_at=utc_now(), live_seat_id=None))
    return {row.ticket_id: bool(row.inside) for row in used}


def tell_ended(session: Session, places: Sentence, change_id: int | None) -> Sentence:
    """Say by which change lines ended, and whose it was. places: of these lines."""
    change = session.execute(_WHOSE.where(OrderChange.id == change_id)).one_or_none()
    if change is None or change.name is None:
        return say("{places}: not in the order any more.", places=places)
    return say(
        "{places}: {what} meanwhile, by {name} at {till}.",
        places=places,
        what=_WHAT[ChangeKind(change.kind)],
        name=change.name,
        till=change.till,
    )


def tell_last_change(session: Session, order_id: int) -> Sentence:
    """Say what was done to an order last, and by whom where that was somebody."""
    last = session.execute(
        _WHOSE.where(OrderChange.order_id == order_id).order_by(OrderChange.id.desc()).limit(1)
    ).one_or_none()
    if last is None:
        return say("changed")
    what = _WHAT[ChangeKind(last.kind)]
    if last.name is None:
        return what
    return say("{what}, by {name} at {till}", what=what, name=last.name, till=last.till)


def _tell_changed(session: Session, order_id: int, number: str) -> OrderChanged:
    last = session.execute(
        _WHOSE.where(OrderChange.order_id == order_id).order_by(OrderChange.id.desc()).limit(1)
    ).one_or_none()
    advice = say("Nothing was done. Look at the order as it is now, then decide.")
    if last is None or last.name is None:
        return OrderChanged(say("Order {number} was changed meanwhile.", number=grouped(number)), advice=advice)
    told = say(
        "Order {number} was changed meanwhile: {what}, by {name} at {till}.",
        number=grouped(number),
        what=_WHAT[ChangeKind(last.kind)],
        name=last.name,
        till=last.till,
    )
    return OrderChanged(told, advice=advice)
