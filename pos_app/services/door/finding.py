"""Guests looked up by order number, name and place, among all of a performance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pos_app.domain.door.check_in import GuestTicket
from pos_app.domain.door.finding import (
    LONGEST_QUERY,
    MOST_WORDS,
    FoundGuests,
    NamedPart,
    PlanWords,
    order_numbers,
    readings,
)
from pos_app.domain.searching import folded, typed_words
from pos_app.domain.texts import clean_line
from pos_app.services.door.guest_statements import (
    AREA,
    MOST_GUESTS,
    PARTS_OF_PLAN,
    ROW,
    TIME_ZONE,
    Shape,
    facts_of,
    facts_of_number,
    nearest_tickets,
)
from pos_app.services.seats.places import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session


def find_guests(session: Session, performance_id: int, query: str) -> FoundGuests:
    """Find tickets of a performance by order number, name, zone, row and seat ("G 18"), all at once.

    Whole words come before beginnings of words, tickets that are good before void ones; at most 50. Who has
    reserved and not paid is found alike.
    """
    wanted = clean_line(query, LONGEST_QUERY)
    words = typed_words(wanted)[:MOST_WORDS]
    if not words:
        return FoundGuests()
    meant = readings(wanted, _plan_words(session, performance_id))
    numbers = order_numbers(words)
    facts: dict[str, Any] = {"evening": performance_id}
    for turn, reading in enumerate(meant):
        facts.update(facts_of(turn, reading))
    for turn, number in enumerate(numbers):
        facts.update(facts_of_number(turn, number))
    statement = nearest_tickets(tuple(map(Shape.of, meant)), len(numbers))
    rows = session.connection().execute(statement, facts).all()
    shown = sorted(rows, key=lambda row: _order(row, " ".join(words)))[:MOST_GUESTS]
    found = FoundGuests(_tickets(session, shown), more=len(rows) > MOST_GUESTS)
    if not any(guest.void for guest in found.guests):
        return found
    return replace(found, time_zone=session.connection().execute(TIME_ZONE, {"evening": performance_id}).scalar_one())


def _plan_words(session: Session, performance_id: int) -> PlanWords:
    found = session.connection().execute(PARTS_OF_PLAN, {"evening": performance_id}).all()
    return PlanWords(
        tuple(NamedPart(row.id, row.name, is_area=row.what == AREA) for row in found if row.what != ROW),
        tuple(row.name for row in found if row.what == ROW),
    )


def _order(row: Row[Any], typed: str) -> tuple[Any, ...]:
    name = folded(row.customer_name)
    return row.farther, name != typed, row.voided_at is not None, name, row.number, row.seat_id


def _tickets(session: Session, rows: Sequence[Row[Any]]) -> tuple[GuestTicket, ...]:
    places = places_of(session, [row.seat_id for row in rows])
    return tuple(
        GuestTicket(
            row.short_code or "",
            places[row.seat_id],
            row.name,
            row.customer_name,
            row.number,
            bool(row.inside),
            row.voided_at is not None,
            row.state if row.voided_at is not None else "",
            row.voided_at,
            unpaid=row.short_code is None,
        )
        for row in rows
    )
