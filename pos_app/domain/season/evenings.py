"""How long a performance lasts, with an end or without one, and which performances are today's."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from pos_app.domain.local_times import moment_at, wall_time

if TYPE_CHECKING:
    from datetime import date

ASSUMED_LENGTH: Final = timedelta(hours=6)
"""So long a performance without an end is taken to last, at tills and at gates."""
GUESTS_AFTER_END: Final = timedelta(hours=6)
"""So long after the end a gate can still be set to a performance: guests leave, and come back for a coat."""
LONGEST_RUN: Final = timedelta(days=366)
"""No performance lasts longer."""
MORNING: Final = time(5)
"""The evening before lasts until this time of the venue's clock."""

_NOON: Final = time(12)
_A_DAY: Final = timedelta(days=1)


class Dated(Protocol):
    """What is known of when a performance is; times in UTC. ends_at: None where it has no end."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def ends_at(self) -> datetime | None:
        """When it ends."""

    @property
    def time_zone(self) -> str:
        """The IANA zone of its venue."""


class Evening(NamedTuple):
    """When something is, and no more: see Dated."""

    starts_at: datetime
    ends_at: datetime | None
    time_zone: str


def end_of(starts_at: datetime, ends_at: datetime | None) -> datetime:
    """Return when a performance is over: at its end, else after the time that one is taken to last."""
    return ends_at if ends_at is not None else starts_at + ASSUMED_LENGTH


def comes_and_goes(starts_at: datetime, ends_at: datetime | None) -> bool:
    """Tell whether people come all the time while it lasts, so that nobody is late: a fair, a festival, an exhibition.

    That is so of what has an end, and lasts longer than any evening is taken to last.
    """
    return ends_at is not None and ends_at - starts_at > ASSUMED_LENGTH


def last_day(starts_at: datetime, ends_at: datetime | None, time_zone: str) -> date:
    """Return the last day of a performance on the venue's clock, that of its beginning where it does not last for days.

    What ends by five in the morning belongs to the evening before, and a night is no second day: it ends by noon,
    within 24 hours. Raises InvalidInput for an unknown zone.
    """
    first = wall_time(starts_at, time_zone).wall.date()
    if ends_at is None:
        return first
    end = wall_time(ends_at, time_zone).wall
    last = end.date() - (_A_DAY if end.time() <= MORNING else timedelta())
    is_night = end.date() == first + _A_DAY and end.time() <= _NOON and ends_at - starts_at < _A_DAY
    return first if is_night else max(first, last)


def lasts_days(starts_at: datetime, ends_at: datetime | None, time_zone: str) -> bool:
    """Tell whether a performance lasts for several days of the venue's clock, so that a day and a time are not enough.

    Raises InvalidInput for an unknown zone.
    """
    return last_day(starts_at, ends_at, time_zone) > wall_time(starts_at, time_zone).wall.date()


def evening_ends(now: datetime, time_zone: str, *, days: int = 1) -> datetime:
    """Return when the evening of today is over on a venue's clock: at five in the morning of the next day, in UTC.

    What is under way, and what begins before, is today's: half past midnight belongs to the evening before as well.
    After midnight the new day is today's already, with all that begins on it.
    days: 7 for the evenings of a week, today's counted. Raises InvalidInput for an unknown zone.
    """
    day = wall_time(now, time_zone).wall.date() + timedelta(days=days)
    return moment_at(datetime.combine(day, MORNING), time_zone).utc


def moved_end(one: Dated, starts_at: datetime) -> datetime | None:
    """Return when a performance ends that is moved to another beginning, or given again at one; None: at no set time.

    An evening keeps its length; what lasts a day or more keeps its days and the time of the clock at which it ends,
    also where the clock is changed in between. Raises InvalidInput for an unknown zone, or a year that is too far away.
    """
    if one.ends_at is None:
        return None
    first, end = (wall_time(at, one.time_zone).wall for at in (one.starts_at, one.ends_at))
    if end - first < _A_DAY:
        return starts_at + (one.ends_at - one.starts_at)
    return moment_at(wall_time(starts_at, one.time_zone).wall + (end - first), one.time_zone).utc
