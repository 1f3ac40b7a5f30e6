"""When a performance is, in the language of the windows: one evening by its day and time, several days by their dates.

All of it is told on the clock of the venue. The end of an evening is told where there is room for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel import Locale
from babel.dates import format_interval

from pos_app.domain.season.evenings import last_day, lasts_days
from pos_app.ui.words.language import translate
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.times import (
    shown_dated_moment,
    shown_day,
    shown_full_moment,
    shown_moment,
    shown_time,
    shown_weekday_time,
    shown_whole_moment,
    venue_time,
)
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.season.evenings import Dated
    from pos_app.domain.selling.performance_seats import PerformanceSeats

_FROM_TO: Final = "{0} \N{EN DASH} {1}"


def shown_when(one: Dated) -> str:
    """Tell it in short: "Sat 28 Nov, 19:30", or "2-5 May"."""
    return _days(one, "MMMd") or shown_moment(one.starts_at, one.time_zone)


def standing_when(one: PerformanceSeats) -> str:
    """Tell it in short, and whether it is given at all."""
    return side_by_side(shown_when(one), translate("Performances", "Cancelled") if one.is_cancelled else "")


def shown_dated_when(one: Dated) -> str:
    """Tell it with its year: "28 Nov 2026, 19:30", or "2-5 May 2026"."""
    return _days(one, "yMMMd") or shown_dated_moment(one.starts_at, one.time_zone)


def shown_whole_when(one: Dated) -> str:
    """Tell it with weekday and year: "Sat, 28 Nov 2026, 19:30", or "Sat, 2 May - Tue, 5 May 2026"."""
    return _days(one, "yMMMEd") or shown_whole_moment(one.starts_at, one.time_zone)


def shown_day_when(one: Dated) -> str:
    """Tell the day or the days: "Sat 28 Nov", or "Sat 2 May - Tue 5 May"."""
    return _days(one, "MMMEd") or shown_day(one.starts_at, one.time_zone)


def shown_weekday_when(one: Dated) -> str:
    """Tell it beside the leaf of a calendar: "Sat 19:30", or "2-5 May"."""
    return _days(one, "MMMd") or shown_weekday_time(one.starts_at, one.time_zone)


def shown_full_when(one: Dated) -> str:
    """Tell all of it: "Saturday, 28 November 2026, 19:30 - 22:00", or with a day and a time at both ends."""
    if lasts_days(one.starts_at, one.ends_at, one.time_zone):
        return shown_from_to(one)
    begins = shown_full_moment(one.starts_at, one.time_zone)
    return begins if one.ends_at is None else _from_to(begins, shown_time(one.ends_at, one.time_zone))


def shown_from_to(one: Dated) -> str:
    """Tell beginning and end: "Sat, 28 Nov 2026, 19:30 - 22:00", "Sat, 2 May 2026, 10:00 - Tue, 5 May 2026, 18:00"."""
    begins = shown_whole_moment(one.starts_at, one.time_zone)
    if one.ends_at is None:
        return begins
    shown = shown_whole_moment if lasts_days(one.starts_at, one.ends_at, one.time_zone) else shown_time
    return _from_to(begins, shown(one.ends_at, one.time_zone))


def shown_end(one: Dated) -> str:
    """Tell the end alone: "22:00", or "Tue 5 May, 18:00" of several days; "" where there is none."""
    if one.ends_at is None:
        return ""
    shown = shown_moment if lasts_days(one.starts_at, one.ends_at, one.time_zone) else shown_time
    return shown(one.ends_at, one.time_zone)


def _days(one: Dated, skeleton: str) -> str:
    """Write the days from the first to the last one; "" for what does not last for days."""
    if not lasts_days(one.starts_at, one.ends_at, one.time_zone):
        return ""
    first: datetime = venue_time(one.starts_at, one.time_zone)
    last = last_day(one.starts_at, one.ends_at, one.time_zone)
    return _plain(format_interval(first.date(), last, skeleton, locale=ui_locale()))


def _from_to(first: str, last: str) -> str:
    return _plain(str(Locale.parse(ui_locale()).interval_formats.get(None, _FROM_TO))).format(first, last)


def _plain(words: str) -> str:
    """Write the spaces that a person types when looking for it."""
    return words.replace("\N{THIN SPACE}", " ")
