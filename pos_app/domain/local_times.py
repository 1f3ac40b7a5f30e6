"""Wall-clock times of a venue and what they are in UTC, also in the two hours a year when that is not plain.

When clocks go forward an hour is missing: nothing can begin in it. When they go back an hour comes twice: a time in it
means one of two moments. Zone names and their rules are those of the IANA time zone database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterable


_NO_ZONES: Final = frozenset({"Factory", "localtime", "posixrules"})
"""Files beside those of zones: a zone that is yet to be chosen, and that of the computer."""
_LONGEST_SHOWN: Final = 64


class WallTimeKind(StrEnum):
    """How a wall-clock time stands to real time."""

    PLAIN = "plain"
    MISSING = "missing"
    DOUBLED = "doubled"


@dataclass(frozen=True, slots=True)
class VenueMoment:
    """A moment as a venue's clock shows it.

    utc: the moment. wall: what the clock shows then, without a zone; for a missing time the clock's next one as far on.
    kind: whether the time that was asked for exists once, not at all, or twice. other_utc: the other moment of a
    doubled time. offset: "UTC+02:00", to tell the two apart.
    """

    utc: datetime
    wall: datetime
    kind: WallTimeKind
    other_utc: datetime | None
    offset: str


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A change of a venue's clock. before: what it shows as it is changed; after: what it shows then. Without zones."""

    before: datetime
    after: datetime


@cache
def place_zones() -> tuple[str, ...]:
    """Return the names of time zones that mean a place: the rest are old names and offsets from UTC."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


def zone_by_city(typed: str, zones: Iterable[str] | None = None) -> str:
    """Return the one time zone that a person means by "vienna" or "america/new york"; else what was typed.

    zones: the names there are to choose from; None: those of places.
    """
    wanted = typed.strip().casefold().replace(" ", "_")
    names = place_zones() if zones is None else tuple(zones)
    same = [name for name in names if name.casefold() == wanted]
    found = same or [name for name in names if name.rpartition("/")[2].casefold() == wanted]
    return found[0] if len(found) == 1 else typed.strip()


@cache
def time_zone_names() -> frozenset[str]:
    """Return the names of all time zones that a house may be in, old names and offsets from UTC too."""
    return frozenset(available_timezones()) - _NO_ZONES


def require_zone(typed: str) -> str:
    """Return the IANA name of a time zone as it is stored for a house (see zone_by_city for the name of a city).

    Raises InvalidInput for what is none, and for names that this computer knows and another one reads otherwise: its
    own zone, zones with leap seconds, files.
    """
    name = typed.strip()
    if not name:
        raise _no_zone()
    if name not in time_zone_names():
        raise _unknown_zone(name)
    return name


def find_zone(name: str) -> ZoneInfo:
    """Return the time zone that is stored for a house. Raises InvalidInput when there is none of this name."""
    if not name:
        raise _no_zone()
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _unknown_zone(name) from None


def _no_zone() -> InvalidInput:
    return InvalidInput(say("Choose a time zone."), field="time_zone", advice=say("For example Europe/Vienna."))


def _unknown_zone(name: str) -> InvalidInput:
    return InvalidInput(
        say("There is no time zone named “{name}”.", name=name[:_LONGEST_SHOWN]),
        field="time_zone",
        advice=say("Choose one, for example Europe/Vienna."),
    )


def moment_at(wall: datetime, zone_name: str, *, second_of_two: bool = False) -> VenueMoment:
    """Return the moment at which the venue's clock shows this time (a datetime without a zone).

    A missing time is taken as far after the change as it lies in the gap (PEP 495, fold=0). Of a doubled time the
    first moment is meant, or with second_of_two the second. Raises InvalidInput for an unknown zone, or a year that
    cannot be reckoned with.
    """
    zone = find_zone(zone_name)
    if wall.tzinfo is not None:
        raise ValueError("a wall-clock time has no zone of its own")
    try:
        first = wall.replace(tzinfo=zone, fold=0)
        second = wall.replace(tzinfo=zone, fold=1)
        moments = first.astimezone(UTC), second.astimezone(UTC)
        shown = moments[0].astimezone(zone).replace(tzinfo=None, fold=0)
    except (OverflowError, ValueError):
        raise InvalidInput(say("This date is too far away."), field="date") from None
    if shown != wall:
        return VenueMoment(moments[0], shown, WallTimeKind.MISSING, None, shown_offset(moments[0], zone_name))
    if moments[0] == moments[1]:
        return VenueMoment(moments[0], wall, WallTimeKind.PLAIN, None, shown_offset(moments[0], zone_name))
    chosen, other = (moments[1], moments[0]) if second_of_two else moments
    return VenueMoment(chosen, wall, WallTimeKind.DOUBLED, other, shown_offset(chosen, zone_name))


def change_at(wall: datetime, zone_name: str) -> ClockChange | None:
    """Return the change of the clock because of which this time is missing or comes twice; None for a plain time.

    Raises as moment_at does.
    """
    if moment_at(wall, zone_name).kind is WallTimeKind.PLAIN:
        return None
    zone = find_zone(zone_name)
    early, late = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    before = early.astimezone(zone).utcoffset()
    # The two readings of the time lie on both sides of the change: halve what is between them.
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        early, late = (middle, late) if middle.astimezone(zone).utcoffset() == before else (early, middle)
    at = late.replace(microsecond=0)
    return ClockChange((at + (before or timedelta())).replace(tzinfo=None), at.astimezone(zone).replace(tzinfo=None))


def wall_time(moment: datetime, zone_name: str) -> VenueMoment:
    """Return how the venue's clock shows a moment (aware). Raises InvalidInput for an unknown zone."""
    local = moment.astimezone(find_zone(zone_name))
    return moment_at(local.replace(tzinfo=None, fold=0), zone_name, second_of_two=local.fold == 1)


def shown_offset(moment: datetime, zone_name: str) -> str:
    """Return what a zone is ahead of UTC at a moment, as "UTC+02:00"."""
    offset = moment.astimezone(find_zone(zone_name)).utcoffset() or timedelta()
    sign = "-" if offset < timedelta() else "+"
    minutes = int(abs(offset) / timedelta(minutes=1))
    return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"
