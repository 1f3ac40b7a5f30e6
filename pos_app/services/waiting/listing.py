"""Waiting lists as people see them: the queue of a performance, open offers, and parties found by what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, or_, select

from pos_app.db.clock import seconds_until
from pos_app.db.models import Customer, Hold, Performance, Till, WaitingEntry, WaitingList, WaitingOffer
from pos_app.domain.codes import normalise_code
from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission
from pos_app.domain.selling.holds import read_places
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.domain.waiting.entries import EntryState, ListState, Offer, OfferState, Queue, QueueEntry
from pos_app.services.customers.finding import find_customers
from pos_app.services.house.settings import load_house_settings
from pos_app.services.permissions import require
from pos_app.services.waiting.standing import read_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_LONGEST_TEXT: Final = 200
_MOST_FOUND: Final = 50
_ON_THE_LIST: Final = (EntryState.WAITING, EntryState.OFFERED)

_OFFERS = (
    select(
        WaitingOffer.id,
        WaitingOffer.waiting_entry_id,
        WaitingOffer.performance_id,
        WaitingOffer.places,
        WaitingOffer.state,
        WaitingOffer.expires_at,
        seconds_until(WaitingOffer.expires_at).label("seconds_left"),
        WaitingEntry.code,
        WaitingEntry.customer_id,
        Customer.name,
        func.coalesce(Till.name, "").label("till_name"),
    )
    .join(WaitingEntry, WaitingEntry.id == WaitingOffer.waiting_entry_id)
    .join(Customer, Customer.id == WaitingEntry.customer_id)
    .outerjoin(Hold, Hold.id == WaitingOffer.pickup_hold_id)
    .outerjoin(Till, Till.id == Hold.till_id)
)


def load_queue(session: Session, actor: Actor, performance_id: int, *, closed: bool = False) -> Queue:
    """Return who waits for a performance and who was offered what, in the order of turn.

    closed: those that wait no more, too. Raises NotPermitted, NotFound.
    """
    require(session, actor, Permission.WAITING)
    return read_queue(session, performance_id, closed=closed)


def read_queue(session: Session, performance_id: int, *, closed: bool = False) -> Queue:
    """As load_queue, for whom the caller has judged already."""
    row = session.execute(
        select(WaitingList.state, WaitingList.offer_minutes).where(WaitingList.performance_id == performance_id)
    ).one_or_none()
    if row is None:
        there = select(Performance.id).where(Performance.id == performance_id)
        if session.execute(there).first() is None:
            raise NotFound(say("This performance is not there any more."), advice=say("Choose another one."))
        return Queue(performance_id, None, load_house_settings(session).offer_minutes)
    which = WaitingEntry.performance_id == performance_id
    if not closed:
        which = and_(which, WaitingEntry.state.in_(_ON_THE_LIST))
    entries = _entries(session, which)
    return Queue(performance_id, ListState(row.state), row.offer_minutes, entries)


def read_entry(session: Session, entry_id: int) -> QueueEntry:
    """Return one party as it is now. Raises NotFound."""
    found = _entries(session, WaitingEntry.id == entry_id)
    if not found:
        raise NotFound(say("This party is not on the waiting list any more."))
    return found[0]


def find_entries(
    session: Session, actor: Actor, text: str, performance_id: int | None = None
) -> tuple[QueueEntry, ...]:
    """Return parties by name, phone, e-mail address or code: open offers first, then who waits.

    performance_id: only of this one. With nothing typed, all with open offers. Raises NotPermitted.
    """
    require(session, actor, Permission.WAITING)
    text = clean_line(text, _LONGEST_TEXT)
    which: ColumnElement[bool]
    if text:
        people = find_customers(session, actor, CustomerQuery(text, archived=True), limit=_MOST_FOUND)
        ids = [one.customer_id for one in people.rows]
        which = or_(WaitingEntry.code == normalise_code(text), WaitingEntry.customer_id.in_(ids))
        which = and_(which, WaitingEntry.state.in_(_ON_THE_LIST))
    else:
        which = WaitingEntry.id.in_(select(WaitingOffer.waiting_entry_id).where(WaitingOffer.state == OfferState.OPEN))
    if performance_id is not None:
        which = and_(which, WaitingEntry.performance_id == performance_id)
    found = _entries(session, which)
    return tuple(sorted(found, key=lambda one: (one.offer is None, one.performance_id)))[:_MOST_FOUND]


def list_offers(session: Session, actor: Actor, performance_id: int | None = None) -> tuple[Offer, ...]:
    """Return open offers, the one that ends first first. Raises NotPermitted."""
    require(session, actor, Permission.WAITING)
    which = WaitingOffer.state == OfferState.OPEN
    if performance_id is not None:
        which = and_(which, WaitingOffer.performance_id == performance_id)
    return read_offers(session, which)


def read_offers(session: Session, which: ColumnElement[bool]) -> tuple[Offer, ...]:
    """Return offers, the one that ends first first."""
    rows: Any = session.execute(_OFFERS.where(which).order_by(WaitingOffer.expires_at, WaitingOffer.id))
    return tuple(map(_offer, rows))


def count_waiting(session: Session, performance_ids: Collection[int]) -> dict[int, int]:
    """Return how many parties wait for each of these performances; those for which nobody does are left out."""
    rows = session.execute(
        select(WaitingEntry.performance_id, func.count().label("parties"))
        .where(
            WaitingEntry.performance_id.in_(sorted(performance_ids)),
            WaitingEntry.state == EntryState.WAITING,
        )
        .group_by(WaitingEntry.performance_id)
    )
    return {row.performance_id: row.parties for row in rows}


def _entries(session: Session, which: ColumnElement[bool]) -> tuple[QueueEntry, ...]:
    rows = session.execute(
        select(WaitingEntry, Customer.name, Customer.phone, Customer.email)
        .join(Customer, Customer.id == WaitingEntry.customer_id)
        .where(which)
        .order_by(WaitingEntry.performance_id, WaitingEntry.turn, WaitingEntry.id)
        .execution_options(populate_existing=True)
    ).all()
    ids = [row.WaitingEntry.id for row in rows if row.WaitingEntry.state == EntryState.OFFERED]
    of_these = and_(WaitingOffer.waiting_entry_id.in_(ids), WaitingOffer.state == OfferState.OPEN)
    offers = {one.entry_id: one for one in read_offers(session, of_these)} if ids else {}
    places = _places(session, {row.WaitingEntry.performance_id for row in rows})
    return tuple(_entry(row, places.get(row.WaitingEntry.id, 0), offers.get(row.WaitingEntry.id)) for row in rows)


def _places(session: Session, performance_ids: Iterable[int]) -> dict[int, int]:
    """Return which place in the queue each party has that waits; 1 is next."""
    rows = session.execute(
        select(WaitingEntry.id, WaitingEntry.performance_id)
        .where(WaitingEntry.performance_id.in_(sorted(performance_ids)), WaitingEntry.state == EntryState.WAITING)
        .order_by(WaitingEntry.performance_id, WaitingEntry.turn, WaitingEntry.id)
    )
    places: dict[int, int] = {}
    before, place = 0, 0
    for row in rows:
        place = place + 1 if row.performance_id == before else 1
        before = row.performance_id
        places[row.id] = place
    return places


def _entry(row: Any, place: int, offer: Offer | None) -> QueueEntry:
    entry: WaitingEntry = row.WaitingEntry
    return QueueEntry(
        entry_id=entry.id,
        code=entry.code,
        performance_id=entry.performance_id,
        customer_id=entry.customer_id,
        customer_name=row.name,
        phone=row.phone,
        email=row.email,
        seats=entry.seats,
        categories=read_ids(entry.categories),
        zones=read_ids(entry.zones),
        together=entry.together,
        until=entry.until,
        state=EntryState(entry.state),
        revision=entry.revision,
        place=place,
        created_at=entry.created_at,
        passed_over=entry.passed_over,
        passed_over_at=entry.passed_over_at,
        moved_reason=entry.moved_reason,
        offer=offer,
    )


def _offer(row: Any) -> Offer:
    return Offer(
        offer_id=row.id,
        entry_id=row.waiting_entry_id,
        code=row.code,
        performance_id=row.performance_id,
        customer_id=row.customer_id,
        customer_name=row.name,
        seats=read_places(row.places),
        state=OfferState(row.state),
        expires_at=row.expires_at,
        seconds_left=float(row.seconds_left),
        till_name=row.till_name,
    )
