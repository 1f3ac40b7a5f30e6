"""What parties wait for, and until when offers stand, when the performance itself is changed under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.base import table_of
from pos_app.db.models import PriceCategory, WaitingEntry, WaitingOffer, Zone
from pos_app.domain.selling.holds import by_performance, read_places
from pos_app.domain.waiting.entries import EntryState, OfferState
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.seats.offered import lock_offered, of_offer
from pos_app.services.waiting.serving import write_list
from pos_app.services.waiting.standing import read_ids, write_ids

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

_ENTRY = table_of(WaitingEntry)
_OFFER = table_of(WaitingOffer)


def rewrite_wishes(
    session: Session, performance_id: int, categories: Mapping[int, int], zones: Mapping[int, int]
) -> None:
    """Let who waits ask for the categories and zones that there are now, by those that there were.

    One that is no more stays written: nothing fits it any more, and the party is not offered what it never wanted. To
    be called behind the locks of the seats, before the pass over the new places.
    """
    if not write_list(session, performance_id):
        return
    rows = session.execute(
        select(_ENTRY.c.id, _ENTRY.c.categories, _ENTRY.c.zones).where(
            _ENTRY.c.performance_id == performance_id,
            _ENTRY.c.state.in_((EntryState.WAITING, EntryState.OFFERED)),
        )
    ).all()
    for row in rows:
        wanted = {"categories": _moved(row.categories, categories), "zones": _moved(row.zones, zones)}
        if wanted != {"categories": row.categories, "zones": row.zones}:
            session.execute(update(_ENTRY).where(_ENTRY.c.id == row.id).values(**wanted))


def follow_names(session: Session, performance_id: int, old_plan: int, new_plan: int) -> None:
    """As rewrite_wishes, for a performance that goes to another plan: categories and zones of the same name."""
    rewrite_wishes(
        session,
        performance_id,
        _same_names(session, PriceCategory, old_plan, new_plan),
        _same_names(session, Zone, old_plan, new_plan),
    )


def follow_sale_end(session: Session, performance_id: int, ends: datetime) -> None:
    """Let no open offer of a performance stand longer than its sale lasts (UTC)."""
    late = (
        _OFFER.c.performance_id == performance_id,
        _OFFER.c.state == OfferState.OPEN,
        _OFFER.c.expires_at > ends,
    )
    places = session.execute(select(_OFFER.c.places).where(*late)).scalars().all()
    lock_offered(session, {seat for text in places for seat in read_places(text)})
    for row in session.execute(select(_OFFER.c.id, _OFFER.c.places).where(*late).order_by(_OFFER.c.id)).all():
        for performance, ids in by_performance(read_places(row.places)):
            session.execute(
                update(INVENTORY).where(these_seats(performance, ids), of_offer(row.id)).values(claim_until=ends)
            )
        session.execute(update(_OFFER).where(_OFFER.c.id == row.id).values(expires_at=ends))


def _moved(text: str, pairs: Mapping[int, int]) -> str:
    return write_ids(tuple(pairs.get(one, one) for one in read_ids(text)))


def _same_names(session: Session, model: type[PriceCategory | Zone], old_plan: int, new_plan: int) -> dict[int, int]:
    there = {row.name: row.id for row in session.execute(select(model.id, model.name).where(model.plan_id == new_plan))}
    rows = session.execute(select(model.id, model.name).where(model.plan_id == old_plan))
    return {row.id: there[row.name] for row in rows if row.name in there}
