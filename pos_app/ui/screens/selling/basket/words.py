"""What is said when seats of the basket went to somebody else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.sentences import spoken_count


def some_refused(gone: int, wanted: int) -> Message:
    """Say that some of the seats that were asked for were not free."""
    words = spoken_count(
        "{gone} of {count} seat went to somebody else.",
        "{gone} of {count} seats went to somebody else.",
        wanted,
        gone=gone,
    )
    return Message(words, _tr("The others are in the basket."), Level.WARNING)


def held_after_all(count: int) -> Message:
    """Say that seats are held whose answer was lost."""
    words = spoken_count(
        "{count} seat is held after all, and in the basket now.",
        "{count} seats are held after all, and in the basket now.",
        count,
    )
    return Message(words, _tr("Give back what is not wanted."), Level.OK)


def some_lost(count: int) -> Message:
    """Say that seats have left the basket while the server was out of reach."""
    words = spoken_count("{count} seat of the basket is gone.", "{count} seats of the basket are gone.", count)
    return Message(words, _tr("Choose others before you take the payment."), Level.WARNING)


def _tr(words: str) -> str:
    return QCoreApplication.translate("HoldWords", words)
