from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pos_app.domain.editing import FieldProblems, FieldRefused
from pos_app.domain.orders.reservations import (
    ReservedEvening,
    judge_number,
    judge_release,
    latest_release,
    usual_release,
    why_too_late,
)

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
EVENING = ReservedEvening(NOW + 7 * HOUR, None, NOW + 6 * HOUR, "Hamlet")
LATER = ReservedEvening(NOW + 30 * HOUR, NOW + 32 * HOUR, None)
FAIR = ReservedEvening(NOW - HOUR, NOW + 20 * HOUR, NOW - 2 * HOUR)


def refused(release_at: datetime, *, seats: int = 1, now: datetime = NOW, ends_minutes: int = 60) -> set[str]:
    problems = FieldProblems()
    latest = latest_release([EVENING, LATER])
    judge_release(problems, release_at, now=now, latest=latest)
    judge_number(problems, seats=seats, most_seats=4)
    too_late = why_too_late([LATER, EVENING], now=now, ends_minutes=ends_minutes, time_zone="UTC")
    if too_late is not None:
        assert "“Hamlet”" in too_late, "the one that begins first"
        problems.add("seats", too_late)
    try:
        problems.require_none()
    except FieldRefused as error:
        return set(error.fields)
    return set()


def test_seats_are_given_back_before_the_doors_of_the_first_evening_unless_told() -> None:
    assert usual_release([LATER, EVENING], 30, NOW) == EVENING.doors_at - timedelta(minutes=30)  # type: ignore[operator]
    assert usual_release([LATER], 30, NOW) == LATER.starts_at - timedelta(minutes=30)
    assert usual_release([EVENING], 30, NOW + 6 * HOUR) == EVENING.starts_at, "the usual time has passed already"


def test_of_what_people_come_to_all_the_time_the_end_counts_once_it_is_under_way() -> None:
    assert latest_release([FAIR]) == FAIR.ends_at
    assert FAIR.ends_at is not None
    assert FAIR.doors_at is not None
    assert usual_release([FAIR], 30, FAIR.starts_at - 3 * HOUR) == FAIR.doors_at - timedelta(minutes=30)
    assert usual_release([FAIR], 30, FAIR.starts_at - timedelta(minutes=10)) == FAIR.starts_at
    assert usual_release([FAIR], 30, FAIR.starts_at) == FAIR.ends_at - timedelta(minutes=30)
    assert usual_release([FAIR], 30, FAIR.ends_at - timedelta(minutes=10)) == FAIR.ends_at


def test_a_time_that_has_passed_or_is_beyond_the_start_is_refused_beside_its_field() -> None:
    assert refused(EVENING.starts_at) == set()
    assert refused(EVENING.starts_at + timedelta(seconds=1)) == {"release_at"}
    assert refused(NOW) == {"release_at"}


def test_neither_too_many_are_reserved_nor_at_the_last_minute() -> None:
    assert refused(NOW + HOUR, seats=4) == set()
    assert refused(NOW + HOUR, seats=5) == {"seats"}
    at = EVENING.starts_at - HOUR
    assert refused(EVENING.starts_at, now=at - timedelta(seconds=1)) == set()
    assert refused(EVENING.starts_at, now=at) == {"seats"}
    assert refused(EVENING.starts_at, now=at, ends_minutes=0) == set()
