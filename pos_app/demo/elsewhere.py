"""The other tills of the demo at work: seats of the next performance that somebody else is just choosing."""

from __future__ import annotations

import random
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Hold, Performance, Seat, StaffMember, Till
from pos_app.demo.house import OTHER_TILLS
from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.roles import Actor, Permission, Role, may
from pos_app.domain.seats import SeatKey, SeatKind, SeatState
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.selling.holds import place_hold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_BASKETS: Final = (3, 1, 4, 2, 3)
"""So many seats are held in each of the baskets."""


def hold_some_elsewhere(session: Session) -> int:
    """Let the other tills hold a few seats of the next performance; they run out by themselves. Returns how many seats.

    Holds nothing while earlier ones still run, when nothing is to come, or when the other tills are gone.
    """
    performance = session.execute(
        select(Performance.id)
        .where(Performance.starts_at > utc_now(), Performance.state == "scheduled", Performance.deleted_at.is_(None))
        .order_by(Performance.starts_at, Performance.id)
        .limit(1)
    ).scalar_one_or_none()
    actors = _people_elsewhere(session)
    if performance is None or not actors or _some_are_held(session, actors):
        return 0
    held = 0
    baskets = _choose(session, performance)
    for turn, seats in enumerate(baskets):
        try:
            with session.begin_nested():
                place_hold(session, actors[turn % len(actors)], new_request_id(), seats)
        except SeatsTaken:
            continue  # a person at a real till was quicker
        held += len(seats)
    return held


def _people_elsewhere(session: Session) -> list[Actor]:
    """Return somebody who may sell at each of the other tills."""
    people = session.execute(
        select(StaffMember.id, StaffMember.name, StaffMember.role)
        .where(StaffMember.active, StaffMember.deleted_at.is_(None))
        .order_by(StaffMember.id)
    )
    sellers = [person for person in people if may(Role(person.role), Permission.SELL)]
    if not sellers:
        return []
    tills = session.execute(
        select(Till.id, Till.name)
        .where(Till.machine_key.in_(OTHER_TILLS), Till.deleted_at.is_(None))
        .order_by(Till.machine_key)
    )
    return [
        Actor(person.id, person.name, Role(person.role), till.id, till.name)
        for turn, till in enumerate(tills)
        for person in [sellers[turn % len(sellers)]]
    ]


def _some_are_held(session: Session, actors: list[Actor]) -> bool:
    running = select(func.count()).where(
        Hold.till_id.in_([actor.till_id for actor in actors]), Hold.closed_at.is_(None), Hold.expires_at > utc_now()
    )
    return session.execute(running).scalar_one() > 0


def seats_side_by_side(session: Session, performance_id: int, count: int) -> list[SeatKey]:
    """Return so many free seats of a performance in one row, the first ones that there are."""
    run = next(run for run in _free_runs(session, performance_id) if len(run) >= count)
    return [SeatKey(performance_id, seat_id) for seat_id in run[:count]]


def _choose(session: Session, performance_id: int) -> list[list[SeatKey]]:
    """Return seats side by side for each basket; the same ones while the same are free."""
    runs = _free_runs(session, performance_id)
    chance = random.Random(performance_id)  # noqa: S311 - repeatable on purpose, keeps no secret
    chance.shuffle(runs)
    baskets = []
    for wanted in _BASKETS:
        found = next((run for run in runs if len(run) >= wanted), None)
        if found is not None:
            runs.remove(found)
            baskets.append([SeatKey(performance_id, seat_id) for seat_id in found[:wanted]])
    return baskets


def _free_runs(session: Session, performance_id: int) -> list[list[int]]:
    """Return the seats that are free, those side by side together."""
    free = session.execute(
        select(Seat.id, Seat.row_id, Seat.position)
        .join(INVENTORY, INVENTORY.c.seat_id == Seat.id)
        .where(
            INVENTORY.c.performance_id == performance_id,
            INVENTORY.c.state == SeatState.FREE,
            Seat.kind == SeatKind.SEAT,
            Seat.area_id.is_(None),
        )
        .order_by(Seat.row_id, Seat.position)
    ).all()
    # Seats side by side have the same difference between their place in the row and in this list.
    numbered = enumerate(free)
    return [
        [seat.id for _, seat in run]
        for _, run in groupby(numbered, key=lambda pair: (pair[1].row_id, pair[1].position - pair[0]))
    ]
