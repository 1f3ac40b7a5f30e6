"""How long seats are kept, and what stands in the way of changing that, in words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.orders.reservations import WARN_SECONDS
from pos_app.ui.words.times import shown_span

NEAR_SECONDS: Final = 15 * 60
"""From so many seconds before its end on, it is told how long a reservation still has."""


def left_words(seconds_left: float) -> str:
    """Say how long seats are still kept, or that this is over."""
    if seconds_left <= 0:
        return _tr("Time is over")
    span = shown_span(seconds_left - seconds_left % 60 if seconds_left > WARN_SECONDS else seconds_left)
    return _tr("{0} left").format(span)


def near_words(seconds_left: float) -> str:
    """Say it only where the end is near; "" else."""
    return left_words(seconds_left) if seconds_left <= NEAR_SECONDS else ""


def near_tone(seconds_left: float) -> str:
    """Return the tone in which it is told; the words tell it, too."""
    if seconds_left <= WARN_SECONDS:
        return "danger"
    return "warn" if seconds_left <= NEAR_SECONDS else "muted"


def open_words(till_name: str) -> str:
    """Say which till has it open for paying; "" for none."""
    return _tr("Open at {0}").format(till_name) if till_name else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Reservations", words)
