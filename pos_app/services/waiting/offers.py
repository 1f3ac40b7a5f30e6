"""Offers that end without a sale: not taken in time, taken back by the house, or for a performance that is not given.

An offer's seats are its lock: whoever ends it locks them first, then the list, the entry and the offer itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Hold, Till, WaitingEntry, WaitingList, WaitingOffer
from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import NotFound, OfferElsewhere, OfferOver
from pos_app.domain.roles import Permission
from pos_app.domain.selling.holds import read_places
from pos_app.domain.sentences import say
from pos_app.domain.waiting.entries import EntryState, ListState, OfferState
from pos_app.services.audit import JOBS_CHAIN, FreeText, append, record
from pos_app.services.letters.waiting import tell_offer_lapsed, tell_waiting_ended
from pos_app.services.permissions import require
from pos_app.services.seats.offered import drop_guard, free_offered, lock_offered
from pos_app.services.waiting.listing import read_entry
from pos_app.services.waiting.lists import close_for_all, lock_all_seats, sound_reason
from pos_app.services.waiting.serving import serve, write_list

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.waiting.entries import QueueEntry

BATCH: Final = 50

_LIST = table_of(WaitingList)
_ENTRY = table_of(WaitingEntry)
_OFFER = table_of(WaitingOffer)


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An open offer whose seats are locked here. till_name: where it is open for paying; "": nowhere."""

    offer_id: int
    entry_id: int
    performance_id: int
    seats: tuple[SeatKey, ...]
    expires_at: datetime
    till_name: str


@dataclass(frozen=True, slots=True)
class LapsedOffers:
    """offers: how many were closed; seats: how many came free; more: whether there may be others."""

    offers: int
    seats: int
    more: bool


@dataclass(frozen=True, slots=True)
class EndedWaiting:
    """What ended with a performance that is not given: parties that wait no more, and offers taken back."""

    entries: int = 0
    offers: int = 0


def lapse_offers(session: Session, *, limit: int = BATCH) -> LapsedOffers:
    """Close a batch of offers that nobody took in time, and offer their seats to who waits next; nobody's hand did it.

    One that a till has open for paying is left alone. Safe on every till at once.
    """
    due = session.execute(
        select(_OFFER.c.id)
        .where(_OFFER.c.state == OfferState.OPEN, _OFFER.c.expires_at <= utc_now(), _OFFER.c.pickup_hold_id.is_(None))
        .order_by(_OFFER.c.expires_at, _OFFER.c.id)
        .limit(limit)
    )
    found = sorted(due.scalars())
    offers = [offer for offer in lock_open(session, found) if not offer.till_name] if found else []
    if not offers:
        return LapsedOffers(0, 0, more=False)
    seats = _free(session, offers)
    here = [offer.entry_id for offer in offers]
    waited = select(_ENTRY.c.id).where(_ENTRY.c.id.in_(here), _ENTRY.c.state == EntryState.OFFERED).with_for_update()
    lapsed = set(session.execute(waited).scalars())
    end_entries(session, lapsed, EntryState.LAPSED)
    _close(session, [offer for offer in offers if offer.entry_id in lapsed], OfferState.LAPSED)
    # Whoever was offered them is not on the list any more: nothing was missed.
    _close(session, [offer for offer in offers if offer.entry_id not in lapsed], OfferState.WITHDRAWN)
    for offer in offers:
        if offer.entry_id in lapsed:
            tell_offer_lapsed(session, offer.offer_id)
    for offer in offers:
        append(
            session,
            JOBS_CHAIN,
            "offer_lapsed",
            performance=offer.performance_id,
            entry=offer.entry_id,
            offer=offer.offer_id,
            until=offer.expires_at.isoformat(),
            seats=[seat.seat_id for seat in offer.seats],
        )
    return LapsedOffers(len(offers), seats, more=len(found) == limit)


def withdraw(session: Session, actor: Actor, request_id: str, offer_id: int, reason: str) -> QueueEntry:
    """Take an offer back; its party waits no more, and the seats go to who waits next. May be repeated.

    Raises OfferOver (sold, or lapsed), OfferElsewhere (a till has it open for paying), InvalidInput (no reason),
    NotPermitted, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    reason = sound_reason(reason)
    offers = lock_open(session, [offer_id])
    if not offers:
        return _answer_withdrawn(session, offer_id)
    offer = offers[0]
    require_nowhere(offer)
    write_list(session, offer.performance_id)
    end_entries(session, [offer.entry_id], EntryState.CLOSED)
    take_back(session, offer, reason)
    tell_waiting_ended(session, offer.entry_id)
    record(
        session,
        actor,
        "offer_withdrawn",
        performance=offer.performance_id,
        entry=offer.entry_id,
        offer=offer_id,
        request=request_id,
        reason=FreeText(reason),
    )
    return read_entry(session, offer.entry_id)


def end_waiting(session: Session, actor: Actor, performance_id: int, reason: str) -> EndedWaiting:
    """End all waiting for a performance that is not given: list closed, offers taken back, each party told once.

    Whoever may end a performance is the caller's to judge. May be repeated: then nothing is left to end. A basket that
    has an offer open keeps the seats as its own.
    """
    lock_all_seats(session, performance_id)
    if not write_list(session, performance_id):
        return EndedWaiting()
    state = session.execute(select(_LIST.c.state).where(_LIST.c.performance_id == performance_id)).scalar_one()
    ended = close_for_all(session, new_request_id(), performance_id, reason) if state == ListState.OPEN else []
    here = _OFFER.c.performance_id == performance_id, _OFFER.c.state == OfferState.OPEN
    offers = lock_open(session, session.execute(select(_OFFER.c.id).where(*here)).scalars().all())
    if not (offers or state == ListState.OPEN):
        return EndedWaiting()
    offered = [offer.entry_id for offer in offers]
    end_entries(session, offered, EntryState.CLOSED)
    _free(session, offers)
    drop_guard(session, {seat for offer in offers for seat in offer.seats})
    _close(session, offers, OfferState.WITHDRAWN, reason)
    for entry_id in sorted({*ended, *offered}):
        tell_waiting_ended(session, entry_id)
    record(
        session,
        actor,
        "waiting_ended",
        performance=performance_id,
        entries=sorted({*ended, *offered}),
        offers=[offer.offer_id for offer in offers],
        reason=FreeText(reason),
    )
    return EndedWaiting(len({*ended, *offered}), len(offers))


def lock_open(session: Session, offer_ids: Collection[int]) -> list[OpenOffer]:
    """Lock the seats of offers, then return which of these are open, as they are now."""
    ids = sorted(offer_ids)
    places = session.execute(select(_OFFER.c.places).where(_OFFER.c.id.in_(ids))).scalars().all()
    lock_offered(session, {seat for text in places for seat in read_places(text)})
    rows = session.execute(
        select(
            _OFFER.c.id,
            _OFFER.c.waiting_entry_id,
            _OFFER.c.performance_id,
            _OFFER.c.places,
            _OFFER.c.expires_at,
            Till.name,
        )
        .outerjoin(Hold, Hold.id == _OFFER.c.pickup_hold_id)
        .outerjoin(Till, Till.id == Hold.till_id)
        .where(_OFFER.c.id.in_(ids), _OFFER.c.state == OfferState.OPEN)
        .order_by(_OFFER.c.id)
    )
    return [
        OpenOffer(
            row.id, row.waiting_entry_id, row.performance_id, read_places(row.places), row.expires_at, row.name or ""
        )
        for row in rows
    ]


def require_nowhere(offer: OpenOffer) -> None:
    """Raise OfferElsewhere where a till has an offer open for paying."""
    if offer.till_name:
        raise OfferElsewhere(
            say("This offer is open for paying at {till}.", till=offer.till_name),
            till_name=offer.till_name,
            advice=say("Close it there first."),
        )


def take_back(session: Session, offer: OpenOffer, reason: str = "") -> None:
    """Withdraw an offer whose seats and list are locked here, and offer them to who waits next."""
    _free(session, [offer])
    _close(session, [offer], OfferState.WITHDRAWN, reason)


def end_entries(session: Session, entry_ids: Collection[int], state: EntryState) -> None:
    """Let parties that were offered seats wait no more."""
    if entry_ids:
        session.execute(
            update(_ENTRY)
            .where(_ENTRY.c.id.in_(sorted(entry_ids)), _ENTRY.c.state == EntryState.OFFERED)
            .values(state=state, revision=_ENTRY.c.revision + 1, closed_at=utc_now())
        )


def _free(session: Session, offers: Sequence[OpenOffer]) -> int:
    """Set the seats of offers free that no basket has, and make a pass over their performances; return how many."""
    seats = {seat for offer in offers for seat in offer.seats}
    freed = free_offered(session, [offer.offer_id for offer in offers], seats)
    serve(session, freed)
    return sum(freed.values())


def _close(session: Session, offers: Sequence[OpenOffer], state: OfferState, reason: str = "") -> None:
    if offers:
        session.execute(
            update(_OFFER)
            .where(_OFFER.c.id.in_([offer.offer_id for offer in offers]), _OFFER.c.state == OfferState.OPEN)
            .values(state=state, pickup_hold_id=None, reason=reason, closed_at=utc_now())
        )


def _answer_withdrawn(session: Session, offer_id: int) -> QueueEntry:
    row = session.execute(
        select(_OFFER.c.state, _OFFER.c.waiting_entry_id).where(_OFFER.c.id == offer_id)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This offer is not there."))
    if row.state != OfferState.WITHDRAWN:
        raise OfferOver(
            say("This offer is over: it was sold, or nobody took it in time."),
            advice=say("Look at the waiting list once more."),
        )
    return read_entry(session, row.waiting_entry_id)
