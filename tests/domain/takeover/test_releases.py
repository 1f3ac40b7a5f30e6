"""Until when seats are kept that were reserved elsewhere. The performance is on 2 May 2031, 19:30 in Vienna."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pos_app.domain.takeover.releases import Release, Releases
from tests.domain.takeover.test_matching import performance

HAMLET = replace(performance(1, "Hamlet", "2031-05-02T17:30+00:00"), doors_at=datetime(2031, 5, 2, 17, 0, tzinfo=UTC))
WEEK_BEFORE = datetime(2031, 4, 25, 10, 0, tzinfo=UTC)


def releases(now: datetime = WEEK_BEFORE) -> Releases:
    return Releases(HAMLET, now, 30)


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2031, 5, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2031-05-02 18:00", utc(2, 16)),
        ("2.5.2031, 18.00", utc(2, 16)),
        ("2031-05-02T18:00:00", utc(2, 16)),
        ("2031-05-02T18:00:00Z", utc(2, 18 - 1, 30)),
        ("2031-05-02T15:00+00:00", utc(2, 15)),
        ("18:15", utc(2, 16, 15)),
        ("2031-05-01", utc(1, 22)),
        ("", utc(2, 16, 30)),
    ],
)
def test_a_time_is_read_on_the_clock_of_the_venue(text: str, at: datetime) -> None:
    found = releases().find(text)
    assert isinstance(found, Release)
    assert found.at == at


def test_a_time_that_is_over_is_told_and_the_seats_are_kept_as_usual() -> None:
    found = releases().find("2031-04-24 18:00")
    assert isinstance(found, Release)
    assert found.at == utc(2, 16, 30)
    assert found.told == "Its time was over at 2031-04-24 18:00: it is kept until 2031-05-02 18:30."


def test_a_time_after_the_beginning_is_told_and_the_seats_are_kept_until_then() -> None:
    found = releases().find("2031-05-03")
    assert isinstance(found, Release)
    assert found.at == utc(2, 17, 30)
    assert found.told == "Its time is after the beginning: it is kept until 2031-05-02 19:30."


def test_shortly_before_the_doors_the_usual_time_is_the_beginning() -> None:
    late = releases(utc(2, 16, 45))
    assert late.find("") == Release(utc(2, 17, 30))
    assert not late.is_over
    assert releases(utc(2, 17, 30)).is_over


@pytest.mark.parametrize("text", ["soon", "05/02/2031", "2031-13-01", "2031-05-02 25:00", "25:00", "0000-01-01"])
def test_what_is_no_time_is_said(text: str) -> None:
    assert releases().find(text) == f"“{text}” is no time. Write it like 2031-05-02 18:30."
