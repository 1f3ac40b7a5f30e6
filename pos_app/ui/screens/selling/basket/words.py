"""What is said when seats of the basket went to somebody else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.sentences import say, say_list
from pos_app.ui.words import counted_places
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pos_app.domain.errors import PosError
    from pos_app.domain.seats import Place
    from pos_app.domain.selling.basket_lines import BasketLine

NAMED_PLACES: Final = 4
"""So many places are named before the rest is counted."""


def named(lines: Iterable[BasketLine]) -> str:
    """Name the places of some lines: "Stalls, row A, seat 3; Stalls, row A, seat 4"."""
    places = Counter(line.place.spoken() for line in lines)
    told = [
        place if count == 1 else say("{place} \u00d7 {count}", place=place, count=count)
        for place, count in places.items()
    ]
    more = sum(list(places.values())[NAMED_PLACES:])
    words = spoken(say_list(*told[:NAMED_PLACES]))
    return _tr("{0} and {1} more").format(words, shown_number(more)) if more else words


def some_refused(gone: int, wanted: int) -> Message:
    """Say that some of the seats that were asked for were not free."""
    words = spoken_count(
        "{gone} of {count} seat went to somebody else.",
        "{gone} of {count} seats went to somebody else.",
        wanted,
        gone=gone,
    )
    return Message(words, _tr("The others are in the basket."), Level.WARNING)


def not_entered(why: PosError | None) -> Message:
    """Say that a seat was held that cannot be sold in this basket, and why; None: nobody has priced it."""
    if why is not None:
        return message_for(why)
    return Message(_tr("This seat has no price."), _tr("Ask a manager."), Level.WARNING)


def held_after_all(places: Sequence[Place]) -> Message:
    """Say that seats are held whose answer was lost."""
    return Message(counted_places.held_after_all(places), _tr("Give back what is not wanted."), Level.OK)


def some_lost(places: Sequence[Place]) -> Message:
    """Say that seats have left the basket while the server was out of reach."""
    return Message(counted_places.some_lost(places), _tr("Choose others before you take the payment."), Level.WARNING)


def _tr(words: str) -> str:
    return QCoreApplication.translate("HoldWords", words)
