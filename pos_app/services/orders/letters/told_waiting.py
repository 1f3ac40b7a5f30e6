"""What a letter to a party on a waiting list tells, as the books have it: no order is behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from pos_app.db.clock import seconds_until
from pos_app.db.models import (
    Performance,
    Price,
    PriceCategory,
    Seat,
    SeatingPlan,
    TicketType,
    Venue,
    WaitingEntry,
    WaitingList,
    WaitingOffer,
    Zone,
)
from pos_app.domain.letters.contents import LetterParty, LetterPlace
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.selling.holds import read_places
from pos_app.domain.waiting.entries import EntryState, ListState, OfferState
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.letters.contents import LetterContent
    from pos_app.domain.letters.facts import LetterFacts
    from pos_app.domain.seats import SeatKey

_OF_OFFER: Final = frozenset({LetterKind.OFFER, LetterKind.OFFER_LAPSED})
_CANCELLED: Final = "cancelled"


def load_party(session: Session, facts: LetterFacts, content: LetterContent) -> LetterContent:
    """Add the party, and what was offered to it, to what a letter tells. Raises ValueError: neither is there."""
    offer = _offer(session, facts, content.kind)
    entry_id = facts.entry if offer is None else offer.waiting_entry_id
    entry = None if entry_id is None else _entry(session, entry_id)
    if entry is None or (offer is None and content.kind in _OF_OFFER):
        raise ValueError("a letter tells of nobody who waits")
    party = LetterParty(
        seats=entry.seats,
        place=facts.place,
        categories=_names(session, PriceCategory, entry.categories),
        zones=_names(session, Zone, entry.zones),
        together=bool(entry.together),
        waited_until=entry.until if entry.state == EntryState.LEFT else None,
        reason=(offer.reason if offer is not None else "")
        or (entry.reason if entry.list_state == ListState.CLOSED else ""),
    )
    seats = read_places(offer.places) if offer is not None and content.kind in _OF_OFFER else ()
    return replace(
        content,
        code=entry.code,
        party=party,
        currency=entry.currency,
        places=_offered(session, entry.performance_id, seats),
        release_at=entry.until if content.kind is LetterKind.WAITING else (None if offer is None else offer.expires_at),
        is_over=not _is_so(content.kind, entry, offer) or _is_back(content.kind, facts, entry.starts_at),
    )


def _is_so(kind: LetterKind, entry: Any, offer: Any) -> bool:
    """Tell whether what a letter was written for is so still."""
    match kind:
        case LetterKind.WAITING:
            return bool(entry.state == EntryState.WAITING and entry.performance_state != _CANCELLED)
        case LetterKind.OFFER:
            stands = offer.state == OfferState.OPEN and offer.seconds_left > 0
            return bool(stands and entry.performance_state != _CANCELLED)
        case LetterKind.OFFER_LAPSED:
            return bool(offer.state == OfferState.LAPSED)
        case _:
            return entry.state in {EntryState.CLOSED, EntryState.LEFT}


def _is_back(kind: LetterKind, facts: LetterFacts, starts_at: datetime) -> bool:
    """Tell whether a party that waits was to hear of a new time, and the performance is back at the one it knows."""
    known = facts.starts_was
    return kind is LetterKind.WAITING and known is not None and _minute(known) == _minute(starts_at)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _entry(session: Session, entry_id: int) -> Any:
    return session.execute(
        select(
            WaitingEntry.code,
            WaitingEntry.performance_id,
            WaitingEntry.seats,
            WaitingEntry.categories,
            WaitingEntry.zones,
            WaitingEntry.together,
            WaitingEntry.until,
            WaitingEntry.state,
            WaitingList.state.label("list_state"),
            WaitingList.reason,
            Performance.state.label("performance_state"),
            Performance.starts_at,
            Venue.currency,
        )
        .join(Performance, Performance.id == WaitingEntry.performance_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .outerjoin(WaitingList, WaitingList.performance_id == WaitingEntry.performance_id)
        .where(WaitingEntry.id == entry_id)
    ).one_or_none()


def _offer(session: Session, facts: LetterFacts, kind: LetterKind) -> Any:
    """Return the offer that a letter tells of; of a list that ended the one that was taken back with it."""
    asked = select(
        WaitingOffer.waiting_entry_id,
        WaitingOffer.places,
        WaitingOffer.state,
        WaitingOffer.expires_at,
        WaitingOffer.reason,
        seconds_until(WaitingOffer.expires_at).label("seconds_left"),
    )
    if kind in _OF_OFFER:
        return session.execute(asked.where(WaitingOffer.id == facts.offer)).one_or_none()
    if kind is LetterKind.WAITING_ENDED:
        taken_back = asked.where(
            WaitingOffer.waiting_entry_id == facts.entry, WaitingOffer.state == OfferState.WITHDRAWN
        )
        return session.execute(taken_back.order_by(WaitingOffer.id.desc()).limit(1)).one_or_none()
    return None


def _names(session: Session, table: type[PriceCategory | Zone], ids: str) -> tuple[str, ...]:
    """Return the names of what will do, in their order. ids: as an entry keeps them."""
    wanted = [int(one) for one in ids.split(",") if one]
    if not wanted:
        return ()
    return tuple(session.scalars(select(table.name).where(table.id.in_(wanted)).order_by(table.id)))


def _offered(session: Session, performance_id: int, seats: tuple[SeatKey, ...]) -> tuple[LetterPlace, ...]:
    """Return places with the least that somebody pays for them, minor units; 0 where nobody pays anything."""
    if not seats:
        return ()
    ids = [seat.seat_id for seat in seats]
    categories = {
        row.id: row
        for row in session.execute(
            select(Seat.id, Seat.category_id, PriceCategory.name)
            .join(PriceCategory, PriceCategory.id == Seat.category_id)
            .where(Seat.id.in_(ids))
        )
    }
    least = _least_prices(session, performance_id)
    places = places_of(session, ids)
    return tuple(
        LetterPlace(
            performance_id,
            places[one],
            categories[one].name,
            "",
            least.get(categories[one].category_id, 0),
        )
        for one in ids
        if one in categories
    )


def _least_prices(session: Session, performance_id: int) -> dict[int, int]:
    """Return, by category, the lowest price of what everybody may be: not given away, not for one kind of seat."""
    rows = session.execute(
        select(Price.category_id, func.min(Price.amount_minor))
        .join(TicketType, TicketType.id == Price.ticket_type_id)
        .where(
            Price.performance_id == performance_id,
            Price.amount_minor > 0,
            TicketType.complimentary.is_(False),
            TicketType.deleted_at.is_(None),
            TicketType.seat_kind == "",
        )
        .group_by(Price.category_id)
    )
    return {row[0]: row[1] for row in rows}
