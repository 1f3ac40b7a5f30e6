"""The season of the demo: what is played when, what it costs, and how well it has sold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Event, Performance, Price
from pos_app.db.results import insert_row
from pos_app.demo.arena import FLOOR, LOWER_RING, MIDDLE_RING, UPPER_RING
from pos_app.demo.house import PERCENT_OF_FULL_PRICE
from pos_app.demo.studio import BACK_SEATS, FRONT_SEATS, SEATED, STANDING
from pos_app.demo.theatre import CATEGORY_A, CATEGORY_B, CATEGORY_C, PREMIUM
from pos_app.domain.percents import WHOLE, percent_of
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.seats import ClaimKind
from pos_app.services.search_words import write_performances
from pos_app.services.season.kept_seats import keep_back
from pos_app.services.seats.inventory import fill_inventory
from pos_app.services.waiting.serving import serve_new_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from pos_app.demo.halls import StoredPlan
    from pos_app.domain.roles import Actor

MAIN_HOUSE: Final = "Main House"
STUDIO: Final = "Studio"
STANDING_STUDIO: Final = "Studio, standing"
ARENA: Final = "Arena"
ORDER_FEE_MINOR: Final = 100
_DOORS_BEFORE: Final = timedelta(minutes=45)
_LAST_CALL: Final = timedelta(minutes=90)
"""If less is left until the first performance of today, the season begins tomorrow: nothing could be reserved soon."""


@dataclass(frozen=True, slots=True)
class Evening:
    """A performance as it is planned: days after the first day, and the time on the wall of the house.

    full_minor: the adult price by category. left: the seats still free (None: no parties came for them).
    standing: the places sold in each area, by its name. groups: so many large groups have bought instead of parties.
    lasts: until it ends, by the clock of the house; None: it has no end.
    """

    title: str
    hall: str
    days: int
    at: time
    full_minor: Mapping[str, int]
    left: int | None
    cancelled: str = ""
    standing: Mapping[str, int] = field(default_factory=dict)
    groups: int = 0
    lasts: timedelta | None = None


def _main(premium: int, a: int, b: int, c: int) -> dict[str, int]:
    return {PREMIUM: premium * 100, CATEGORY_A: a * 100, CATEGORY_B: b * 100, CATEGORY_C: c * 100}


def _studio(front: int, back: int) -> dict[str, int]:
    return {FRONT_SEATS: front * 100, BACK_SEATS: back * 100}


def _arena(floor: int, lower: int, middle: int, upper: int) -> dict[str, int]:
    return {FLOOR: floor * 100, LOWER_RING: lower * 100, MIDDLE_RING: middle * 100, UPPER_RING: upper * 100}


SEASON: Final = (
    Evening("The Nutcracker", MAIN_HOUSE, 0, time(19, 30), _main(68, 52, 38, 24), 589),
    Evening("The Nutcracker", MAIN_HOUSE, 1, time(14, 0), _main(68, 52, 38, 24), 252),
    Evening("Late Night Comedy", STUDIO, 1, time(21, 0), _studio(26, 19), 11),
    Evening("City Philharmonic: Brahms", MAIN_HOUSE, 3, time(19, 30), _main(74, 58, 42, 25), 926),
    Evening("Open Rehearsal: Brahms", MAIN_HOUSE, 4, time(10, 30), _main(18, 15, 12, 9), 1295, "The soloist is ill."),
    Evening(
        "Club Night: Neon Harbour",
        STANDING_STUDIO,
        5,
        time(22, 0),
        {STANDING: 1800, SEATED: 2400},
        22,
        standing={STANDING: 73},
        lasts=timedelta(hours=7),
    ),
    Evening("A Winter\N{RIGHT SINGLE QUOTATION MARK}s Tale", MAIN_HOUSE, 6, time(19, 30), _main(56, 44, 32, 20), 1137),
    Evening("Łukasz Nowak Quartet", STUDIO, 7, time(20, 0), _studio(34, 27), 0),
    Evening("Family Matinee: Peter & the Wolf", MAIN_HOUSE, 8, time(11, 0), _main(36, 28, 22, 16), 758),
    Evening(
        "The Northern Lights: World Tour",
        ARENA,
        10,
        time(20, 0),
        _arena(65, 95, 75, 49),
        None,
        standing={FLOOR: 240},
        groups=12,
    ),
)

_HOUSE_SEATS: Final = {
    MAIN_HOUSE: ("stalls-centre-f-19", "stalls-centre-f-20", "stalls-centre-f-21", "stalls-centre-f-22"),
}
_BLOCKED: Final = {
    MAIN_HOUSE: ("stalls-centre-s-27", "stalls-centre-s-28", "stalls-centre-s-29", "box-d-1", "box-h-2"),
}
_FOR_THE_PRESS: Final = KeepDraft(ClaimKind.HOUSE, "Press, and whoever must be seated after all")
_NO_SIGHT: Final = KeepDraft(ClaimKind.BLOCKED, "Sound desk, and chairs behind a pillar")


def first_day(now: datetime, zone: ZoneInfo) -> date:
    """Return today by the clock of the house, or tomorrow when it is too late for this evening."""
    local = now.astimezone(zone)
    opening = datetime.combine(local.date(), SEASON[0].at, zone)
    return local.date() if local + _LAST_CALL <= opening else local.date() + timedelta(days=1)


def starts_at(evening: Evening, first: date, zone: ZoneInfo) -> datetime:
    """Return when a performance begins, in UTC; the clock of the house may change in between."""
    return datetime.combine(first + timedelta(days=evening.days), evening.at, zone).astimezone(UTC)


def ends_at(evening: Evening, first: date, zone: ZoneInfo) -> datetime | None:
    """Return when a performance ends, in UTC; None where it has no end."""
    if evening.lasts is None:
        return None
    return (datetime.combine(first + timedelta(days=evening.days), evening.at, zone) + evening.lasts).astimezone(UTC)


def add_performances(
    session: Session,
    now: datetime,
    halls: Mapping[str, StoredPlan],
    type_ids: Mapping[str, int],
    time_zone: str,
    manager: Actor,
) -> list[tuple[Evening, int]]:
    """Store the season with prices and inventory; returns each evening with its performance's id."""
    zone = ZoneInfo(time_zone)
    first = first_day(now, zone)
    events: dict[str, int] = {}
    stored = []
    for evening in SEASON:
        hall = halls[evening.hall]
        if evening.title not in events:
            events[evening.title] = insert_row(session, Event, title=evening.title)
        begins = starts_at(evening, first, zone)
        performance = insert_row(
            session,
            Performance,
            event_id=events[evening.title],
            plan_id=hall.plan_id,
            starts_at=begins,
            ends_at=ends_at(evening, first, zone),
            doors_at=begins - _DOORS_BEFORE,
            order_fee_minor=ORDER_FEE_MINOR,
        )
        _add_prices(session, performance, evening, hall, type_ids)
        fill_inventory(session, performance)
        serve_new_places(session, performance)
        _keep_back(session, manager, performance, seats_named(hall, _HOUSE_SEATS.get(evening.hall, ())), _FOR_THE_PRESS)
        _keep_back(session, manager, performance, seats_named(hall, _BLOCKED.get(evening.hall, ())), _NO_SIGHT)
        stored.append((evening, performance))
    write_performances(session, Performance.id.in_([performance for _evening, performance in stored]))
    return stored


def cancel_performance(session: Session, performance_id: int, reason: str) -> None:
    """Mark a performance as cancelled; what was sold for it is to be worked off."""
    session.execute(
        update(Performance)
        .where(Performance.id == performance_id)
        .values(state="cancelled", cancelled_at=utc_now(), cancel_reason=reason)
    )


def hold_seats_for(session: Session, performance_id: int, seconds: int) -> None:
    """Let each basket of a performance keep its seats for so long, be it shorter than a house may wish."""
    session.execute(update(Performance).where(Performance.id == performance_id).values(hold_seconds=seconds))


def seats_named(hall: StoredPlan, guids: Iterable[str]) -> list[int]:
    """Return the ids of seats by their guids. Raises KeyError for one that the plan has not."""
    wanted = list(guids)
    ids = {seat.guid: seat_id for seat_id, seat in hall.seats.items()} if wanted else {}
    return [ids[guid] for guid in wanted]


def _add_prices(
    session: Session, performance_id: int, evening: Evening, hall: StoredPlan, type_ids: Mapping[str, int]
) -> None:
    session.execute(
        insert(Price),
        [
            {
                "performance_id": performance_id,
                "category_id": hall.category_ids[category],
                "ticket_type_id": type_ids[name],
                "amount_minor": percent_of(full, percent * WHOLE),
            }
            for category, full in evening.full_minor.items()
            for name, percent in PERCENT_OF_FULL_PRICE.items()
        ],
    )


def _keep_back(session: Session, manager: Actor, performance_id: int, seat_ids: list[int], why: KeepDraft) -> None:
    if seat_ids:
        keep_back(session, manager, f"demo-{why.kind}-{performance_id}", performance_id, seat_ids, why)
