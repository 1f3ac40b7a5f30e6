"""Waiting lists with all that a person is told of them: names of evenings, of categories and zones, and of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Event, Performance, PriceCategory, SeatingPlan, Venue, Zone
from pos_app.domain.errors import NotFound
from pos_app.domain.sentences import say
from pos_app.domain.waiting.rows import WaitingEvening, WaitingPage, WaitingRow
from pos_app.services.seats.claims import INVENTORY, open_to_all
from pos_app.services.seats.places import places_of
from pos_app.services.waiting.listing import find_entries, load_queue

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.waiting.entries import QueueEntry


def load_waiting(session: Session, actor: Actor, performance_id: int, *, closed: bool = False) -> WaitingPage:
    """Return the waiting list of a performance; closed: with those that wait no more. Raises NotPermitted, NotFound."""
    queue = load_queue(session, actor, performance_id, closed=closed)
    evening = _evenings(session, [performance_id], counted=True).get(performance_id)
    if evening is None:
        raise NotFound(say("This performance is not there any more."), advice=say("Choose another one."))
    rows = _rows(session, queue.entries, {performance_id: evening})
    return WaitingPage(evening, queue.state, queue.offer_minutes, rows)


def find_waiting(
    session: Session, actor: Actor, text: str, performance_id: int | None = None
) -> tuple[WaitingRow, ...]:
    """Return parties as find_entries does, with all that is told of them. Raises NotPermitted."""
    found = find_entries(session, actor, text, performance_id)
    return _rows(session, found, _evenings(session, {entry.performance_id for entry in found}))


def _evenings(
    session: Session, performance_ids: Collection[int], *, counted: bool = False
) -> dict[int, WaitingEvening]:
    rows = session.execute(
        select(
            Performance.id,
            Performance.plan_id,
            Performance.starts_at,
            Performance.ends_at,
            Event.title,
            Venue.time_zone,
            utc_now().label("now"),
        )
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id.in_(sorted(performance_ids)))
    ).all()
    plans = sorted({row.plan_id for row in rows})
    categories: dict[int, list[tuple[int, str]]] = {plan: [] for plan in plans}
    zones: dict[int, list[tuple[int, str]]] = {plan: [] for plan in plans}
    for model, found in ((PriceCategory, categories), (Zone, zones)):
        named = select(model.id, model.plan_id, model.name).where(model.plan_id.in_(plans))
        for one in session.execute(named.order_by(model.sort, model.id)):
            found[one.plan_id].append((one.id, one.name))
    free = _free(session, performance_ids) if counted else {}
    return {
        row.id: WaitingEvening(
            row.id,
            row.title,
            row.starts_at,
            row.time_zone,
            row.now,
            row.ends_at,
            tuple(categories[row.plan_id]),
            tuple(zones[row.plan_id]),
            free.get(row.id, 0),
        )
        for row in rows
    }


def _free(session: Session, performance_ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(INVENTORY.c.performance_id, func.count().label("free"))
        .where(INVENTORY.c.performance_id.in_(sorted(performance_ids)), open_to_all())
        .group_by(INVENTORY.c.performance_id)
    )
    return {row.performance_id: row.free for row in rows}


def _rows(
    session: Session, entries: Sequence[QueueEntry], evenings: dict[int, WaitingEvening]
) -> tuple[WaitingRow, ...]:
    offered = {seat.seat_id for one in entries if one.offer is not None for seat in one.offer.seats}
    places = places_of(session, offered) if offered else {}
    told = []
    for entry in entries:
        evening = evenings.get(entry.performance_id)
        if evening is not None:
            seats = () if entry.offer is None else entry.offer.seats
            here = tuple(places[seat.seat_id] for seat in seats if seat.seat_id in places)
            categories, zones = _named(entry.categories, evening.categories), _named(entry.zones, evening.zones)
            told.append(WaitingRow(entry, evening, here, categories, zones))
    return tuple(told)


def _named(ids: Collection[int], known: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(name for one, name in known if one in ids)
