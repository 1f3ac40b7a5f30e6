"""Tickets that are not on resale any more, and were not resold: their seats are sold to them again.

Housekeeping ends what the world has ended: who came in with the ticket, a performance that has begun or is called off.
What somebody has in a basket, or is offered, is left until it is free again; the sale of it is refused for itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Order, OrderChange, Resale
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import OrderChanged
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.resale import ResaleState
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import by_performance
from pos_app.domain.sentences import say
from pos_app.services.audit import JOBS_CHAIN, append, record
from pos_app.services.letters.resale import tell_resale_ended
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.seats.returned import give_seats_back

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


@dataclass(frozen=True, slots=True)
class EndedResale:
    """Tickets of one order that are not on resale any more. lines: theirs; seats: likewise."""

    order_id: int
    number: str
    change_id: int
    lines: tuple[int, ...]
    seats: tuple[SeatKey, ...]


def close_resales(session: Session, resale_ids: Collection[int], state: ResaleState, change_id: int) -> None:
    """Write what became of open resales, behind the locks of their orders and seats. Raises OrderChanged."""
    closed = session.execute(
        update(Resale)
        .where(Resale.id.in_(sorted(resale_ids)), Resale.state == ResaleState.OPEN)
        .values(state=state, open_line_id=None, ended_by_id=change_id, closed_at=utc_now())
    )
    if matched_rows(closed) != len(resale_ids):
        raise OrderChanged(
            say("A ticket of this order is not on resale any more."),
            advice=say("Nothing was done. Look at the order as it is now, then decide."),
        )


def end_found(
    session: Session,
    resale_ids: Collection[int],
    state: ResaleState,
    *still: ColumnElement[bool],
    actor: Actor | None = None,
    reason: str = "",
    told: bool = True,
) -> tuple[EndedResale, ...]:
    """End those of the resales that are open still, and whose seats nobody holds; each order has one change of it.

    Found by a plain read; locked here in the order of everybody, and looked at again. still: what has to hold then,
    too. actor: who ends them; None: housekeeping, which waits for no order. told: their holders get a letter.
    """
    if not resale_ids:
        return ()
    orders = _lock_orders(session, resale_ids, waits=actor is not None)
    rows = session.execute(
        select(Resale)
        .where(
            Resale.id.in_(sorted(resale_ids)),
            Resale.order_id.in_(list(orders)),
            Resale.state == ResaleState.OPEN,
            *still,
        )
        .order_by(Resale.id)
    ).scalars()
    found = {SeatKey(one.performance_id, one.seat_id): one for one in rows}
    for performance, ids in by_performance(found):
        session.execute(select(INVENTORY.c.seat_id).where(these_seats(performance, ids)).with_for_update()).all()
    given = give_seats_back(session, {seat: one.order_line_id for seat, one in found.items()})
    of_order: defaultdict[int, list[SeatKey]] = defaultdict(list)
    for seat in sorted(given):
        of_order[found[seat].order_id].append(seat)
    ended = []
    for order_id, seats in sorted(of_order.items()):
        change_id = _write_change(session, order_id, actor, reason)
        close_resales(session, [found[seat].id for seat in seats], state, change_id)
        lines = tuple(sorted(found[seat].order_line_id for seat in seats))
        ended.append(EndedResale(order_id, orders[order_id].number, change_id, lines, tuple(seats)))
    if told:
        for one in ended:
            tell_resale_ended(session, one.order_id, one.change_id, one.lines)
    return tuple(ended)


def note_ended(
    session: Session, ended: Collection[EndedResale], state: ResaleState, actor: Actor | None = None
) -> None:
    """Write into the audit what was ended; last of all. actor: None: the chain of jobs."""
    for one in ended:
        told = {
            "order": one.number,
            "change": one.change_id,
            "state": state.value,
            "lines": list(one.lines),
            "seats": [[seat.performance_id, seat.seat_id] for seat in one.seats],
        }
        if actor is None:
            append(session, JOBS_CHAIN, "resale_ended", **told)
        else:
            record(session, actor, "resale_ended", **told)


def end_resales(session: Session, actor: Actor, performance_id: int, reason: str) -> int:
    """End all that is on resale of a performance that is called off or moved; return how many tickets.

    Call it behind whatever else locks: it writes into the audit. What a basket has is left to housekeeping.
    """
    found = session.scalars(
        select(Resale.id).where(Resale.performance_id == performance_id, Resale.state == ResaleState.OPEN)
    ).all()
    ended = end_found(session, found, ResaleState.UNSOLD, actor=actor, reason=reason)
    note_ended(session, ended, ResaleState.UNSOLD, actor)
    return sum(len(one.lines) for one in ended)


def _lock_orders(session: Session, resale_ids: Collection[int], *, waits: bool) -> dict[int, Row[Any]]:
    """Lock the orders of resales by their ids; who does not wait leaves those that others are at."""
    wanted = session.scalars(select(Resale.order_id).where(Resale.id.in_(sorted(resale_ids)))).all()
    rows = session.execute(
        select(Order.id, Order.number)
        .where(Order.id.in_(sorted(set(wanted))))
        .order_by(Order.id)
        .with_for_update(skip_locked=not waits)
    )
    return {row.id: row for row in rows}


def _write_change(session: Session, order_id: int, actor: Actor | None, reason: str) -> int:
    session.execute(update(Order).where(Order.id == order_id).values(revision=Order.revision + 1))
    return insert_row(
        session,
        OrderChange,
        request_id=new_request_id(),
        order_id=order_id,
        kind=ChangeKind.RESALE_BACK,
        reason=reason,
        staff_id=None if actor is None else actor.staff_id,
        till_id=None if actor is None else actor.till_id,
        created_at=utc_now(),
    )
