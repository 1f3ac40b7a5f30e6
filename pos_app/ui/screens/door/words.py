"""Times, performances and reasons in the words of the door."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.door.check_in import DoorPerformance, Reason, Verdict
from pos_app.domain.season.evenings import lasts_days
from pos_app.domain.seats import tell_places
from pos_app.ui.words.evenings import shown_day_when
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.places import place_words
from pos_app.ui.words.sentences import spoken
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pos_app.domain.door.check_in import ScanResult

# The tool that collects the strings to translate knows this name.
translate = QCoreApplication.translate


def clock_words(at: datetime, time_zone: str, *, seconds: bool = False) -> str:
    """Return a UTC time on the clock of the venue: "19:30" or "19:30:05"; stewards read 24 hours everywhere."""
    return _shown(at, time_zone, "HH:mm:ss" if seconds else "HH:mm")


def day_words(at: datetime, time_zone: str) -> str:
    """Return the day of a UTC time at the venue: "Sat 28 Nov"."""
    return _shown(at, time_zone, "EEE d MMM")


def _shown(at: datetime, time_zone: str, pattern: str) -> str:
    return format_datetime(at, pattern, tzinfo=ZoneInfo(time_zone), locale=ui_locale())


def performance_words(performance: DoorPerformance) -> str:
    """Return a performance on one line, the evening first: it is what stewards choose by."""
    if lasts_days(performance.starts_at, performance.ends_at, performance.time_zone):
        when = shown_day_when(performance)
    else:
        at = clock_words(performance.starts_at, performance.time_zone)
        when = f"{day_words(performance.starts_at, performance.time_zone)}, {at}"
    words = side_by_side(when, performance.title, performance.venue)
    return translate("Door", "{0} (cancelled)").format(words) if performance.cancelled else words


def seats_together(results: Sequence[ScanResult]) -> str:
    """Return where the guests of some scans sit, in one line: of one guest the place as it stands on the ticket."""
    places = [one.place for one in results if one.place is not None]
    if len(places) == 1:
        return place_words(places[0])
    return spoken(tell_places(places)) if places else grouped(results[0].order_number) if results else ""


def verdict_words(verdict: Verdict) -> str:
    """Return the verdict as the lists say it."""
    return {
        Verdict.ADMITTED: translate("Door", "Admitted"),
        Verdict.ALREADY_USED: translate("Door", "Already used"),
        Verdict.REFUSED: translate("Door", "Refused"),
        Verdict.LEFT: translate("Door", "Left"),
    }[verdict]


def reason_words(reason: Reason) -> str:
    """Return the reason in a few words, empty where there is nothing to add to the verdict."""
    return {
        Reason.NONE: "",
        Reason.INVALID: translate("Door", "not a ticket"),
        Reason.FORGED: translate("Door", "forged"),
        Reason.UNKNOWN: translate("Door", "unknown ticket"),
        Reason.WRONG_PERFORMANCE: translate("Door", "other performance"),
        Reason.CANCELED: translate("Door", "refunded or void"),
        Reason.REPRINTED: translate("Door", "old print"),
        Reason.UNPAID: translate("Door", "not paid"),
        Reason.ALREADY_REDEEMED: "",
        Reason.SAME_GUEST: translate("Door", "same guest"),
        Reason.CALLED_OFF: translate("Door", "performance cancelled"),
        Reason.NOT_INSIDE: translate("Door", "was not inside"),
    }[reason]
