from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.times import (
    shown_ago,
    shown_countdown,
    shown_day,
    shown_day_number,
    shown_full_day,
    shown_moment,
    shown_month,
    shown_time,
    shown_weekday_time,
    shown_whole_moment,
    weekdays,
)
from pos_app.ui.words.ui_locale import choose_locale

NEW_YEAR = datetime(2026, 12, 31, 23, 30, 5, tzinfo=UTC)


@pytest.fixture
def _german() -> None:
    choose_locale("de_DE")


def test_times_are_those_of_the_venue_whatever_the_till_s_clock_says() -> None:
    assert shown_time(NEW_YEAR, "Europe/Berlin") == "00:30"
    assert shown_time(NEW_YEAR.replace(tzinfo=None), "Europe/London", seconds=True) == "23:30:05"
    assert shown_day(NEW_YEAR, "Europe/Berlin") == "Fri 1 Jan"
    assert shown_full_day(NEW_YEAR, "Europe/London") == "Thursday, 31 December 2026"
    assert (shown_day_number(NEW_YEAR, "Europe/Berlin"), shown_month(NEW_YEAR, "Europe/Berlin")) == ("1", "Jan")
    assert shown_moment(NEW_YEAR, "Asia/Baku") == "Fri 1 Jan, 03:30"
    assert shown_whole_moment(NEW_YEAR, "Europe/Berlin") == "Fri, 1 Jan 2027, 00:30"


def test_the_two_moments_of_a_doubled_hour_are_told_apart() -> None:
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert shown_time(first, "Europe/Berlin") == "02:30 (UTC+02:00)"
    assert shown_time(first + timedelta(hours=1), "Europe/Berlin") == "02:30 (UTC+01:00)"
    assert shown_weekday_time(first + timedelta(hours=1), "Europe/Berlin") == "Sun 02:30 (UTC+01:00)"
    assert shown_time(first + timedelta(hours=2), "Europe/Berlin") == "03:30"
    assert shown_time(datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "Europe/Berlin") == "03:30"


@pytest.mark.usefixtures("_german")
def test_the_locale_of_the_windows_decides_how_they_are_written() -> None:
    assert shown_amount(1_234_50, "EUR") == "1.234,50\N{NO-BREAK SPACE}€"
    assert shown_day(NEW_YEAR, "Europe/Berlin") == "Fr., 1. Jan."
    assert (weekdays()[0], weekdays(full=True)[6]) == ("Mo.", "Sonntag")


@pytest.mark.parametrize(("seconds", "words"), [(432.9, "7:12"), (59.99, "0:59"), (0.0, "0:00"), (-5.0, "0:00")])
def test_a_countdown_never_shows_less_than_nothing(seconds: float, words: str) -> None:
    assert shown_countdown(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "1 second ago"),
        (-3.0, "1 second ago"),
        (59.4, "59 seconds ago"),
        (60, "1 minute ago"),
        (3_540, "59 minutes ago"),
        (7_300, "2 hours ago"),
        (90_000, "1 day ago"),
    ],
)
def test_how_long_ago_is_told_in_its_largest_unit(seconds: float, said: str) -> None:
    assert shown_ago(seconds) == said


@pytest.mark.usefixtures("_german")
def test_how_long_ago_is_told_as_the_language_does() -> None:
    assert shown_ago(125) == "vor 2 Minuten"
