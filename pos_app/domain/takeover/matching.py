"""Which performance a text of another box office means: by its date and time, and by its title where two share them."""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING, Final

from pos_app.domain.local_times import wall_time
from pos_app.domain.season.evenings import last_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.domain.season.performances import ListedPerformance

_TIME: Final = r"(?:[T ,]+(?:at +)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))"
_ISO: Final = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}?")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_DOTTED: Final = re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_TIME}?")
"""Dates with slashes are not read: whether day or month comes first differs from country to country."""


def says_another_title(text: str, title: str) -> bool:
    """Tell whether a text has words beside its date and time, and none of them is a word of the title."""
    words = set(_WORD.findall(_DOTTED.sub(" ", _ISO.sub(" ", text)).casefold()))
    return bool(words) and words.isdisjoint(_WORD.findall(title.casefold()))


def read_when(text: str) -> tuple[date, time | None] | None:
    """Return the day that stands in a text, and the time where there is one; None for no day. Raises ValueError."""
    found = _ISO.search(text) or _DOTTED.search(text)
    if found is None:
        return None
    day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    return day, time(int(found["hour"]), int(found["minute"])) if found["hour"] is not None else None


def match_performance(text: str, performances: Iterable[ListedPerformance]) -> ListedPerformance | None:
    """Return the one performance that a text means, or None when none or several fit.

    A day without a time is also one in the midst of what lasts for days, where nothing else begins on it.
    """
    fitting = list(performances)
    try:
        found = read_when(text)
    except ValueError:
        return None
    if found is not None:
        day, at = found
        shown = [(one, wall_time(one.starts_at, one.time_zone).wall) for one in fitting]
        fitting = [
            one
            for one, wall in shown
            if wall.date() == day and at in {None, wall.time().replace(second=0, microsecond=0)}
        ]
        if not fitting and at is None:
            # No other means a day on which nothing begins.
            fitting = [
                one for one, wall in shown if wall.date() < day <= last_day(one.starts_at, one.ends_at, one.time_zone)
            ]
    if found is None or len(fitting) > 1:
        folded = text.casefold()
        fitting = [one for one in fitting if one.title.casefold() in folded]
    return fitting[0] if len(fitting) == 1 else None
