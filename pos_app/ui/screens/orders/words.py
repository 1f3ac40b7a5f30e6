"""Orders in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from pos_app.domain.seats import Place


def _tr(text: str) -> str:
    return QCoreApplication.translate("Orders", text)


def tickets_words(number: int) -> str:
    """Return "1 ticket", "4 tickets"."""
    return _tr("1 ticket") if number == 1 else _tr("{0} tickets").replace("{0}", str(number))


def place_words(place: Place) -> str:
    """Return the whole place on one line: "Stalls centre · Row G · Seat 18"."""
    row = _tr("Row {0}").replace("{0}", place.row) if place.row else ""
    seat = _tr("Seat {0}").replace("{0}", place.number) if place.number else ""
    return " · ".join(part for part in (place.zone, row, seat) if part)
