"""Places, performances and reasons in the words of the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.check_in import DoorPerformance, Reason, Verdict
from pos_app.ui.times import shown_short_day, shown_time

if TYPE_CHECKING:
    from pos_app.domain.seats import Place


def _tr(text: str) -> str:
    return QCoreApplication.translate("Door", text)


def seat_words(place: Place) -> str:
    """Return row and seat: "Row G · Seat 18"; empty where the house has neither."""
    row = _tr("Row %s").replace("%s", place.row) if place.row else ""
    seat = _tr("Seat %s").replace("%s", place.number) if place.number else ""
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
    return _tr("%s (cancelled)").replace("%s", words) if performance.cancelled else words


def verdict_words(verdict: Verdict) -> str:
    """Return the verdict as the lists say it."""
    return {
        Verdict.ADMITTED: _tr("Admitted"),
        Verdict.ALREADY_USED: _tr("Already used"),
        Verdict.REFUSED: _tr("Refused"),
        Verdict.LEFT: _tr("Left"),
    }[verdict]


def reason_words(reason: Reason) -> str:
    """Return the reason in a few words, empty where there is nothing to add to the verdict."""
    return {
        Reason.NONE: "",
        Reason.INVALID: _tr("not a ticket"),
        Reason.FORGED: _tr("forged"),
        Reason.UNKNOWN: _tr("unknown ticket"),
        Reason.WRONG_PERFORMANCE: _tr("other performance"),
        Reason.CANCELED: _tr("refunded or void"),
        Reason.REPRINTED: _tr("old print"),
        Reason.UNPAID: _tr("not paid"),
        Reason.ALREADY_REDEEMED: "",
        Reason.NOT_INSIDE: _tr("was not inside"),
    }[reason]
