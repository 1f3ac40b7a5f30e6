"""Opening: a reservation stands at one till to be paid; it cannot lapse meanwhile, and no other till opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Hold, Order, Performance
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.errors import HoldExpired, InvalidInput
from pos_app.domain.orders.reservations import PickUp
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.orders.reservations.offering import offer_lines
from pos_app.services.orders.reservations.plan import elsewhere
from pos_app.services.orders.reservations.rows import load_reservation, load_reserved_lines, seats_of
from pos_app.services.permissions import require
from pos_app.services.seats.reserved import move_claims
from pos_app.services.selling.holds import answer, find_hold, require_running

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.services.selling.holds import HoldRow


def open_pick_up(session: Session, actor: Actor, order_id: int, basket_key: str) -> PickUp:
    """Open a reservation for paying, for as long as a basket is held; it cannot lapse before that is over.

    basket_key: of a new basket, which holds no seats of its own. May be repeated: the time does not begin anew, but
    follows the basket's where that was extended.
    Raises PickUpElsewhere (naming the till), OrderChanged (nothing is reserved any more), HoldExpired, InvalidInput
    (the basket holds seats of its own), NotPermitted, NotFound.
    """
    require(session, actor, Permission.SELL)
    reservation = load_reservation(session, order_id, lock=True)
    lines = load_reserved_lines(session, order_id)
    hold = find_hold(session, basket_key, lock=True)
    if hold is None:
        hold = _make_hold(session, actor, basket_key, seats_of(lines))
    if hold.places:
        raise InvalidInput(
            say("There are seats in this basket."), advice=say("Finish it first, then open the reservation.")
        )
    try:
        require_running(hold)
    except HoldExpired as over:
        raise over.advising(say("Open the reservation once more.")) from None
    opened = session.execute(
        update(Order)
        .where(
            Order.id == order_id,
            or_(
                Order.pickup_hold_id.is_(None),
                Order.pickup_hold_id == hold.id,
                Order.pickup_until < utc_now(),
            ),
        )
        .values(pickup_hold_id=hold.id, pickup_until=hold.expires_at)
    )
    if matched_rows(opened) != 1:
        raise elsewhere(reservation)
    # The time that was told stays; the seats are claimed as long as the till has them open.
    move_claims(session, order_id, seats_of(lines), max(reservation.release_at, hold.expires_at))
    now = load_reservation(session, order_id)
    offered, performances = offer_lines(session, order_id, lines)
    return PickUp(
        order_id=order_id,
        number=now.number,
        revision=now.revision,
        customer_name=now.customer_name,
        note=now.note,
        currency=now.currency,
        time_zone=performances[0].time_zone,
        release_at=now.release_at,
        hold=answer(hold, sorted(seats_of(lines))),
        performances=performances,
        lines=offered,
        customer_id=now.customer_id,
    )


def leave_pick_up(session: Session, actor: Actor, order_id: int, basket_key: str) -> None:
    """Close a reservation that this till has open, unpaid: it stays reserved. Harmless where it is closed already.

    Raises NotPermitted.
    """
    require(session, actor, Permission.SELL)
    session.execute(select(Order.id).where(Order.id == order_id).with_for_update())
    hold = find_hold(session, basket_key, lock=True)
    if hold is None:
        return
    close_pick_up(session, order_id, hold.id, "released")


def close_pick_up(session: Session, order_id: int, hold_id: int, closed_as: str) -> None:
    """Let nobody have a reservation open any more who had it under this hold, and close the hold.

    What is still reserved is so until the time that was told, not longer because somebody looked at it.
    """
    closed = session.execute(
        update(Order)
        .where(Order.id == order_id, Order.pickup_hold_id == hold_id)
        .values(pickup_hold_id=None, pickup_until=None)
    )
    if matched_rows(closed):
        told = session.execute(select(Order.release_at).where(Order.id == order_id)).scalar_one()
        if told is not None:
            move_claims(session, order_id, seats_of(load_reserved_lines(session, order_id)), told)
    session.execute(
        update(Hold)
        .where(Hold.id == hold_id, Hold.closed_at.is_(None))
        .values(closed_at=utc_now(), closed_as=closed_as)
    )


def _make_hold(session: Session, actor: Actor, basket_key: str, seats: Collection[SeatKey]) -> HoldRow:
    which = Performance.id.in_(sorted({seat.performance_id for seat in seats}))
    seconds = session.execute(select(func.min(Performance.hold_seconds)).where(which)).scalar_one()
    insert_row(
        session,
        Hold,
        basket_key=basket_key,
        till_id=actor.till_id,
        staff_id=actor.staff_id,
        places="",
        seconds=seconds,
        created_at=utc_now(),
        expires_at=utc_plus(seconds),
    )
    made = find_hold(session, basket_key, lock=False)
    if made is None:
        raise RuntimeError("A hold that was made just now is not there.")
    return made
