"""Seats that baskets give back: to all, or to whom they were offered; and offers that a basket has spent.

Whatever frees seats of a basket comes here. Those that were offered go back to their offer as long as it is open; what
else comes free is offered to who waits, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import WaitingEntry, WaitingOffer
from pos_app.domain.selling.holds import by_performance, read_places
from pos_app.domain.waiting.entries import EntryState, OfferState
from pos_app.services.seats.claims import free_seats
from pos_app.services.seats.offered import free_offered, in_baskets, lock_offered, return_to_offer
from pos_app.services.waiting.serving import serve

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey

_ENTRY = table_of(WaitingEntry)
_OFFER = table_of(WaitingOffer)


@dataclass(frozen=True, slots=True)
class _Opened:
    """An offer that a basket has open for paying."""

    offer_id: int
    entry_id: int
    seats: frozenset[SeatKey]
    expires_at: datetime


def give_back(session: Session, hold_ids: Sequence[int], seats: Collection[SeatKey], *, with_offers: bool) -> int:
    """Take seats out of baskets that are locked here; return how many of them came free, offered to others or not.

    Offered seats go back to their offers. with_offers: as it is stored of the baskets.
    """
    opened = _load_opened(session, hold_ids, seats) if with_offers else []
    kept = {seat for offer in opened for seat in offer.seats}
    freed = _free(session, hold_ids, set(seats) - kept)
    for offer in opened:
        return_to_offer(session, hold_ids, offer.offer_id, offer.seats.intersection(seats), offer.expires_at)
    serve(session, freed)
    _let_go(session, hold_ids, opened)
    return sum(freed.values())


def settle(
    session: Session,
    hold_id: int,
    seats: Collection[SeatKey],
    taken: Collection[SeatKey],
    *,
    order_id: int,
    with_offers: bool,
) -> None:
    """End what a basket held once its order has what it takes: its offers are spent, and the rest is given back.

    seats: all that it held. taken: what the order has now. An offer of which nothing was taken stays open; what else
    was offered with seats that were taken comes free, for an offer is spent once. Nothing is asked of the server where
    all was taken and nothing was offered.
    """
    rest = set(seats) - set(taken)
    opened = _load_opened(session, [hold_id], seats) if with_offers else []
    spent = [offer for offer in opened if offer.seats.intersection(taken)]
    kept = {seat for offer in opened if offer not in spent for seat in offer.seats}
    freed = set(_free(session, [hold_id], rest - kept)) if rest else set()
    if spent:
        more = {seat for offer in spent for seat in offer.seats} - set(taken)
        freed |= set(free_offered(session, [offer.offer_id for offer in spent], more))
    for offer in opened:
        if offer not in spent:
            return_to_offer(session, [hold_id], offer.offer_id, offer.seats & rest, offer.expires_at)
    serve(session, freed)
    _spend(session, spent, order_id)
    _let_go(session, [hold_id], [offer for offer in opened if offer not in spent])


def _free(session: Session, hold_ids: Sequence[int], seats: Collection[SeatKey]) -> dict[int, int]:
    """Set seats of baskets free; return how many came free, by performance. One statement a performance."""
    freed = {performance: free_seats(session, hold_ids, performance, ids) for performance, ids in by_performance(seats)}
    return {performance: count for performance, count in freed.items() if count}


def _load_opened(session: Session, hold_ids: Sequence[int], seats: Collection[SeatKey]) -> list[_Opened]:
    """Lock the seats, and those of all offers that these baskets have open; then return which offers they are."""
    held = _OFFER.c.pickup_hold_id.in_(sorted(hold_ids)), _OFFER.c.state == OfferState.OPEN
    before = session.execute(select(_OFFER.c.places).where(*held)).scalars().all()
    lock_offered(session, {*seats, *(seat for places in before for seat in read_places(places))})
    rows = session.execute(
        select(_OFFER.c.id, _OFFER.c.waiting_entry_id, _OFFER.c.places, _OFFER.c.expires_at)
        .where(*held)
        .order_by(_OFFER.c.id)
    )
    return [_Opened(row.id, row.waiting_entry_id, frozenset(read_places(row.places)), row.expires_at) for row in rows]


def _let_go(session: Session, hold_ids: Sequence[int], opened: Sequence[_Opened]) -> None:
    """Let offers be open nowhere of which no basket has a seat any more: from now on they may lapse."""
    over = [offer.offer_id for offer in opened if not in_baskets(session, hold_ids, offer.seats)]
    if over:
        session.execute(update(_OFFER).where(_OFFER.c.id.in_(over)).values(pickup_hold_id=None))


def _spend(session: Session, spent: Sequence[_Opened], order_id: int) -> None:
    if not spent:
        return
    session.execute(
        update(_ENTRY)
        .where(_ENTRY.c.id.in_([offer.entry_id for offer in spent]), _ENTRY.c.state == EntryState.OFFERED)
        .values(state=EntryState.SOLD, revision=_ENTRY.c.revision + 1, closed_at=utc_now())
    )
    session.execute(
        update(_OFFER)
        .where(_OFFER.c.id.in_([offer.offer_id for offer in spent]))
        .values(state=OfferState.SOLD, pickup_hold_id=None, order_id=order_id, closed_at=utc_now())
    )
