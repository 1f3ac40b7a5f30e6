from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pos_app.domain.letters.sending import gives_up_at, next_wait

FIRST = datetime(2030, 5, 1, 12, tzinfo=UTC)


def test_waits_grow_to_an_hour_and_stay_there() -> None:
    minutes = [next_wait(tries).total_seconds() / 60 for tries in range(8)]
    assert minutes == [1, 1, 5, 15, 30, 60, 60, 60]


def test_it_is_given_up_after_two_days_or_when_the_last_performance_begins() -> None:
    assert gives_up_at(FIRST, None) == FIRST + timedelta(days=2)
    assert gives_up_at(FIRST, FIRST + timedelta(hours=3)) == FIRST + timedelta(hours=3)
    assert gives_up_at(FIRST, FIRST + timedelta(days=9)) == FIRST + timedelta(days=2)
    assert gives_up_at(FIRST, FIRST - timedelta(hours=1)) == FIRST, "one try, and no second one"
