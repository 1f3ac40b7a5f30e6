"""Waiting lists: which seats they guard, and who waits on them: once, until one offer, and never while seats fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, func, or_, select

from pos_app.db.clock import utc_now
from pos_app.db.models import PerformanceSeat, WaitingEntry, WaitingList, WaitingOffer
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import state_word
from pos_app.domain.seats import ClaimKind, Guard, SeatState
from pos_app.domain.sentences import say
from pos_app.domain.waiting.entries import EntryState, ListState, OfferState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.domain.sentences import Sentence

_STANDING: Final = (EntryState.WAITING, EntryState.OFFERED)
_GONE: Final = (EntryState.LEFT, EntryState.CLOSED)
_LAST_OFFERS: Final[dict[EntryState, set[str | None]]] = {
    EntryState.OFFERED: {OfferState.OPEN},
    EntryState.SOLD: {OfferState.SOLD},
    EntryState.LAPSED: {OfferState.LAPSED},
    EntryState.LEFT: {None, OfferState.WITHDRAWN, OfferState.SOLD},
    EntryState.CLOSED: {None, OfferState.WITHDRAWN, OfferState.SOLD},
    EntryState.WAITING: {None},
}
"""What became of the offer that a party had, by what became of the party; None: it never had one.

A customer who is merged or forgotten waits no more: the offer is over then, or is sold by the till that has it open.
"""


def judge_guards(session: Session, names: Names) -> Iterator[Finding]:
    """Compare what guards each seat with the list of its performance.

    A seat that is sold may keep its guard when the list is closed: it is asked for when the seat comes free.
    """
    seat, of_list = PerformanceSeat, WaitingList
    is_open = of_list.state == ListState.OPEN
    in_offer = and_(seat.state == SeatState.CLAIMED, seat.claim_kind.in_((ClaimKind.OFFER, ClaimKind.BASKET)))
    rows = session.execute(
        select(seat.performance_id, seat.seat_id, seat.guarded, seat.claim_kind, seat.claim_id, of_list.state)
        .outerjoin(of_list, of_list.performance_id == seat.performance_id)
        .where(
            seat.state != SeatState.SOLD,
            or_(
                seat.guarded.not_in([int(guard) for guard in Guard]),
                and_(is_open, seat.guarded == Guard.NONE),
                and_(or_(of_list.state.is_(None), ~is_open), seat.guarded != Guard.NONE),
                and_(in_offer, seat.claim_kind == ClaimKind.OFFER, seat.guarded != Guard.FIRST_CALL),
            ),
        )
        .order_by(seat.performance_id, seat.seat_id)
    ).all()
    paying = set(
        session.execute(select(WaitingOffer.pickup_hold_id).where(WaitingOffer.state == OfferState.OPEN)).scalars()
    )
    names.learn_seats(row.seat_id for row in rows)
    for row in rows:
        offered = row.claim_kind == ClaimKind.OFFER or (
            row.claim_kind == ClaimKind.BASKET and row.claim_id is not None and row.claim_id in paying
        )
        if offered and row.guarded == Guard.FIRST_CALL:
            continue
        if offered:
            told = say("it is offered to who waited, and others may take it")
        elif row.state == ListState.OPEN:
            told = say("its waiting list is open, and does not guard it")
        else:
            told = say("it is guarded ({guard}), and no waiting list is open", guard=str(row.guarded))
        yield Finding(Rule.GUARDS, told, names.place(row.performance_id, row.seat_id))


def judge_entries(session: Session, _names: Names) -> Iterator[Finding]:
    """Compare parties with their lists and their offers, and look for who waits twice."""
    entry = WaitingEntry
    last = (
        select(WaitingOffer.waiting_entry_id, func.max(WaitingOffer.id).label("offer_id"))
        .group_by(WaitingOffer.waiting_entry_id)
        .subquery()
    )
    stands = entry.state.in_([str(state) for state in _STANDING])
    rows = session.execute(
        select(entry.id, entry.state, entry.closed_at, entry.seats, WaitingOffer.state.label("offer_state"))
        .add_columns(case((WaitingOffer.expires_at <= utc_now(), 1), else_=0).label("is_over"))
        .add_columns(WaitingList.state.label("list_state"))
        .outerjoin(last, last.c.waiting_entry_id == entry.id)
        .outerjoin(WaitingOffer, WaitingOffer.id == last.c.offer_id)
        .outerjoin(WaitingList, WaitingList.performance_id == entry.performance_id)
        .order_by(entry.id)
    )
    for row in rows:
        for told in _wrong(row):
            yield Finding(Rule.ENTRIES, told, _named(row.id))
    twice = session.execute(
        select(func.max(entry.id).label("entry_id"))
        .where(stands)
        .group_by(entry.customer_id, entry.performance_id)
        .having(func.count() > 1)
    ).scalars()
    for entry_id in sorted(twice):
        yield Finding(Rule.ENTRIES, say("its customer waits for that performance already"), _named(entry_id))


def _wrong(row: Any) -> Iterator[Sentence]:
    if row.state not in set(EntryState):
        yield say("nobody knows what became of it")
        return
    state = state_word(row.state)
    if (row.state in _STANDING) == (row.closed_at is not None):
        yield say("it is {state}, and says something else besides", state=state)
    if row.seats < 1:
        yield say("it waits for no seat")
    goes = row.state in _GONE and row.offer_state == OfferState.OPEN and row.is_over
    if row.offer_state not in _LAST_OFFERS[EntryState(row.state)] and not goes:
        if row.offer_state is None:
            yield say("it is {state}, and was never offered anything", state=state)
        else:
            yield say("it is {state}, and its offer is {offer}", state=state, offer=state_word(row.offer_state))
    if row.state == EntryState.WAITING and row.list_state != ListState.OPEN:
        yield say("it waits, and its waiting list is not open")


def _named(entry_id: int) -> Sentence:
    return say("Waiting entry {number}", number=str(entry_id))
