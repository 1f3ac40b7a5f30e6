"""What the house allows for a reservation, and whether one keeps to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from pos_app.db.clock import utc_now
from pos_app.db.models import Event, Performance, SeatingPlan, Venue
from pos_app.domain.editing import FieldProblems
from pos_app.domain.errors import InvalidInput, NotFound
from pos_app.domain.orders.reservations import (
    ReservationTerms,
    ReservedEvening,
    judge_number,
    judge_release,
    latest_release,
    usual_release,
    why_too_late,
)
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.house.settings import load_house_settings
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.house.settings import HouseSettings
    from pos_app.domain.orders.reservations import ReserveRequest
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence


class Evenings(NamedTuple):
    """The performances of a reservation. now: the server's time."""

    evenings: tuple[ReservedEvening, ...]
    now: datetime
    time_zone: str

    @property
    def latest(self) -> datetime:
        """Until when its seats can be kept at the most."""
        return latest_release(self.evenings)

    def why_too_late(self, house: HouseSettings) -> Sentence | None:
        """Return why nothing of them is reserved any more, None: it is."""
        return why_too_late(self.evenings, now=self.now, ends_minutes=house.reservation_ends, time_zone=self.time_zone)


def load_terms(session: Session, actor: Actor, performance_ids: Collection[int]) -> ReservationTerms:
    """Return what the house allows for a basket of these performances. Raises NotPermitted, NotFound, InvalidInput."""
    require(session, actor, Permission.RESERVE)
    if not performance_ids:
        raise InvalidInput(say("The basket is empty."), advice=say("Choose a seat on the map."))
    found, house = load_evenings(session, performance_ids), load_house_settings(session)
    usual = usual_release(found.evenings, house.release_before_doors, found.now)
    too_late = found.why_too_late(house)
    begins = min(one.starts_at for one in found.evenings)
    return ReservationTerms(usual, found.latest, house.reservation_seats, found.time_zone, found.now, too_late, begins)


def load_evenings(session: Session, performance_ids: Collection[int]) -> Evenings:
    """Return when performances are, with the zone of the first one. Raises NotFound where one is gone."""
    rows = session.execute(
        select(
            Performance.starts_at,
            Performance.ends_at,
            Performance.doors_at,
            Event.title,
            Venue.time_zone,
            utc_now().label("now"),
        )
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(Performance.id.in_(sorted(set(performance_ids))))
        .order_by(Performance.starts_at, Performance.id)
    ).all()
    if len(rows) != len(set(performance_ids)):
        raise NotFound(say("A performance of this basket is not there any more."), advice=say("Release the seats."))
    evenings = tuple(ReservedEvening(row.starts_at, row.ends_at, row.doors_at, row.title) for row in rows)
    return Evenings(evenings, rows[0].now, rows[0].time_zone)


def release_of(request: ReserveRequest, name: str, found: Evenings, house: HouseSettings) -> datetime:
    """Return until when a request keeps its seats. Raises FieldRefused: all that the house does not allow at once."""
    problems = FieldProblems()
    if not name:
        problems.add("customer_name", say("A reservation needs a name, under which it is picked up."))
    release_at = request.release_at
    if release_at is None:
        release_at = usual_release(found.evenings, house.release_before_doors, found.now)
    judge_release(problems, release_at, now=found.now, latest=found.latest)
    judge_number(problems, seats=len(request.lines), most_seats=house.reservation_seats)
    if (too_late := found.why_too_late(house)) is not None:
        problems.add("seats", too_late)
    problems.require_none()
    return release_at
