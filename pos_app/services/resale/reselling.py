"""A seat that was given back for resale is bought: its old ticket ends, and its seller is owed the money.

Sale and exchange call these in turn, in one transaction. sellers_of() before anything is locked; lock_sellers() before
the basket; resell() behind the locks of the seats, which have gone to the buyer by then, and before the new tickets;
owe_sellers() behind the buyer's money, and last but for the buyer's own entry in the audit.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Order, OrderChange, OrderLine, Resale, Ticket, TicketPresence
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState
from pos_app.domain.orders.resale import ResaleState
from pos_app.domain.payments.giving_back import split_back
from pos_app.domain.seats import SeatKey, tell_places
from pos_app.domain.selling.holds import by_performance
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.letters.resale import tell_resold
from pos_app.services.payments.refunds import RefundOrigin, load_payments, make_refunds
from pos_app.services.promo_codes.shares import give_back_uses
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence

_LINE = table_of(OrderLine)


@dataclass(frozen=True, slots=True)
class Seller:
    """Whose a seat on resale still is: the line, and its order."""

    line_id: int
    order_id: int


@dataclass(frozen=True, slots=True)
class ResoldOrder:
    """An order of which seats were resold. back_minor: what it is owed for them (minor units of its currency).

    made: the lines that keep the commission, with what they keep.
    """

    order_id: int
    number: str
    currency: str
    change_id: int
    ended: tuple[int, ...]
    back_minor: int
    made: tuple[tuple[int, int], ...]


def sellers_of(session: Session, seats: Collection[SeatKey]) -> dict[SeatKey, Seller]:
    """Return which of these seats are on resale, or were returned and are in a basket, and whose each is.

    A plain read: to be looked at again behind the seats' locks.
    """
    found: dict[SeatKey, Seller] = {}
    for performance_id, ids in by_performance(seats):
        rows = session.execute(
            select(INVENTORY.c.seat_id, _LINE.c.id, _LINE.c.order_id)
            .join(_LINE, _LINE.c.id == INVENTORY.c.prior_order_line_id)
            .where(these_seats(performance_id, ids))
        )
        found |= {SeatKey(performance_id, row.seat_id): Seller(row.id, row.order_id) for row in rows}
    return found


def require_outside(session: Session, lines: Mapping[SeatKey, int], advice: Sentence) -> None:
    """Raise SeatsTaken (with this advice) where somebody came in with the old ticket of a seat; lines: of the tickets.

    A plain read, for who asks before the money moves; the sale itself decides by its write.
    """
    if not lines:
        return
    used = set(
        session.scalars(
            select(Ticket.order_line_id)
            .join(TicketPresence, TicketPresence.ticket_id == Ticket.id)
            .where(Ticket.order_line_id.in_(sorted(lines.values())), TicketPresence.entries > 0)
        )
    )
    gone = sorted(seat for seat, line_id in lines.items() if line_id in used)
    if not gone:
        return
    places = places_of(session, [seat.seat_id for seat in gone])
    raise SeatsTaken(
        say(
            "Not for sale any more: {places}. Who gave it back for resale has come in with the old ticket.",
            places=tell_places(places[seat.seat_id] for seat in gone),
        ),
        seats=tuple((seat.performance_id, seat.seat_id) for seat in gone),
        advice=advice,
    )


def lock_sellers(session: Session, found: Mapping[SeatKey, Seller]) -> None:
    """Write the revision of the sellers' orders, in the order of their ids."""
    for order_id in sorted({seller.order_id for seller in found.values()}):
        session.execute(update(Order).where(Order.id == order_id).values(revision=Order.revision + 1))


def resell(
    session: Session, actor: Actor, found: Mapping[SeatKey, Seller], advice: Sentence
) -> tuple[ResoldOrder, ...]:
    """Void the old tickets of seats that somebody buys, end their lines, and keep the commission.

    Who came in with a ticket keeps the seat: raises SeatsTaken (with this advice).
    """
    if not found:
        return ()
    rows = _load(session, found)
    _void(session, rows, advice)
    by_order: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_order[row.order_id].append(row)
    resold = tuple(_end(session, actor, order_id, some) for order_id, some in sorted(by_order.items()))
    give_back_uses(session, *by_order)
    return resold


def owe_sellers(session: Session, actor: Actor, resold: Sequence[ResoldOrder]) -> None:
    """Make due what goes back for resold seats, by the usual split; tell the sellers, and write it into the audit."""
    told: list[list[list[object]]] = []
    for one in resold:
        parts = split_back(load_payments(session, one.order_id), one.back_minor)
        made = make_refunds(session, actor, RefundOrigin(one.change_id, one.order_id, ""), parts, paid=False)
        told.append([refund.told for refund in made])
        tell_resold(session, one.order_id, one.change_id, one.back_minor)
    for one, refunds in zip(resold, told, strict=True):
        record(
            session,
            actor,
            "resold",
            order=one.number,
            change=one.change_id,
            refund_minor=one.back_minor,
            currency=one.currency,
            paid=[],
            refunds=refunds,
            ended=list(one.ended),
            made=[[line_id, None, None, kept] for line_id, kept in one.made],
        )


def _load(session: Session, found: Mapping[SeatKey, Seller]) -> list[Row[Any]]:
    rows: list[Row[Any]] = list(
        session.execute(
            select(
                Resale.id,
                Resale.commission_minor,
                Resale.performance_id,
                Resale.seat_id,
                OrderLine.id.label("line_id"),
                (OrderLine.price_minor - OrderLine.discount_minor).label("brought"),
                Order.id.label("order_id"),
                Order.number,
                Order.currency,
                Ticket.id.label("ticket_id"),
            )
            .join(OrderLine, OrderLine.id == Resale.order_line_id)
            .join(Order, Order.id == OrderLine.order_id)
            .join(Ticket, Ticket.order_line_id == OrderLine.id)
            .where(
                Resale.open_line_id.in_([seller.line_id for seller in found.values()]),
                OrderLine.state == LineState.LIVE,
            )
            .order_by(Ticket.id)
        )
    )
    if len(rows) != len(found):
        raise RuntimeError(f"{len(found)} seats are on resale, and {len(rows)} tickets.")
    return rows


def _void(session: Session, rows: Sequence[Row[Any]], advice: Sentence) -> None:
    """Void tickets, unless somebody came in with one: a gate and this decide by the same rows. Presence first."""
    tickets = [row.ticket_id for row in rows]
    voided = session.execute(
        update(TicketPresence)
        .where(
            TicketPresence.ticket_id.in_(tickets),
            TicketPresence.inside.is_(False),
            TicketPresence.entries == 0,
        )
        .values(issue_count=0, changed_at=utc_now())
    )
    if matched_rows(voided) != len(tickets):
        require_outside(session, {SeatKey(row.performance_id, row.seat_id): row.line_id for row in rows}, advice)
        raise RuntimeError(f"{len(tickets)} tickets were to be void, and {matched_rows(voided)} are.")
    session.execute(update(Ticket).where(Ticket.id.in_(tickets)).values(voided_at=utc_now(), live_seat_id=None))


def _end(session: Session, actor: Actor, order_id: int, rows: Sequence[Row[Any]]) -> ResoldOrder:
    """End the resold lines of one order by a change of it."""
    first = rows[0]
    change_id = insert_row(
        session,
        OrderChange,
        # Each resale ends once.
        request_id=f"resold-{min(row.id for row in rows)}",
        order_id=order_id,
        kind=ChangeKind.RESOLD,
        staff_id=actor.staff_id,
        till_id=actor.till_id,
        created_at=utc_now(),
    )
    lines = sorted(row.line_id for row in rows)
    session.execute(
        update(OrderLine).where(OrderLine.id.in_(lines)).values(state=LineState.RETURNED, ended_by_id=change_id)
    )
    session.execute(
        update(Resale)
        .where(Resale.id.in_([row.id for row in rows]))
        .values(state=ResaleState.RESOLD, open_line_id=None, ended_by_id=change_id, closed_at=utc_now())
    )
    kept = sum(row.commission_minor for row in rows)
    return ResoldOrder(
        order_id,
        first.number,
        first.currency,
        change_id,
        tuple(lines),
        sum(row.brought for row in rows) - kept,
        _keep_commission(session, order_id, change_id, {row.line_id: row.commission_minor for row in rows}),
    )


def _keep_commission(
    session: Session, order_id: int, change_id: int, kept: Mapping[int, int]
) -> tuple[tuple[int, int], ...]:
    """Insert what the house keeps of ended lines, as fees for them; return these with what they keep."""
    fees = [
        {
            "order_id": order_id,
            "kind": LineKind.FEE,
            "for_line_id": line_id,
            "price_minor": commission,
            "discount_minor": 0,
            "state": LineState.LIVE,
            "made_by_id": change_id,
        }
        for line_id, commission in sorted(kept.items())
        if commission
    ]
    if not fees:
        return ()
    session.execute(insert(_LINE), fees)
    made = session.execute(
        select(OrderLine.id, OrderLine.price_minor)
        .where(OrderLine.order_id == order_id, OrderLine.made_by_id == change_id)
        .order_by(OrderLine.id)
    )
    return tuple((row.id, row.price_minor) for row in made)
