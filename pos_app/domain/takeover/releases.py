"""Until when a seat that was reserved elsewhere is kept here: as its line says, or as the house usually does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import InvalidInput
from pos_app.domain.local_times import moment_at, wall_time
from pos_app.domain.orders.reservations import ReservedEvening, latest_release, usual_release
from pos_app.domain.sentences import Moment, say
from pos_app.domain.takeover.matching import read_when

if TYPE_CHECKING:
    from pos_app.domain.season.performances import ListedPerformance
    from pos_app.domain.sentences import Sentence

_CLOCK: Final = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})")


@dataclass(frozen=True, slots=True)
class Release:
    """When a reservation gives its seats back (UTC). told: where that is not what its line says."""

    at: datetime
    told: Sentence | None = None


class Releases:
    """The times of release of one performance. now: by the server's clock; before_minutes: as the house has decided."""

    def __init__(self, performance: ListedPerformance, now: datetime, before_minutes: int) -> None:
        self._performance = performance
        self._now = now
        self._zone = performance.time_zone
        evening = ReservedEvening(performance.starts_at, performance.ends_at, performance.doors_at)
        self._latest = latest_release([evening])
        self._usual = usual_release([evening], before_minutes, now)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing is kept any more, because it has begun; what people come to all the time has to end."""
        return self._latest <= self._now

    def find(self, text: str) -> Release | Sentence:
        """Return until when a seat is kept whose line says this, or why that is no time."""
        if not text:
            return Release(self._usual)
        asked = self._read(text)
        if asked is None:
            return say("“{text}” is no time. Write it like 2031-05-02 18:30.", text=text)
        latest = self._latest
        if asked <= self._now:
            told = say(
                "Its time was over at {over}: it is kept until {until}.",
                over=Moment(asked, self._zone),
                until=Moment(self._usual, self._zone),
            )
            return Release(self._usual, told)
        if asked > latest:
            until = Moment(latest, self._zone)
            if latest > self._performance.starts_at:
                return Release(latest, say("Its time is after the end: it is kept until {until}.", until=until))
            told = say("Its time is after the beginning: it is kept until {until}.", until=until)
            return Release(latest, told)
        return Release(asked)

    def _read(self, text: str) -> datetime | None:
        """Read a time: with its distance from UTC, or on the venue's clock; a day alone is meant to its end.

        Of a time that comes twice the later one is meant: no seat is given back before it was promised.
        """
        try:
            aware = datetime.fromisoformat(text)
            if aware.tzinfo is not None:
                return aware.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        try:
            if clock := _CLOCK.fullmatch(text):
                evening = wall_time(self._performance.starts_at, self._zone).wall
                return self._moment(datetime.combine(evening, time(int(clock["hour"]), int(clock["minute"]))))
            found = read_when(text)
            if found is None:
                return None
            day, at = found
            wall = datetime.combine(day, at) if at is not None else datetime.combine(day, time()) + timedelta(days=1)
            return self._moment(wall)
        except (ValueError, OverflowError, InvalidInput):
            return None

    def _moment(self, wall: datetime) -> datetime:
        return moment_at(wall, self._zone, second_of_two=True).utc
