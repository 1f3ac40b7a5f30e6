"""Dates on which a performance is to be given again, and what stands against each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pos_app.domain.local_times import VenueMoment, moment_at, wall_time

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pos_app.domain.season.performances import ListedPerformance

AN_EVENING: Final = timedelta(hours=3)
"""Performances in one venue that begin so near to each other are probably a mistake."""


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A performance that would be made. moment: when it would begin, at the pattern's time of the venue's clock.

    there: this event is given on this plan at that time already. past: it would have begun by now. beside: another
    performance of that evening in the same venue.
    """

    day: date
    moment: VenueMoment
    there: bool
    past: bool
    beside: ListedPerformance | None


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
    for day in sorted(set(days)):
        moment = moment_at(datetime.combine(day, at), pattern.time_zone)
        near = [one for one in standing if abs(one.starts_at - moment.utc) < AN_EVENING]
        there = any(_is_same(one, pattern, moment.utc) for one in near)
        others = (one for one in near if not one.cancelled and not _is_same(one, pattern, moment.utc))
        found.append(PlannedDate(day, moment, there, moment.utc <= now, next(others, None)))
    return tuple(found)


def _is_same(one: ListedPerformance, pattern: ListedPerformance, starts_at: datetime) -> bool:
    same_minute = one.starts_at.replace(second=0, microsecond=0) == starts_at
    return one.event_id == pattern.event_id and one.plan_id == pattern.plan_id and same_minute
