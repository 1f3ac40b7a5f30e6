"""Dates on which a performance is to be given again, and what stands against each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pos_app.domain.local_times import VenueMoment, moment_at, wall_time
from pos_app.domain.season.evenings import comes_and_goes, end_of, moved_end

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pos_app.domain.season.performances import ListedPerformance

AN_EVENING: Final = timedelta(hours=3)
"""Performances in one venue that begin so near to each other are probably a mistake."""


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A performance that would be made. moment: when it would begin, at the pattern's time of the venue's clock.

    there: this event is given on this plan at that time already. past: it would have begun by now. beside: another
    performance of that evening in the same venue, or one in the same seats that lasts into it, be it one of an earlier
    of these dates. ends_at: UTC.
    """

    day: date
    moment: VenueMoment
    there: bool
    past: bool
    beside: ListedPerformance | None
    ends_at: datetime | None = None


def days_between(first: date, last: date, weekdays: Collection[int]) -> tuple[date, ...]:
    """Return each of these weekdays (Monday is 0) from first to last, both included."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() in weekdays)


def plan_dates(
    pattern: ListedPerformance, days: Collection[date], season: Iterable[ListedPerformance], now: datetime
) -> tuple[PlannedDate, ...]:
    """Return what would be made of a pattern on these days, by time.

    season: all performances there are. now: the server's time. Raises InvalidInput for a day that is too far away.
    """
    at = wall_time(pattern.starts_at, pattern.time_zone).wall.time().replace(second=0, microsecond=0)
    standing = [one for one in season if not one.archived and one.venue == pattern.venue]
    found = []
    # Each lasts as long as the others: whoever meets an earlier one meets the last one before.
    before: tuple[ListedPerformance, ...] = ()
    for day in sorted(set(days)):
        moment = moment_at(datetime.combine(day, at), pattern.time_zone)
        ends_at = moved_end(pattern, moment.utc)
        near = [one for one in standing if lies_near(one, moment.utc)]
        there = any(_is_same(one, pattern, moment.utc) for one in near)
        others = (one for one in near if not one.cancelled and not _is_same(one, pattern, moment.utc))
        lasting = (
            one for one in (*standing, *before) if not one.cancelled and _meets(one, pattern, moment.utc, ends_at)
        )
        beside = next(others, None) or next((one for one in lasting if one not in near), None)
        found.append(PlannedDate(day, moment, there, moment.utc <= now, beside, ends_at))
        if not there:
            before = (replace(pattern, starts_at=moment.utc, ends_at=ends_at, cancelled=False),)
    return tuple(found)


def lies_near(one: ListedPerformance, starts_at: datetime) -> bool:
    """Tell whether a performance begins in the same evening."""
    return abs(one.starts_at - starts_at) < AN_EVENING


def _meets(one: ListedPerformance, pattern: ListedPerformance, starts_at: datetime, ends_at: datetime | None) -> bool:
    """Tell whether a performance is in the same seats at the same time, where either of them lasts long."""
    if one.plan_id != pattern.plan_id:
        return False
    if not (comes_and_goes(one.starts_at, one.ends_at) or comes_and_goes(starts_at, ends_at)):
        return False
    return one.starts_at < end_of(starts_at, ends_at) and starts_at < end_of(one.starts_at, one.ends_at)


def _is_same(one: ListedPerformance, pattern: ListedPerformance, starts_at: datetime) -> bool:
    same_minute = one.starts_at.replace(second=0, microsecond=0) == starts_at
    return one.event_id == pattern.event_id and one.plan_id == pattern.plan_id and same_minute
