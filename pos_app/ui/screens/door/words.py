"""Places, performances and reasons in the words of the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.check_in import DoorPerformance, Reason, Verdict
from pos_app.ui.times import shown_short_day, shown_time

if TYPE_CHECKING:
    from pos_app.domain.seats import Place


# The tool that collects the strings to translate knows this name.
translate = QCoreApplication.translate


def seat_words(place: Place) -> str:
    """Return row and seat: "Row G · Seat 18"; empty where the house has neither."""
    row = translate("Door", "Row %s").replace("%s", place.row) if place.row else ""
    seat = translate("Door", "Seat %s").replace("%s", place.number) if place.number else ""
    return " · ".join(part for part in (row, seat) if part)


def place_words(place: Place) -> str:
    """Return the whole place on one line: "Stalls · Row G · Seat 18"."""
    return " · ".join(part for part in (place.zone, seat_words(place)) if part)


def performance_words(performance: DoorPerformance) -> str:
    """Return a performance on one line, the evening first: it is what stewards choose by."""
    words = (
        f"{shown_short_day(performance.starts_at, performance.time_zone)}, "
        f"{shown_time(performance.starts_at, performance.time_zone)} · {performance.title} · {performance.venue}"
    )
    return translate("Door", "%s (cancelled)").replace("%s", words) if performance.cancelled else words


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
        Reason.NOT_INSIDE: translate("Door", "was not inside"),
    }[reason]
