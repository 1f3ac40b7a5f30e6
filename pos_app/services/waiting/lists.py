"""Waiting lists opened, closed and changed; each behind the locks of all seats of the performance, then of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, insert, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Performance, WaitingEntry, WaitingList, WaitingOffer
from pos_app.domain.errors import InvalidInput, NotFound, WaitingRefused
from pos_app.domain.roles import Permission
from pos_app.domain.seats import Guard, SeatState
from pos_app.domain.selling.holds import read_places
from pos_app.domain.selling.sales import LONGEST_NOTE
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.domain.waiting.entries import (
    LONGEST_OFFER_MINUTES,
    SHORTEST_OFFER_MINUTES,
    EntryState,
    ListState,
    OfferState,
    Queue,
)
from pos_app.services.audit import FreeText, record
from pos_app.services.letters.waiting import tell_waiting_ended
from pos_app.services.permissions import require
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.waiting.listing import read_queue
from pos_app.services.waiting.serving import serve, write_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_LIST = table_of(WaitingList)
_ENTRY = table_of(WaitingEntry)


def open_list(session: Session, actor: Actor, request_id: str, performance_id: int, *, offer_minutes: int) -> Queue:
    """Open the waiting list of a performance; seats that are free stay on sale unless somebody waits whom they fit.

    May be repeated. Raises NotPermitted, NotFound, InvalidInput, WaitingRefused (the performance is not given).
    """
    require(session, actor, Permission.MANAGE)
    offer_minutes = _sound(offer_minutes)
    require_given(session, performance_id)
    state = open_for_all(session, request_id, performance_id, offer_minutes)
    if state is not ListState.OPEN:
        record(session, actor, "waiting_list_opened", performance=performance_id, offer_minutes=offer_minutes)
    return read_queue(session, performance_id)


def close_list(session: Session, actor: Actor, request_id: str, performance_id: int, reason: str) -> Queue:
    """Close a waiting list: who waits is told that it is over, and open offers stand until they end. May be repeated.

    Raises NotPermitted, NotFound (there is no list), InvalidInput (no reason).
    """
    require(session, actor, Permission.MANAGE)
    reason = sound_reason(reason)
    lock_all_seats(session, performance_id)
    if not write_list(session, performance_id):
        raise NotFound(say("This performance has no waiting list."))
    row = session.execute(select(_LIST.c.state).where(_LIST.c.performance_id == performance_id)).one()
    if row.state == ListState.OPEN:
        ended = close_for_all(session, request_id, performance_id, reason)
        for entry_id in ended:
            tell_waiting_ended(session, entry_id)
        record(
            session,
            actor,
            "waiting_list_closed",
            performance=performance_id,
            entries=ended,
            reason=FreeText(reason),
        )
    return read_queue(session, performance_id)


def change_list(session: Session, actor: Actor, performance_id: int, *, offer_minutes: int) -> Queue:
    """Let offers that are made from now on stand so long at the most. Raises NotPermitted, NotFound, InvalidInput."""
    require(session, actor, Permission.MANAGE)
    offer_minutes = _sound(offer_minutes)
    if not write_list(session, performance_id):
        raise NotFound(say("This performance has no waiting list."))
    here = _LIST.c.performance_id == performance_id
    before = session.execute(select(_LIST.c.offer_minutes).where(here)).scalar_one()
    if before != offer_minutes:
        session.execute(update(_LIST).where(here).values(offer_minutes=offer_minutes))
        record(
            session,
            actor,
            "waiting_list_changed",
            performance=performance_id,
            before={"offer_minutes": before},
            after={"offer_minutes": offer_minutes},
        )
    return read_queue(session, performance_id)


def open_for_all(session: Session, request_id: str, performance_id: int, offer_minutes: int) -> ListState | None:
    """Open a list, and make a pass; return how it stood before (None: there was none). Judges nobody, audits nothing.

    One that is open already stays as it is.
    """
    lock_all_seats(session, performance_id)
    written = write_list(session, performance_id)
    here = _LIST.c.performance_id == performance_id
    before = ListState(session.execute(select(_LIST.c.state).where(here)).scalar_one()) if written else None
    if before is ListState.OPEN:
        return before
    opened = {
        "state": ListState.OPEN,
        "request_id": request_id,
        "reason": "",
        "offer_minutes": offer_minutes,
        "opened_at": utc_now(),
        "closed_at": None,
    }
    if written:
        session.execute(update(_LIST).where(here).values(**opened))
    else:
        session.execute(insert(_LIST).values(performance_id=performance_id, passes=0, **opened))
    # What is free is shown as before until the pass has looked at it.
    session.execute(
        update(INVENTORY)
        .where(INVENTORY.c.performance_id == performance_id)
        .values(
            guarded=case((INVENTORY.c.state == SeatState.FREE, int(Guard.FITS_NOBODY)), else_=int(Guard.FIRST_CALL))
        )
    )
    serve(session, [performance_id])
    return before


def close_for_all(session: Session, request_id: str, performance_id: int, reason: str) -> list[int]:
    """Close an open list whose seats and row are locked here; return the entries that wait no more.

    Open offers stay, and so does the guard of their seats: what becomes of those is decided when they end.
    """
    open_offers = select(WaitingOffer.places).where(
        WaitingOffer.performance_id == performance_id, WaitingOffer.state == OfferState.OPEN
    )
    offered = [seat.seat_id for places in session.execute(open_offers).scalars() for seat in read_places(places)]
    session.execute(
        update(INVENTORY)
        .where(
            INVENTORY.c.performance_id == performance_id,
            INVENTORY.c.guarded != int(Guard.NONE),
            INVENTORY.c.seat_id.not_in(offered),
        )
        .ordered_values(
            (
                INVENTORY.c.changed_at,
                case(
                    (
                        (INVENTORY.c.guarded == Guard.FIRST_CALL) & (INVENTORY.c.state == SeatState.FREE),
                        utc_now(),
                    ),
                    else_=INVENTORY.c.changed_at,
                ),
            ),
            (INVENTORY.c.guarded, int(Guard.NONE)),
        )
    )
    session.execute(
        update(_LIST)
        .where(_LIST.c.performance_id == performance_id)
        .values(state=ListState.CLOSED, request_id=request_id, reason=reason, closed_at=utc_now())
    )
    waiting = _ENTRY.c.performance_id == performance_id, _ENTRY.c.state == EntryState.WAITING
    ended = sorted(session.execute(select(_ENTRY.c.id).where(*waiting)).scalars())
    session.execute(
        update(_ENTRY)
        .where(_ENTRY.c.id.in_(ended), _ENTRY.c.state == EntryState.WAITING)
        .values(state=EntryState.CLOSED, revision=_ENTRY.c.revision + 1, closed_at=utc_now())
    )
    return ended


def lock_all_seats(session: Session, performance_id: int) -> None:
    """Lock all seats of a performance, in the order of their key: nobody takes or frees one meanwhile."""
    session.execute(
        select(INVENTORY.c.seat_id)
        .where(INVENTORY.c.performance_id == performance_id)
        .order_by(INVENTORY.c.seat_id)
        .with_for_update()
    ).all()


def require_given(session: Session, performance_id: int) -> None:
    """Raise WaitingRefused for a performance that is cancelled or put away, NotFound where there is none."""
    row = session.execute(
        select(Performance.state, Performance.deleted_at).where(Performance.id == performance_id)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This performance is not there any more."), advice=say("Choose another one."))
    if row.state != "scheduled" or row.deleted_at is not None:
        raise WaitingRefused(
            say("This performance is not given: there is nothing to wait for."), advice=say("Choose another one.")
        )


def sound_reason(text: str) -> str:
    """Return a reason as it is kept. Raises InvalidInput where there is none."""
    reason = clean_line(text, LONGEST_NOTE)
    if not reason:
        raise InvalidInput(say("Say why: whoever looks at the waiting list later will ask."), field="reason")
    return reason


def _sound(offer_minutes: int) -> int:
    if not SHORTEST_OFFER_MINUTES <= offer_minutes <= LONGEST_OFFER_MINUTES:
        raise InvalidInput(
            say(
                "An offer stands for {shortest} minutes at least, and for {longest} at the most.",
                shortest=SHORTEST_OFFER_MINUTES,
                longest=LONGEST_OFFER_MINUTES,
            ),
            field="offer_minutes",
        )
    return offer_minutes
