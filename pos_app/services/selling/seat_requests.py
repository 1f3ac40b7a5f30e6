"""Asking another till to let a held seat go, and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlalchemy.orm import aliased

from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.db.models import Event, Hold, Performance, ReleaseRequest, StaffMember, Till
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.seats import ClaimKind, SeatKey, SeatState
from pos_app.domain.selling.seat_requests import PATIENCE_SECONDS, Answer, AskedOfUs, OurQuestion, TillQuestions
from pos_app.domain.sentences import say
from pos_app.services.permissions import require
from pos_app.services.seats.claims import INVENTORY, owned_by, these_seats
from pos_app.services.seats.places import places_of
from pos_app.services.selling.holds import find_hold, release_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


def ask_to_release(session: Session, actor: Actor, seat: SeatKey, *, request_id: str) -> str:
    """Ask the till that holds a seat to let it go; returns that till's name. May be repeated.

    Raises NotFound when nobody holds it any more, or this till does; NotPermitted.
    """
    require(session, actor, Permission.SELL)
    asked = session.execute(
        select(Till.name)
        .join(ReleaseRequest, ReleaseRequest.to_till_id == Till.id)
        .where(ReleaseRequest.request_id == request_id)
    ).scalar_one_or_none()
    if asked is not None:
        return asked
    row = session.execute(
        select(Hold.id, Hold.till_id, Till.name)
        .select_from(INVENTORY)
        .join(Hold, Hold.id == INVENTORY.c.claim_id)
        .join(Till, Till.id == Hold.till_id)
        .where(
            these_seats(seat.performance_id, [seat.seat_id]),
            INVENTORY.c.state == SeatState.CLAIMED,
            INVENTORY.c.claim_kind == ClaimKind.BASKET,
            INVENTORY.c.claim_until > utc_now(),
        )
    ).one_or_none()
    if row is None or row.till_id == actor.till_id:
        raise NotFound(say("No other till holds this seat any more."), advice=say("Take it, if it is free."))
    session.execute(
        insert(ReleaseRequest).values(
            request_id=request_id,
            performance_id=seat.performance_id,
            seat_id=seat.seat_id,
            hold_id=row.id,
            from_till_id=actor.till_id,
            to_till_id=row.till_id,
            asked_by=actor.staff_id,
            created_at=utc_now(),
        )
    )
    return str(row.name)


def answer_release(session: Session, actor: Actor, question_id: int, *, yes: bool) -> Answer:
    """Answer a question of another till; yes gives the seat back at once. May be repeated.

    Returns what the other till is told: GONE for a yes to a seat that was not this basket's any more, WAITING where
    the question was dropped before, and nothing was changed. Raises NotPermitted.
    """
    require(session, actor, Permission.SELL)
    row = session.execute(
        select(
            ReleaseRequest.performance_id,
            ReleaseRequest.seat_id,
            ReleaseRequest.answer,
            seconds_until(ReleaseRequest.created_at).label("until"),
            Hold.basket_key,
        )
        .join(Hold, Hold.id == ReleaseRequest.hold_id)
        .where(ReleaseRequest.id == question_id, ReleaseRequest.to_till_id == actor.till_id)
        .with_for_update(of=ReleaseRequest)
    ).one_or_none()
    if row is None:
        return Answer.WAITING
    if row.answer != Answer.WAITING:
        return Answer(row.answer)
    if -float(row.until) > PATIENCE_SECONDS:
        return Answer.WAITING
    told = Answer.NO
    if yes:
        told = _let_go(session, row.basket_key, SeatKey(row.performance_id, row.seat_id))
    session.execute(
        update(ReleaseRequest).where(ReleaseRequest.id == question_id).values(answer=told, answered_at=utc_now())
    )
    return told


def _let_go(session: Session, basket_key: str, seat: SeatKey) -> Answer:
    """Give a seat back, if the basket has it: it may have been sold since, or its time may be over."""
    hold = find_hold(session, basket_key, lock=True)
    if hold is None or not owned_by(session, hold.id, seat.performance_id, [seat.seat_id]):
        return Answer.GONE
    release_seats(session, basket_key, [seat])
    return Answer.YES


def load_questions(session: Session, till_id: int) -> TillQuestions:
    """Return what other tills ask of this one, and what became of its own questions of the last minute."""
    other = aliased(Till)
    rows = session.execute(
        select(
            ReleaseRequest,
            Event.title,
            other.name.label("till_name"),
            StaffMember.name.label("person"),
        )
        .join(Performance, Performance.id == ReleaseRequest.performance_id)
        .join(Event, Event.id == Performance.event_id)
        .join(StaffMember, StaffMember.id == ReleaseRequest.asked_by)
        .join(other, other.id == ReleaseRequest.from_till_id)
        .where(
            ReleaseRequest.to_till_id == till_id,
            ReleaseRequest.answered_at.is_(None),
            ReleaseRequest.created_at > utc_plus(-PATIENCE_SECONDS),
        )
        .order_by(ReleaseRequest.id)
    ).all()
    ours = session.execute(
        select(ReleaseRequest, other.name.label("till_name"), seconds_until(ReleaseRequest.created_at).label("until"))
        .join(other, other.id == ReleaseRequest.to_till_id)
        .where(
            ReleaseRequest.from_till_id == till_id,
            ReleaseRequest.created_at > utc_plus(-PATIENCE_SECONDS * 2),
        )
        .order_by(ReleaseRequest.id)
    ).all()
    places = places_of(session, [*(row[0].seat_id for row in rows), *(row[0].seat_id for row in ours)])
    return TillQuestions(
        tuple(
            AskedOfUs(
                row[0].id,
                SeatKey(row[0].performance_id, row[0].seat_id),
                places[row[0].seat_id],
                row.title,
                row.till_name,
                row.person,
            )
            for row in rows
        ),
        tuple(
            OurQuestion(
                row[0].request_id,
                Answer(row[0].answer),
                row.till_name,
                places[row[0].seat_id],
                SeatKey(row[0].performance_id, row[0].seat_id),
                max(0.0, PATIENCE_SECONDS + float(row.until)),
            )
            for row in ours
        ),
    )
