"""What the database holds of waiting lists, in the words of the model, and how time passes for an offer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.models import Customer, Hold, PerformanceSeat, WaitingEntry, WaitingOffer
from pos_app.domain.selling.holds import read_places

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey


def read_waiting(session: Session) -> dict[str, tuple[str, str]]:
    """Read whose each entry is by now, and how it stands; by the request that made it."""
    rows = session.execute(
        select(WaitingEntry.request_id, Customer.request_id.label("whose"), WaitingEntry.state).join(
            Customer, Customer.id == WaitingEntry.customer_id
        )
    )
    return {row.request_id: (row.whose, row.state) for row in rows}


def read_offers(session: Session) -> dict[str, tuple[frozenset[SeatKey], str, str]]:
    """Read what each party was offered, what became of that, and the basket that has it open."""
    rows = session.execute(
        select(WaitingEntry.request_id, WaitingOffer.places, WaitingOffer.state, Hold.basket_key)
        .join(WaitingEntry, WaitingEntry.id == WaitingOffer.waiting_entry_id)
        .outerjoin(Hold, Hold.id == WaitingOffer.pickup_hold_id)
    )
    return {
        row.request_id: (
            frozenset(read_places(row.places)),
            "" if row.state == "open" else row.state,
            row.basket_key or "" if row.state == "open" else "",
        )
        for row in rows
    }


def new_offers(session: Session, known: Collection[str]) -> dict[str, frozenset[SeatKey]]:
    """Read what was offered to parties besides those that are known to have been offered something."""
    return {name: seats for name, (seats, _, _) in read_offers(session).items() if name not in known}


def read_entry(session: Session, request_id: str) -> tuple[int, int]:
    """Return the number of an entry, and its revision."""
    row = session.execute(
        select(WaitingEntry.id, WaitingEntry.revision).where(WaitingEntry.request_id == request_id)
    ).one()
    return row.id, row.revision


def read_offer_id(session: Session, request_id: str) -> int:
    """Return the number of the offer that a party was made."""
    made = select(WaitingOffer.id).join(WaitingEntry, WaitingEntry.id == WaitingOffer.waiting_entry_id)
    return session.execute(made.where(WaitingEntry.request_id == request_id)).scalar_one()


def make_offer_older(session: Session, request_id: str, seconds: int) -> None:
    """Move the end of an offer and its claims into the past, instead of waiting."""
    offer_id = read_offer_id(session, request_id)
    ends = session.execute(select(WaitingOffer.expires_at).where(WaitingOffer.id == offer_id)).scalar_one()
    earlier = ends - timedelta(seconds=seconds)
    session.execute(update(WaitingOffer).where(WaitingOffer.id == offer_id).values(expires_at=earlier))
    session.execute(
        update(PerformanceSeat)
        .where(PerformanceSeat.claim_kind == "offer", PerformanceSeat.claim_id == offer_id)
        .values(claim_until=earlier)
    )
