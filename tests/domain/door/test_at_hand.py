from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pos_app.domain.door.at_hand import nearest_performance
from pos_app.domain.door.check_in import DoorPerformance

NOW = datetime(2031, 5, 2, 17, tzinfo=UTC)
HOUR = 3600.0


def opens_in(hours: float, *, number: int = 1) -> DoorPerformance:
    doors = NOW + timedelta(hours=hours)
    begins = doors + timedelta(minutes=30)
    return DoorPerformance(number, "Faust", "Old House", "Europe/Vienna", begins, hours * HOUR, cancelled=False)


def ending(one: DoorPerformance, hours: float) -> DoorPerformance:
    return replace(one, ends_at=NOW + timedelta(hours=hours), until_end=hours * HOUR)


def test_the_nearest_doors_count_before_and_after_and_a_cancelled_one_only_when_alone() -> None:
    open_already, soon = opens_in(-2), opens_in(1, number=2)
    cancelled = replace(opens_in(0, number=3), cancelled=True)
    assert nearest_performance((open_already, opens_in(20), cancelled)) == open_already
    assert nearest_performance((open_already, soon, cancelled)) == soon
    assert nearest_performance((cancelled,)) == cancelled
    assert nearest_performance(()) is None


def test_what_lasts_for_days_is_chosen_unless_an_evening_is_nearer() -> None:
    fair = ending(opens_in(-72), 72)
    assert nearest_performance((fair, opens_in(1))) == opens_in(1)
    assert nearest_performance((fair, opens_in(3))) == fair
    assert nearest_performance((fair, opens_in(-1))) == opens_in(-1)
    just_open = ending(opens_in(-0.5), 72)
    assert nearest_performance((just_open, opens_in(1))) == just_open
    to_come = ending(opens_in(90), 200)
    assert nearest_performance((to_come, opens_in(20))) == opens_in(20)


def test_what_is_over_is_chosen_only_where_there_is_nothing_else() -> None:
    over, tomorrow = ending(opens_in(-3), -0.2), opens_in(24, number=2)
    assert nearest_performance((over, tomorrow)) == tomorrow
    assert nearest_performance((over,)) == over
    assert nearest_performance((over, replace(tomorrow, cancelled=True))) == over
