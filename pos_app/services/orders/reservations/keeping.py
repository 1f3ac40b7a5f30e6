"""A reservation kept longer, with a reason, or given up before its time: some seats of it, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from pos_app.db.models import Order, OrderLine
from pos_app.domain.editing import FieldProblems
from pos_app.domain.errors import InvalidInput, OrderChanged
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState
from pos_app.domain.orders.reservation_terms import judge_release
from pos_app.domain.orders.reservations import KeptReservation
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import LONGEST_NOTE
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.orders.ledger import claim_order, write_change
from pos_app.services.orders.letters.changes import tell_given_up, tell_kept_longer
from pos_app.services.orders.reservations.plan import elsewhere
from pos_app.services.orders.reservations.rows import (
    close_when_empty,
    end_reserved,
    load_reservation,
    load_reserved_lines,
    seats_of,
    with_fees,
)
from pos_app.services.orders.reservations.terms import load_evenings
from pos_app.services.permissions import require
from pos_app.services.promo_codes.shares import give_back_uses
from pos_app.services.seats.reserved import free_reserved, move_claims
from pos_app.services.waiting.serving import serve

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.reservations import GiveUpRequest, KeepLongerRequest
    from pos_app.domain.roles import Actor
    from pos_app.services.orders.ledger import ClaimedOrder
    from pos_app.services.orders.reservations.rows import ReservedRow


def keep_longer(session: Session, actor: Actor, request: KeepLongerRequest) -> KeptReservation:
    """Give a reservation another time of release, until the start at the most. May be repeated.

    While a till has it open for paying its seats are claimed as long as that till has it, too.
    Raises FieldRefused ("release_at", "reason"), OrderChanged (a stale picture, or nothing is reserved any more),
    NotPermitted, NotFound.
    """
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=request.revision)
    if order.done_id is not None:
        return _kept(session, order.order_id)
    require(session, actor, Permission.RESERVE)
    reservation = load_reservation(session, order.order_id)
    seats = seats_of(load_reserved_lines(session, order.order_id))
    found = load_evenings(session, {seat.performance_id for seat in seats})
    problems = FieldProblems()
    reason = _reason(request.reason, problems)
    judge_release(problems, request.release_at, now=found.now, latest=found.latest)
    problems.require_none()
    release_at = until = request.release_at
    if reservation.open_at and reservation.open_until is not None:
        until = max(release_at, reservation.open_until)
    change = write_change(session, actor, order, ChangeKind.KEEP_LONGER, request_id=request.request_id, reason=reason)
    session.execute(update(Order).where(Order.id == order.order_id).values(release_at=release_at))
    move_claims(session, order.order_id, seats, until)
    tell_kept_longer(session, actor, change, seats, release_at)
    record(
        session,
        actor,
        "reservation_kept_longer",
        order=order.number,
        change=change.change_id,
        before=reservation.release_at.isoformat(),
        release_at=release_at.isoformat(),
    )
    return _kept(session, order.order_id)


def give_up_seats(session: Session, actor: Actor, request: GiveUpRequest) -> KeptReservation:
    """Give reserved seats back before their time; they are on sale again, and their fees go with them. May be repeated.

    Raises OrderChanged (a stale picture, or a line is not reserved any more), PickUpElsewhere (another till has it open
    for paying), FieldRefused ("reason"), InvalidInput (no seat), NotPermitted, NotFound.
    """
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=request.revision)
    if order.done_id is not None:
        return _kept(session, order.order_id)
    require(session, actor, Permission.RESERVE)
    problems = FieldProblems()
    reason = _reason(request.reason, problems)
    problems.require_none()
    wanted = set(request.line_ids)
    if not wanted:
        raise InvalidInput(say("No seat was chosen."), advice=say("Choose the seats that are given back."))
    reservation = load_reservation(session, order.order_id)
    if reservation.open_till_id not in {None, actor.till_id}:
        raise elsewhere(reservation)
    lines = load_reserved_lines(session, order.order_id)
    there = seats_of(lines)
    if not wanted <= set(there.values()):
        raise OrderChanged(
            say("A seat of this reservation is not reserved any more."),
            advice=say("Nothing was done. Look at the order as it is now, then decide."),
        )
    _give_up(session, actor, order, lines, wanted, request_id=request.request_id, reason=reason)
    return _kept(session, order.order_id)


def give_up_for_house(
    session: Session,
    actor: Actor,
    order_id: int,
    line_ids: Collection[int],
    *,
    request_id: str,
    reason: str,
    work_list_id: int | None,
) -> int:
    """Give reserved seats back because the house gives no performance for them; returns the change. May be repeated.

    work_list_id: of the list that asks, by which the customer is told why; None: that is told already. Whose that is to
    decide is the caller's to judge. Raises PickUpElsewhere, OrderChanged.
    """
    order = claim_order(session, order_id, request_id=request_id, seen=None)
    if order.done_id is not None:
        return order.done_id
    reservation = load_reservation(session, order_id)
    if reservation.open_till_id is not None:
        raise elsewhere(reservation)
    lines = load_reserved_lines(session, order_id)
    return _give_up(
        session, actor, order, lines, set(line_ids), request_id=request_id, reason=reason, work_list_id=work_list_id
    )


def _give_up(
    session: Session,
    actor: Actor,
    order: ClaimedOrder,
    lines: Sequence[ReservedRow],
    wanted: set[int],
    *,
    request_id: str,
    reason: str,
    work_list_id: int | None = None,
) -> int:
    """End reserved lines of seats with their fees, and put the seats on sale again; return the change."""
    change = write_change(session, actor, order, ChangeKind.GIVE_UP_SEATS, request_id=request_id, reason=reason)
    given = with_fees(lines, wanted, of_order=wanted == set(seats_of(lines).values()))
    seats = sorted(seats_of(given))
    free_reserved(session, [order.order_id], seats)
    serve(session, {seat.performance_id for seat in seats})
    end_reserved(session, change.change_id, [line.line_id for line in given], LineState.RELEASED)
    close_when_empty(session, order.order_id)
    give_back_uses(session, order.order_id)
    tell_given_up(session, actor, change, work_list_id)
    record(
        session,
        actor,
        "reserved_seats_given_up",
        order=order.number,
        change=change.change_id,
        ended=[line.line_id for line in given],
        seats=[[seat.performance_id, seat.seat_id] for seat in seats],
    )
    return change.change_id


def _reason(text: str, problems: FieldProblems) -> str:
    reason = clean_line(text, LONGEST_NOTE + 1)
    if not reason:
        problems.add("reason", say("Say why: whoever looks at the order later will ask."))
    elif len(reason) > LONGEST_NOTE:
        problems.add("reason", say("This is too long ({longest} letters at the most).", longest=LONGEST_NOTE))
    problems.refuse_card_numbers(reason=reason)
    return reason


def _kept(session: Session, order_id: int) -> KeptReservation:
    order = session.execute(select(Order.number, Order.revision, Order.release_at).where(Order.id == order_id)).one()
    seats = session.execute(
        select(func.count())
        .select_from(OrderLine)
        .where(OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT, OrderLine.state == LineState.RESERVED)
    ).scalar_one()
    return KeptReservation(order_id, order.number, order.revision, seats, order.release_at)
