"""Seats that this till still holds for a sale that was cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_countdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.services.selling.cut_off import LeftOverHold


def left_over_message(left: Sequence[LeftOverHold], give_back: Callable[[], object]) -> Message:
    """Name the seats, tell how long they are held, and offer to give them back."""
    words = spoken_count(
        "This till still holds {count} seat of a sale that was cut off: {places}.",
        "This till still holds {count} seats of a sale that was cut off.",
        sum(one.seats for one in left),
        places=left[0].places,
    )
    longest = shown_countdown(max(one.seconds_left for one in left))
    return Message(
        words,
        _tr("They go back on sale by themselves in {0}.").format(longest),
        Level.WARNING,
        _tr("Give them back now"),
        give_back,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("LeftOver", words)
