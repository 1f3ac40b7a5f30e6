"""What a reservation is judged by: when its seats are given back, how many it keeps, and when none is made any more.

Times in UTC.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from pos_app.domain.season.evenings import comes_and_goes
from pos_app.domain.sentences import Moment, say, say_count

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from pos_app.domain.editing import FieldProblems
    from pos_app.domain.sentences import Fact, Sentence

_HOUR_MINUTES: Final = 60
_DAY_MINUTES: Final = 24 * _HOUR_MINUTES


class ReservedEvening(NamedTuple):
    """When a performance is that seats are reserved of. Times in UTC. title: "" where nobody is told of it."""

    starts_at: datetime
    ends_at: datetime | None
    doors_at: datetime | None
    title: str = ""

    @property
    def last_at(self) -> datetime:
        """Until when its seats may be kept: its start; of what people come to all the time, its end."""
        return self.ends_at if self.ends_at is not None and self._comes_and_goes else self.starts_at

    @property
    def usual_from(self) -> datetime:
        """From when the house counts back to the usual time of release, also where guests come all night."""
        return self.doors_at or self.starts_at

    @property
    def _comes_and_goes(self) -> bool:
        return comes_and_goes(self.starts_at, self.ends_at)


def latest_release(evenings: Iterable[ReservedEvening]) -> datetime:
    """Return until when a reservation of these performances can be kept at the most."""
    return min(one.last_at for one in evenings)


def usual_release(evenings: Iterable[ReservedEvening], before_minutes: int, now: datetime) -> datetime:
    """Return when a reservation gives its seats back where nothing else was said.

    So long before the doors of the first performance; where that has passed already, at its start. Of what people come
    to all the time, and what is under way, so long before its end.
    """
    known = tuple(evenings)
    before = timedelta(minutes=before_minutes)
    latest = latest_release(known)
    ways = (min(one.usual_from for one in known) - before, min(one.starts_at for one in known), latest - before)
    return next((at for at in ways if now < at <= latest), latest)


def judge_release(problems: FieldProblems, release_at: datetime, *, now: datetime, latest: datetime) -> None:
    """Note beside "release_at" why seats cannot be kept until a time."""
    if release_at <= now:
        problems.add("release_at", say("That time has passed already."))
    elif release_at > latest:
        problems.add(
            "release_at", say("That is after the performance has begun. Keep them until its start at the most.")
        )


def judge_number(problems: FieldProblems, *, seats: int, most_seats: int) -> None:
    """Note beside "seats" why so many cannot be reserved."""
    if seats > most_seats:
        problems.add(
            "seats",
            say_count(
                "One reservation keeps {count} seat at the most.",
                "One reservation keeps {count} seats at the most.",
                most_seats,
            ),
        )


def why_too_late(
    evenings: Iterable[ReservedEvening], *, now: datetime, ends_minutes: int, time_zone: str
) -> Sentence | None:
    """Return why seats of these performances are not reserved any more, naming the first one; None: they are."""
    first = min(evenings, key=lambda one: one.last_at)
    if now < first.last_at - timedelta(minutes=ends_minutes):
        return None
    evening: dict[str, Fact] = {"title": first.title, "moment": Moment(first.starts_at, time_zone)}
    if not ends_minutes:
        return say("“{title}”, {moment}, has begun: nothing is reserved of it any more. Sell the seats.", **evening)
    if not ends_minutes % _DAY_MINUTES:
        return say_count(
            "Nothing is reserved of “{title}”, {moment}, in the last day before the start. Sell the seats.",
            "Nothing is reserved of “{title}”, {moment}, in the last {count} days before the start. Sell the seats.",
            ends_minutes // _DAY_MINUTES,
            **evening,
        )
    if not ends_minutes % _HOUR_MINUTES:
        return say_count(
            "Nothing is reserved of “{title}”, {moment}, in the last hour before the start. Sell the seats.",
            "Nothing is reserved of “{title}”, {moment}, in the last {count} hours before the start. Sell the seats.",
            ends_minutes // _HOUR_MINUTES,
            **evening,
        )
    return say_count(
        "Nothing is reserved of “{title}”, {moment}, in the last {count} minute before the start. Sell the seats.",
        "Nothing is reserved of “{title}”, {moment}, in the last {count} minutes before the start. Sell the seats.",
        ends_minutes,
        **evening,
    )
