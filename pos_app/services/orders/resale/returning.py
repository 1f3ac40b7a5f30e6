"""Giving tickets back for resale: their seats are on sale again, and they are valid until somebody buys these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Order, Resale
from pos_app.db.results import matched_rows
from pos_app.domain.errors import NotFound, OrderChanged
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.resale import ResaleAsk, ResaleDone, ResalePreview, ResaleState
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatState
from pos_app.domain.sentences import Money, say
from pos_app.services.audit import record
from pos_app.services.letters.resale import tell_resale
from pos_app.services.orders.ledger import claim_order, write_change
from pos_app.services.orders.ledger_seats import lock_seats
from pos_app.services.orders.resale.weighing import weigh_resale
from pos_app.services.permissions import require
from pos_app.services.seats.claims import INVENTORY, guard_of_a_freed, these_seats
from pos_app.services.seats.places import places_of
from pos_app.services.waiting.serving import serve

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.resale import ResaleRequest
    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.services.orders.ledger import OpenChange
    from pos_app.services.orders.resale.weighing import WeighedResale

_RESALE = table_of(Resale)


def preview_resale(session: Session, actor: Actor, ask: ResaleAsk) -> ResalePreview:
    """Tell what giving tickets back for resale would come to, and do nothing.

    Raises what weigh_resale raises, NotFound, NotPermitted.
    """
    require(session, actor, Permission.RESALE)
    order = session.execute(
        select(Order.number, Order.currency, Order.revision).where(Order.id == ask.order_id)
    ).one_or_none()
    if order is None:
        raise NotFound(say("This order is not there."))
    weighed = weigh_resale(session, ask, order.number)
    return ResalePreview(order.revision, weighed.lines, order.currency, weighed.percent)


def return_for_resale(session: Session, actor: Actor, request: ResaleRequest) -> ResaleDone:
    """Put tickets of an order on resale: their seats are free to buy, and who waits has first call. May be repeated.

    Raises OrderChanged (a stale picture, or another commission than was told), ResaleRefused (see weigh_resale),
    NotPermitted, NotFound.
    """
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=request.revision)
    if order.done_id is not None:
        return _answer(session, order.number, order.done_id)
    require(session, actor, Permission.RESALE)
    weighed = weigh_resale(session, ResaleAsk(request.order_id, request.line_ids), order.number)
    if weighed.commission_minor != request.commission_minor:
        raise OrderChanged(
            say(
                "{now} would be kept as commission now, and not {told}.",
                now=Money(weighed.commission_minor, order.currency),
                told=Money(request.commission_minor, order.currency),
            ),
            advice=say("Nothing was done. Tell the customer, then decide."),
        )
    change = write_change(session, actor, order, ChangeKind.RESALE, request_id=request.request_id)
    lock_seats(session, set(weighed.seats.values()))
    for line_id, seat in sorted(weighed.seats.items(), key=lambda one: one[1]):
        _put_on_sale(session, seat, line_id)
    serve(session, {seat.performance_id for seat in weighed.seats.values()})
    _insert(session, change, weighed)
    tell_resale(session, order.order_id, change.change_id, sorted(weighed.seats))
    record(
        session,
        actor,
        "resale",
        order=order.number,
        change=change.change_id,
        currency=order.currency,
        commissions=[[line.line_id, line.commission_minor] for line in weighed.lines],
        seats=[[seat.performance_id, seat.seat_id] for seat in sorted(weighed.seats.values())],
    )
    return ResaleDone(order.number, change.change_id, tuple(line.place for line in weighed.lines), is_on=True)


def _put_on_sale(session: Session, seat: SeatKey, line_id: int) -> None:
    freed = session.execute(
        update(INVENTORY)
        .where(
            these_seats(seat.performance_id, [seat.seat_id]),
            INVENTORY.c.state == SeatState.SOLD,
            INVENTORY.c.order_line_id == line_id,
        )
        .values(
            state=SeatState.FREE,
            order_line_id=None,
            prior_order_line_id=line_id,
            guarded=guard_of_a_freed(),
            changed_at=utc_now(),
        )
    )
    if matched_rows(freed) != 1:
        raise OrderChanged(
            say("A seat of this order is not sold to it any more."),
            advice=say("Nothing was changed. Tell support the number of the order."),
        )


def _insert(session: Session, change: OpenChange, weighed: WeighedResale) -> None:
    session.execute(
        insert(_RESALE).values(created_at=utc_now()),
        [
            {
                "order_id": change.order_id,
                "order_line_id": line.line_id,
                "open_line_id": line.line_id,
                "performance_id": weighed.seats[line.line_id].performance_id,
                "seat_id": weighed.seats[line.line_id].seat_id,
                "commission_minor": line.commission_minor,
                "state": ResaleState.OPEN,
                "made_by_id": change.change_id,
            }
            for line in weighed.lines
        ],
    )


def _answer(session: Session, number: str, change_id: int) -> ResaleDone:
    """Return what a change made, as it was told first."""
    seats = session.scalars(
        select(Resale.seat_id).where(Resale.made_by_id == change_id).order_by(Resale.performance_id, Resale.seat_id)
    ).all()
    if not seats:
        raise NotFound(say("This request did something else."), advice=say("Ask once more."))
    places = places_of(session, seats)
    return ResaleDone(number, change_id, tuple(places[seat] for seat in seats), is_on=True)
