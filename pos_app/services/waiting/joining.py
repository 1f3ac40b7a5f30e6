"""Parties that join a waiting list, leave it, or are moved to its front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Performance, PriceCategory, WaitingEntry, WaitingList, Zone
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.codes import new_waiting_code
from pos_app.domain.customers.records import CustomerRefused
from pos_app.domain.errors import InvalidInput, WaitingRefused
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import LONGEST_NOTE
from pos_app.domain.sentences import say
from pos_app.domain.waiting.entries import MOST_OF_A_PARTY, EntryState, ListState
from pos_app.domain.waiting.terms import LAST_OFFER_SECONDS, sale_ends
from pos_app.services.audit import FreeText, record
from pos_app.services.customers.buying import lock_customer
from pos_app.services.house.settings import load_house_settings
from pos_app.services.letters.waiting import tell_joined
from pos_app.services.permissions import require
from pos_app.services.seats.claims import INVENTORY, open_to_all
from pos_app.services.waiting.listing import read_entry
from pos_app.services.waiting.lists import open_for_all, require_given, sound_reason
from pos_app.services.waiting.offers import lock_open, require_nowhere, take_back
from pos_app.services.waiting.serving import serve, write_list
from pos_app.services.waiting.standing import write_ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.waiting.entries import JoinRequest, QueueEntry

_ENTRY = table_of(WaitingEntry)
_LIST = table_of(WaitingList)


def join(session: Session, actor: Actor, request: JoinRequest) -> QueueEntry:
    """Put a party on the waiting list of a performance, at its end; what is free and fits it is offered at once.

    The list opens by itself where there was none yet and no seat is open to all. Repeating the request returns the same
    party. Raises WaitingRefused (seats are on sale and no list is open; the list is closed; the customer waits already;
    it is too late), InvalidInput, CustomerRefused (erased), NotPermitted, NotFound.
    """
    require(session, actor, Permission.WAITING)
    customer_id = lock_customer(session, request.customer_id)
    opened = _open_by_itself(session, request)
    if not write_list(session, request.performance_id):
        raise _not_open()
    made = session.execute(select(_ENTRY.c.id).where(_ENTRY.c.request_id == request.request_id)).scalar_one_or_none()
    if made is not None:
        return read_entry(session, made)
    if customer_id is None:
        raise CustomerRefused(
            say("Customer {number} was erased meanwhile.", number=request.customer_id),
            advice=say("Choose another customer."),
        )
    state = session.execute(select(_LIST.c.state).where(_LIST.c.performance_id == request.performance_id)).scalar_one()
    if state != ListState.OPEN:
        raise WaitingRefused(
            say("The waiting list of this performance is closed."),
            advice=say("A manager opens it, under Manage, Waiting lists."),
        )
    _require_sound(session, request)
    _require_new(session, request.performance_id, customer_id)
    entry_id = insert_row(
        session,
        WaitingEntry,
        request_id=request.request_id,
        code=_new_code(session),
        performance_id=request.performance_id,
        customer_id=customer_id,
        seats=request.seats,
        categories=write_ids(request.categories),
        zones=write_ids(request.zones),
        together=request.together,
        until=request.until,
        till_id=actor.till_id,
        staff_id=actor.staff_id,
        created_at=utc_now(),
    )
    last = select(func.max(_ENTRY.c.turn)).where(_ENTRY.c.performance_id == request.performance_id)
    turn = max(entry_id, int(session.execute(last).scalar_one() or 0) + 1)
    session.execute(update(_ENTRY).where(_ENTRY.c.id == entry_id).values(turn=turn))
    serve(session, [request.performance_id])
    tell_joined(session, entry_id)
    if opened is not None:
        record(
            session,
            actor,
            "waiting_list_opened",
            performance=request.performance_id,
            offer_minutes=opened,
        )
    record(
        session,
        actor,
        "waiting_joined",
        performance=request.performance_id,
        entry=entry_id,
        customer=f"customer:{customer_id}",
        seats=request.seats,
    )
    return read_entry(session, entry_id)


def leave(session: Session, actor: Actor, request_id: str, entry_id: int, revision: int) -> QueueEntry:
    """Take a party off the list; what it was offered goes to who waits next. Off already, it is answered as it is.

    revision: of the picture that was decided on. Raises WaitingRefused (it was changed meanwhile), OfferElsewhere (a
    till has its offer open for paying), NotPermitted, NotFound.
    """
    require(session, actor, Permission.WAITING)
    before = read_entry(session, entry_id)
    offers = [] if before.offer is None else lock_open(session, [before.offer.offer_id])
    write_list(session, before.performance_id)
    left = session.execute(
        update(_ENTRY)
        .where(
            _ENTRY.c.id == entry_id,
            _ENTRY.c.revision == revision,
            _ENTRY.c.state == (EntryState.OFFERED if offers else EntryState.WAITING),
        )
        .values(state=EntryState.LEFT, revision=_ENTRY.c.revision + 1, closed_at=utc_now())
    )
    if matched_rows(left) != 1:
        now = read_entry(session, entry_id)
        if now.state is EntryState.LEFT:
            return now
        raise _changed()
    for offer in offers:
        require_nowhere(offer)
        take_back(session, offer)
    record(session, actor, "waiting_left", performance=before.performance_id, entry=entry_id, request=request_id)
    return read_entry(session, entry_id)


def move_up(session: Session, actor: Actor, request_id: str, entry_id: int, revision: int, reason: str) -> QueueEntry:
    """Move a party to the front of those that wait, with a reason; what is free is offered anew. May be repeated.

    Raises WaitingRefused (it was changed meanwhile, or waits no more), InvalidInput, NotPermitted, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    reason = sound_reason(reason)
    before = read_entry(session, entry_id)
    write_list(session, before.performance_id)
    first = session.execute(
        select(func.min(_ENTRY.c.turn)).where(
            _ENTRY.c.performance_id == before.performance_id, _ENTRY.c.state == EntryState.WAITING
        )
    ).scalar_one()
    moved = session.execute(
        update(_ENTRY)
        .where(_ENTRY.c.id == entry_id, _ENTRY.c.revision == revision, _ENTRY.c.state == EntryState.WAITING)
        .values(turn=int(first or 0) - 1, moved_reason=reason, revision=_ENTRY.c.revision + 1)
    )
    if matched_rows(moved) != 1:
        now = read_entry(session, entry_id)
        if now.revision > revision and now.moved_reason == reason:
            return now
        raise _changed()
    serve(session, [before.performance_id])
    record(
        session,
        actor,
        "waiting_moved_up",
        performance=before.performance_id,
        entry=entry_id,
        place=before.place,
        request=request_id,
        reason=FreeText(reason),
    )
    return read_entry(session, entry_id)


def _open_by_itself(session: Session, request: JoinRequest) -> int | None:
    """Open a list that never was, where nobody can buy a seat; return how many minutes its offers stand, if it did."""
    of = request.performance_id
    if session.execute(select(_LIST.c.state).where(_LIST.c.performance_id == of)).first() is not None:
        return None
    require_given(session, of)
    free = select(INVENTORY.c.seat_id).where(INVENTORY.c.performance_id == of, open_to_all()).limit(1)
    if session.execute(free).first() is not None:
        raise WaitingRefused(
            say("There are still seats on sale for this performance."),
            advice=say("Sell them, or let a manager open a waiting list for it."),
        )
    minutes = load_house_settings(session).offer_minutes
    before = open_for_all(session, f"{request.request_id}-list", of, minutes)
    return minutes if before is None else None


def _require_sound(session: Session, request: JoinRequest) -> None:
    """Raise InvalidInput for what cannot be waited for, WaitingRefused where it is too late for an offer."""
    if not 1 <= request.seats <= MOST_OF_A_PARTY:
        raise InvalidInput(say("A party is one to {most} people.", most=MOST_OF_A_PARTY), field="seats")
    require_given(session, request.performance_id)
    row = session.execute(
        select(
            Performance.plan_id,
            Performance.starts_at,
            Performance.ends_at,
            Performance.off_sale_at,
            utc_now().label("now"),
        ).where(Performance.id == request.performance_id)
    ).one()
    ends = sale_ends(row.starts_at, row.ends_at, row.off_sale_at)
    if (ends - row.now).total_seconds() < LAST_OFFER_SECONDS:
        raise WaitingRefused(
            say("It is too late to wait: the sale ends at any moment."), advice=say("What comes free now is on sale.")
        )
    if request.until is not None and request.until <= row.now:
        raise InvalidInput(say("This time is over."), field="until")
    for name, wanted, model in (("categories", request.categories, PriceCategory), ("zones", request.zones, Zone)):
        there = select(func.count()).where(model.id.in_(wanted), model.plan_id == row.plan_id)
        if wanted and session.execute(there).scalar_one() != len(set(wanted)):
            raise InvalidInput(
                say("The seating plan was changed meanwhile."), field=name, advice=say("Choose once more.")
            )
        if len(write_ids(wanted)) > LONGEST_NOTE:
            raise InvalidInput(say("These are too many."), field=name, advice=say("Choose none: then any will do."))


def _require_new(session: Session, performance_id: int, customer_id: int) -> None:
    there = select(_ENTRY.c.id, _ENTRY.c.code).where(
        _ENTRY.c.performance_id == performance_id,
        _ENTRY.c.customer_id == customer_id,
        _ENTRY.c.state.in_((EntryState.WAITING, EntryState.OFFERED)),
    )
    row = session.execute(there).first()
    if row is not None:
        raise WaitingRefused(
            say("This customer waits for this performance already, under the code {code}.", code=row.code),
            advice=say("Take that party off first, if there are more or fewer of them now."),
        )


def _new_code(session: Session) -> str:
    while True:
        code = new_waiting_code()
        if session.execute(select(_ENTRY.c.id).where(_ENTRY.c.code == code)).first() is None:
            return code


def _not_open() -> WaitingRefused:
    return WaitingRefused(say("There is no waiting list for this performance."))


def _changed() -> WaitingRefused:
    return WaitingRefused(
        say("This party is not as it was shown: somebody changed it meanwhile, or seats were offered to it."),
        advice=say("Look at the waiting list once more."),
    )
