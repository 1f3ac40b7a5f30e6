from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.season.evenings import (
    ASSUMED_LENGTH,
    Evening,
    comes_and_goes,
    end_of,
    evening_ends,
    last_day,
    lasts_days,
    moved_end,
)

PARIS = "Europe/Paris"
ZONES = (
    PARIS,
    "America/New_York",
    "Asia/Baku",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # half an hour at its changes
    "Pacific/Apia",  # a day left out
    "America/Sao_Paulo",  # changes at midnight
    "Africa/Casablanca",
)
MOMENTS = st.datetimes(datetime(2005, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - of UTC
LENGTHS = st.timedeltas(timedelta(minutes=1), timedelta(days=366))


def at(day: int, hour: int, minute: int = 0, month: int = 5) -> datetime:
    return datetime(2031, month, day, hour, minute, tzinfo=ZoneInfo(PARIS)).astimezone(UTC)


def is_todays(starts: datetime, now: datetime) -> bool:
    return starts < evening_ends(now, PARIS)


def test_half_past_midnight_belongs_to_tonight_before_midnight_and_after_it() -> None:
    show = at(2, 0, 30)
    assert is_todays(show, at(1, 21))
    assert is_todays(show, at(2, 0, 10))
    assert not is_todays(show, at(30, 21, month=4))
    assert is_todays(at(2, 4, 59), at(1, 21))
    assert not is_todays(at(2, 5), at(1, 21))


def test_what_began_before_midnight_is_todays_after_it() -> None:
    assert is_todays(at(1, 22, 30), at(2, 0, 10))
    assert is_todays(at(1, 10), at(5, 12))


@given(MOMENTS, MOMENTS, st.sampled_from(ZONES))
def test_all_of_the_venues_day_is_todays_and_no_more_than_the_night_after_it(
    now: datetime, starts: datetime, zone: str
) -> None:
    place = ZoneInfo(zone)
    today, day = now.astimezone(place).date(), starts.astimezone(place).date()
    tonight, week = (evening_ends(now, zone, days=days) for days in (1, 7))
    assert now < tonight < week
    if day <= today:
        assert starts < tonight
    if starts < tonight:
        assert day <= today + timedelta(days=1)
    # Pacific/Apia had no 30 December 2011, so a morning of it is that of the day after.
    if day > today and starts < tonight:
        assert starts.astimezone(place).time() < time(5)
    if day < today + timedelta(days=7):
        assert starts < week


def test_a_performance_without_an_end_is_taken_to_last_an_evening() -> None:
    assert end_of(at(1, 19), None) == at(1, 19) + ASSUMED_LENGTH
    assert end_of(at(1, 19), at(1, 20)) == at(1, 20)


def test_nobody_is_late_for_what_lasts_longer_than_an_evening() -> None:
    assert comes_and_goes(at(2, 10), at(5, 18))
    assert comes_and_goes(at(2, 10), at(2, 18))
    assert not comes_and_goes(at(2, 19, 30), at(2, 22))
    assert not comes_and_goes(at(2, 19, 30), None)


@pytest.mark.parametrize(
    ("starts", "ends", "last"),
    [
        (at(2, 10), at(5, 18), 5),
        (at(2, 18), at(3, 16), 3),
        (at(2, 18), at(4, 2), 3),
        (at(2, 10), at(6, 0), 5),
        (at(2, 19, 30), at(2, 22), 2),
        (at(2, 22), at(3, 6), 2),
        (at(2, 20), at(3, 12), 2),
        (at(2, 20), at(3, 12, 1), 3),
        (at(2, 0, 30), at(2, 4), 2),
        (at(2, 10), at(3, 11), 3),
        (at(2, 19, 30), None, 2),
    ],
)
def test_a_night_is_no_second_day(starts: datetime, ends: datetime | None, last: int) -> None:
    assert last_day(starts, ends, PARIS) == date(2031, 5, last)
    assert lasts_days(starts, ends, PARIS) is (last > 2)


def test_the_days_are_those_of_the_venues_clock() -> None:
    starts, ends = datetime(2031, 5, 2, 17, tzinfo=UTC), datetime(2031, 5, 3, 1, tzinfo=UTC)
    assert not lasts_days(starts, ends, "America/New_York")
    assert last_day(starts, ends, "Asia/Tokyo") == date(2031, 5, 3)


def test_an_evening_keeps_its_length_and_days_keep_the_time_of_the_clock() -> None:
    show = Evening(at(22, 19, 30, month=3), at(22, 22, 30, month=3), PARIS)
    assert moved_end(show, at(30, 0, 30, month=3)) == at(30, 4, 30, month=3)
    fair = Evening(at(15, 10, month=3), at(18, 18, month=3), PARIS)
    assert moved_end(fair, at(29, 10, month=3)) == at(1, 18, month=4)
    assert moved_end(Evening(show.starts_at, None, PARIS), at(1, 10)) is None


@given(MOMENTS, LENGTHS, MOMENTS, st.sampled_from(ZONES))
def test_a_moved_end_comes_after_the_moved_beginning(
    starts: datetime, length: timedelta, new: datetime, zone: str
) -> None:
    one = Evening(starts, starts + length, zone)
    assert moved_end(one, starts) is not None
    moved = moved_end(one, new)
    assert moved is not None
    assert moved > new
    # A clock that is changed in one of the two gives or takes an hour, in both of them two; Samoa a day.
    assert abs((moved - new) - length) <= timedelta(days=1 if zone == "Pacific/Apia" else 0, hours=2)
