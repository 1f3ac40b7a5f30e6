from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from pos_app.domain.local_times import WallTimeKind
from pos_app.domain.season.dates import days_between, plan_dates
from pos_app.domain.season.performances import ListedPerformance

NOW = datetime(2027, 3, 1, tzinfo=UTC)
PATTERN = ListedPerformance(
    performance_id=1,
    event_id=1,
    plan_id=1,
    title="Hamlet",
    venue="Old House",
    plan="Stalls",
    time_zone="Europe/Vienna",
    currency="EUR",
    starts_at=datetime(2027, 3, 20, 18, 30, tzinfo=UTC),
    doors_at=None,
    on_sale_at=None,
    off_sale_at=None,
    hold_minutes=15,
    ticket_fee_minor=0,
    order_fee_minor=0,
    cancelled=False,
    cancel_reason="",
    prices=0,
    archived=False,
)


def test_every_tuesday_and_saturday_of_a_month() -> None:
    days = days_between(date(2027, 3, 1), date(2027, 3, 31), {1, 5})
    assert [day.day for day in days] == [2, 6, 9, 13, 16, 20, 23, 27, 30]
    assert days_between(date(2027, 3, 2), date(2027, 3, 1), {1}) == ()


def test_the_time_of_the_clock_stays_across_its_change() -> None:
    before, after = plan_dates(PATTERN, [date(2027, 4, 3), date(2027, 3, 27)], [], NOW)
    assert (before.moment.utc.hour, after.moment.utc.hour) == (18, 17)
    assert before.moment.wall.time() == after.moment.wall.time()
    night = replace(PATTERN, starts_at=datetime(2027, 3, 20, 1, 30, tzinfo=UTC))
    (missing,) = plan_dates(night, [date(2027, 3, 28)], [], NOW)
    assert (missing.moment.kind, missing.moment.wall.hour) == (WallTimeKind.MISSING, 3)


def test_what_is_there_already_and_what_is_beside_it_is_marked() -> None:
    other = replace(PATTERN, performance_id=2, event_id=2, starts_at=PATTERN.starts_at + timedelta(days=1, hours=2))
    season = [
        PATTERN,
        other,
        replace(other, performance_id=3, starts_at=PATTERN.starts_at + timedelta(days=2), cancelled=True),
        replace(other, performance_id=4, starts_at=PATTERN.starts_at + timedelta(days=3), archived=True),
        replace(other, performance_id=5, starts_at=PATTERN.starts_at + timedelta(days=4), venue="New House"),
        replace(other, performance_id=6, starts_at=PATTERN.starts_at + timedelta(days=5, hours=3)),
    ]
    planned = plan_dates(PATTERN, [date(2027, 3, 20) + timedelta(days=number) for number in range(6)], season, NOW)
    assert [one.there for one in planned] == [True, False, False, False, False, False]
    assert [one.beside for one in planned] == [None, other, None, None, None, None]


def test_a_pattern_with_seconds_is_the_same_minute() -> None:
    odd = replace(PATTERN, starts_at=PATTERN.starts_at.replace(second=17))
    (planned,) = plan_dates(odd, [date(2027, 3, 20)], [odd], NOW)
    assert planned.there
    assert planned.beside is None


def test_what_would_have_begun_by_now_is_marked() -> None:
    now = PATTERN.starts_at - timedelta(days=1)
    days = [date(2027, 3, 18), date(2027, 3, 19), date(2027, 3, 20)]
    assert [one.past for one in plan_dates(PATTERN, days, [], now)] == [True, True, False]


def test_days_whose_performances_would_meet_each_other_are_marked() -> None:
    fair = replace(PATTERN, ends_at=PATTERN.starts_at + timedelta(days=2, hours=8))
    first = fair.starts_at.date() + timedelta(days=30)
    days = [first, first + timedelta(days=1), first + timedelta(days=7)]
    marked = plan_dates(fair, days, [fair], fair.starts_at - timedelta(days=30))
    assert [one.beside is not None for one in marked] == [False, True, False]
    other = marked[1].beside
    assert other is not None
    assert (other.starts_at, other.ends_at) == (marked[0].moment.utc, marked[0].ends_at)
    assert all(one.beside is None for one in plan_dates(PATTERN, days, [PATTERN], fair.starts_at - timedelta(days=30)))
