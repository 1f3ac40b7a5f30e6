"""When a letter is tried again, and when trying ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pos_app.domain.letters.sending import GIVE_UP_AFTER, gives_up_at, next_wait

NOW = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)


def test_pauses_grow_to_an_hour_and_stay_so() -> None:
    assert [next_wait(tries) // timedelta(minutes=1) for tries in range(8)] == [1, 1, 5, 15, 30, 60, 60, 60]


def test_trying_ends_when_what_it_tells_of_begins_or_after_two_days() -> None:
    assert gives_up_at(NOW, None) == NOW + GIVE_UP_AFTER
    assert gives_up_at(NOW, NOW + timedelta(days=90)) == NOW + GIVE_UP_AFTER
    assert gives_up_at(NOW, NOW + timedelta(hours=1)) == NOW + timedelta(hours=1)
    assert gives_up_at(NOW, NOW - timedelta(hours=1)) == NOW, "it was tried too late for the first time"
