from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pos_app.demo.season import SEASON, first_day, starts_at

DUBLIN = ZoneInfo("Europe/Dublin")


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2026, 11, 21, 18, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 18, 1, tzinfo=UTC), date(2026, 11, 22)),
        # In summer the clock of the house is an hour ahead.
        (datetime(2026, 7, 1, 17, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 17, 1, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_the_season_begins_this_evening_if_there_is_still_time(now: datetime, first: date) -> None:
    assert first_day(now, DUBLIN) == first


@pytest.mark.parametrize("first", [date(2026, 10, 23), date(2027, 3, 26), date(2026, 12, 30)])
def test_the_clock_on_the_wall_is_right_on_both_sides_of_a_clock_change(first: date) -> None:
    for evening in SEASON:
        shown = starts_at(evening, first, DUBLIN).astimezone(DUBLIN)
        assert shown.time() == evening.at
        assert (shown.date() - first).days == evening.days


def test_a_clock_change_moves_the_time_in_utc() -> None:
    matinee = next(evening for evening in SEASON if evening.days == 1)
    evening = SEASON[0]
    saturday = date(2026, 10, 24)
    assert starts_at(evening, saturday, DUBLIN) == datetime(2026, 10, 24, 18, 30, tzinfo=UTC)
    assert starts_at(matinee, saturday, DUBLIN) == datetime(2026, 10, 25, 14, 0, tzinfo=UTC)


def test_every_performance_comes_after_the_one_before() -> None:
    moments = [starts_at(evening, date(2026, 11, 21), DUBLIN) for evening in SEASON]
    assert moments == sorted(moments)
