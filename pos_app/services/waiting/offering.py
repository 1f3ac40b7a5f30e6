"""Offers written: seats claimed for a party, the letter about it, and why others were passed over."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.clock import utc_now
from pos_app.db.models import WaitingEntry, WaitingOffer
from pos_app.db.results import matched_rows
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import write_places
from pos_app.domain.waiting.entries import EntryState, OfferState
from pos_app.services.letters.waiting import tell_offer
from pos_app.services.seats.offered import claim_for_offers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.waiting.passing import PassedOver
    from pos_app.services.waiting.standing import Standing, WaitingParty

_ENTRY = table_of(WaitingEntry)
_OFFER = table_of(WaitingOffer)


def make_offers(session: Session, standing: Standing, offers: Sequence[tuple[int, tuple[int, ...]]]) -> int:
    """Offer seats that are locked here, by entry, behind the write of the list; return how many offers were made."""
    if not offers:
        return 0
    entries = sorted(entry for entry, _ in offers)
    changed = session.execute(
        update(_ENTRY)
        .where(_ENTRY.c.id.in_(entries), _ENTRY.c.state == EntryState.WAITING)
        .values(state=EntryState.OFFERED, revision=_ENTRY.c.revision + 1)
    )
    if matched_rows(changed) != len(entries):
        raise RuntimeError("A party was changed by somebody who did not write its list first.")
    of = standing.performance_id
    ends = standing.now + timedelta(seconds=standing.lasts or 0)
    rows = [
        {
            "waiting_entry_id": entry,
            "performance_id": of,
            "places": write_places(SeatKey(of, seat) for seat in seats),
            "state": OfferState.OPEN,
            "created_at": standing.now,
            "expires_at": ends,
            "reason": "",
        }
        for entry, seats in offers
    ]
    insert_rows(session, _OFFER, rows)
    stored = session.execute(
        select(_OFFER.c.waiting_entry_id, _OFFER.c.id).where(
            _OFFER.c.waiting_entry_id.in_(entries), _OFFER.c.state == OfferState.OPEN
        )
    )
    offer_of: dict[int, int] = {row.waiting_entry_id: row.id for row in stored}
    claims = {seat: offer_of[entry] for entry, seats in offers for seat in seats}
    if claim_for_offers(session, of, claims, ends) != len(claims):
        raise RuntimeError("A seat that was locked to be offered is not free.")
    for offer_id in sorted(offer_of.values()):
        tell_offer(session, offer_id)
    return len(offers)


def note_passed_over(session: Session, waiting: Sequence[WaitingParty], passed_over: Mapping[int, PassedOver]) -> None:
    """Store why parties were passed over; what is stored already is not written again."""
    entries: defaultdict[str, list[int]] = defaultdict(list)
    for one in waiting:
        why = passed_over.get(one.party.entry_id)
        if why is not None and (text := why.written()) != one.passed_over:
            entries[text].append(one.party.entry_id)
    for text in sorted(entries):
        session.execute(
            update(_ENTRY).where(_ENTRY.c.id.in_(entries[text])).values(passed_over=text, passed_over_at=utc_now())
        )
