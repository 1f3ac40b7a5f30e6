"""Where somebody sits, on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from pos_app.domain.seats import Place


def seat_words(place: Place) -> str:
    """Return row and seat: "Row G · Seat 18"; empty where the house has neither."""
    row = _tr("Row {0}").replace("{0}", place.row) if place.row else ""
    seat = _tr("Seat {0}").replace("{0}", place.number) if place.number else ""
    return " · ".join(part for part in (row, seat) if part)


def place_words(place: Place) -> str:
    """Return the whole place: "Stalls centre · Row G · Seat 18"."""
    return " · ".join(part for part in (place.zone, seat_words(place)) if part)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Places", words)
