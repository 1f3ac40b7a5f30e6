"""Times as a person reads them: always in the venue's zone, never in the till's."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLocale

if TYPE_CHECKING:
    from datetime import datetime

    from babel import Locale


@cache
def ui_locale(name: str = "") -> Locale:
    """Return Babel's locale for the window's language (English, day before month, where it is not set)."""
    from babel import Locale, UnknownLocaleError

    wanted = name or QLocale().name()
    try:
        found = Locale.parse(wanted)
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en_GB")
    return Locale.parse("en_GB") if found.language in {"c", "en"} and found.territory in {None, "US"} else found


def _shown(at: datetime, zone: str, pattern: str) -> str:
    from babel.dates import format_datetime

    return str(format_datetime(at, pattern, tzinfo=ZoneInfo(zone), locale=ui_locale()))


def shown_time(at: datetime, zone: str) -> str:
    """Return "19:30"."""
    return _shown(at, zone, "HH:mm")


def shown_time_of_day(at: datetime, zone: str) -> str:
    """Return "18:47:12"."""
    return _shown(at, zone, "HH:mm:ss")


def shown_day(at: datetime, zone: str) -> str:
    """Return "Saturday 28 November 2026"."""
    return _shown(at, zone, "EEEE d MMMM y")


def shown_short_day(at: datetime, zone: str) -> str:
    """Return "Sat 28 Nov"."""
    return _shown(at, zone, "EEE d MMM")


def shown_weekday_time(at: datetime, zone: str) -> str:
    """Return "Sat 19:30"."""
    return _shown(at, zone, "EEE HH:mm")


def shown_day_number(at: datetime, zone: str) -> str:
    """Return "28"."""
    return _shown(at, zone, "dd")


def shown_month(at: datetime, zone: str) -> str:
    """Return "Nov"."""
    return _shown(at, zone, "MMM")
