"""Days and times on the clock of the venue, in the language of the windows.

Times come in as UTC (those without a zone are taken as UTC); time_zone is the venue's IANA name.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_day_names
from babel.units import format_unit

from pos_app.domain.local_times import shown_offset
from pos_app.ui.words.ui_locale import ui_locale


def venue_time(at: datetime, time_zone: str) -> datetime:
    """Return the same moment on the clock of the venue. Raises ZoneInfoNotFoundError for a zone that is none."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZoneInfo(time_zone))


def shown_time(at: datetime, time_zone: str, *, seconds: bool = False) -> str:
    """Return the time of day: "19:30", or "19:30:05"; one that a clock change doubles: "02:30 (UTC+01:00)"."""
    moment = venue_time(at, time_zone)
    return format_time(moment, "medium" if seconds else "short", locale=ui_locale()) + _which_of_two(moment, time_zone)


def _which_of_two(moment: datetime, time_zone: str) -> str:
    """Tell the two moments apart that a clock shows alike when it is put back; nothing for any other moment."""
    if moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset():
        return ""
    return f" ({shown_offset(moment, time_zone)})"


def shown_day(at: datetime, time_zone: str) -> str:
    """Return the day in short: "Sat 28 Nov"."""
    return format_skeleton("MMMEd", venue_time(at, time_zone), locale=ui_locale())


def shown_full_day(at: datetime, time_zone: str) -> str:
    """Return the day in full: "Saturday, 28 November 2026"."""
    return format_date(venue_time(at, time_zone).date(), "full", locale=ui_locale())


def shown_day_number(at: datetime, time_zone: str) -> str:
    """Return the number of the day in its month: "28"."""
    return str(venue_time(at, time_zone).day)


def shown_full_moment(at: datetime, time_zone: str) -> str:
    """Return day and time in full: "Saturday, 28 November 2026, 19:30"."""
    return f"{shown_full_day(at, time_zone)}, {shown_time(at, time_zone)}"


def shown_month(at: datetime, time_zone: str) -> str:
    """Return the month in short: "Nov"."""
    return format_date(venue_time(at, time_zone).date(), "LLL", locale=ui_locale())


def shown_moment(at: datetime, time_zone: str) -> str:
    """Return day and time in short: "Sat 28 Nov, 19:30"."""
    return f"{shown_day(at, time_zone)}, {shown_time(at, time_zone)}"


def shown_dated_moment(at: datetime, time_zone: str) -> str:
    """Return day, year and time: "28 Nov 2026, 19:30"."""
    day = format_skeleton("yMMMd", venue_time(at, time_zone), locale=ui_locale())
    return f"{day}, {shown_time(at, time_zone)}"


def shown_whole_moment(at: datetime, time_zone: str) -> str:
    """Return weekday, day, year and time: "Sat, 28 Nov 2026, 19:30"."""
    day = format_skeleton("yMMMEd", venue_time(at, time_zone), locale=ui_locale())
    return f"{day}, {shown_time(at, time_zone)}"


def weekdays(*, full: bool = False) -> tuple[str, ...]:
    """Return the names of the days from Monday on: "Mon", or "Monday"."""
    names = get_day_names("wide" if full else "abbreviated", locale=ui_locale())
    return tuple(names[number] for number in range(7))


def shown_countdown(seconds: float) -> str:
    """Return how long is left, as minutes and seconds: "7:12"; never less than "0:00"."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes}:{rest:02}"


def shown_time_left(seconds: float) -> str:
    """Return how long is left of what may last for hours: "4:10", or "2:05:09" from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def shown_weekday_time(at: datetime, time_zone: str) -> str:
    """Return the weekday in short and the time: "Sat 19:30"."""
    moment = venue_time(at, time_zone)
    return f"{format_date(moment.date(), 'EEE', locale=ui_locale())} {shown_time(at, time_zone)}"


def shown_ago(seconds: float) -> str:
    """Return how long ago something was, in its largest unit: "40 seconds ago", "2 minutes ago"; at least a second."""
    before = -timedelta(seconds=max(1, round(seconds)))
    return format_timedelta(before, add_direction=True, threshold=1, locale=ui_locale())


_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def shown_span(seconds: float) -> str:
    """Return a length of time in its two largest units: "1 hour 30 minutes", "365 days"; at least "0 seconds"."""
    rest = round(abs(seconds))
    words: list[str] = []
    for name, size in _UNITS:
        count, left = divmod(rest, size)
        if count or (name == "second" and not words):
            words.append(format_unit(count, f"duration-{name}", locale=ui_locale()))
            rest = left
        elif words:
            break
        if len(words) == 2:
            break
    return " ".join(words)
