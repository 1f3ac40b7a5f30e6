"""What is said when seats of the basket went to somebody else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos_app.ui.words.amounts import counted
from pos_app.ui.words.messages import Level, Message


def some_refused(gone: int, wanted: int) -> Message:
    """Say that some of the seats that were asked for were not free."""
    words = QCoreApplication.translate("HoldWords", "{0} of {1} seats went to somebody else.").format(gone, wanted)
    return Message(words, QCoreApplication.translate("HoldWords", "The others are in the basket."), Level.WARNING)


def held_after_all(count: int) -> Message:
    """Say that seats are held whose answer was lost."""
    words = counted(
        count,
        QCoreApplication.translate("HoldWords", "1 seat is held after all, and in the basket now."),
        QCoreApplication.translate("HoldWords", "{0} seats are held after all, and in the basket now."),
    )
    return Message(words, QCoreApplication.translate("HoldWords", "Give back what is not wanted."), Level.OK)


def some_lost(count: int) -> Message:
    """Say that seats have left the basket while the server was out of reach."""
    words = counted(
        count,
        QCoreApplication.translate("HoldWords", "1 seat of the basket is gone."),
        QCoreApplication.translate("HoldWords", "{0} seats of the basket are gone."),
    )
    advice = QCoreApplication.translate("HoldWords", "Choose others before you take the payment.")
    return Message(words, advice, Level.WARNING)
