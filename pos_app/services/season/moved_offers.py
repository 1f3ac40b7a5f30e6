"""Offers of a waiting list when their performance is moved: no seat is held for anybody beyond the end of its sale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.models import WaitingOffer
from pos_app.db.results import matched_rows
from pos_app.domain.seats import ClaimKind
from pos_app.domain.selling.holds import by_performance, read_places
from pos_app.domain.waiting.entries import OfferState
from pos_app.services.seats.claims import INVENTORY, these_seats

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def move_offers(session: Session, performance_id: int, sale_ends_at: datetime) -> int:
    """Let no open offer of a performance stand beyond a time (UTC); returns how many end sooner now.

    What a till has open for paying stays that till's as long as its basket. One that is over by this lapses as ever.
    """
    longer = (WaitingOffer.state == OfferState.OPEN, WaitingOffer.expires_at > sale_ends_at)
    offers = session.execute(
        select(WaitingOffer.id, WaitingOffer.places)
        .where(WaitingOffer.performance_id == performance_id, *longer)
        .order_by(WaitingOffer.id)
    ).all()
    # The seats are the lock of an offer, and are taken in the order of everybody.
    held = sorted((seat, offer.id) for offer in offers for seat in read_places(offer.places))
    for seat, offer_id in held:
        ((performance, seats),) = by_performance([seat])
        session.execute(
            update(INVENTORY)
            .where(
                these_seats(performance, seats),
                INVENTORY.c.claim_kind == ClaimKind.OFFER,
                INVENTORY.c.claim_id == offer_id,
            )
            .values(claim_until=sale_ends_at)
        )
    ended = 0
    for offer in offers:
        sooner = update(WaitingOffer).where(WaitingOffer.id == offer.id, *longer).values(expires_at=sale_ends_at)
        ended += matched_rows(session.execute(sooner))
    return ended
