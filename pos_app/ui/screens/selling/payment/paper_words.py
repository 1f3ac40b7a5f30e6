"""What is said of the paper of the customer at the counter: the tickets of a sale, or the slip of a reservation."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Sentences; {0}: the order's number, a printer or a file. found: where it can be printed later.

    stands: what was done is not undone by a paper that fails.
    """

    setting: str
    being_made: str
    maybe_not_printed: str
    not_printed: str
    found: str
    saved: str
    not_made: str
    stands: str


def ticket_words() -> PaperWords:
    """Return what is said of tickets."""
    return PaperWords(
        _tr("Setting the tickets…"),
        _tr("The tickets of order {0} are still being made."),
        _tr("The tickets of order {0} may not be on paper yet."),
        _tr("The tickets of order {0} are not printed."),
        _tr("They are found in Orders."),
        _tr("Saved as {0}. This till has no ticket printer."),
        _tr("The sale stands; its tickets are not made yet. {0} F6 makes them."),
        _tr("The sale stands, and the tickets are in Orders. F6 tries again."),
    )


def slip_words() -> PaperWords:
    """Return what is said of a slip: whoever has none picks up by name or number all the same."""
    return PaperWords(
        _tr("Setting the slip…"),
        _tr("The slip of order {0} is still being made."),
        _tr("The slip of order {0} may not be on paper yet."),
        _tr("The slip of order {0} is not printed."),
        _tr("The seats are reserved all the same; the slip is found in Orders."),
        _tr("The slip is saved as {0}. This till has no ticket printer."),
        _tr("The seats are reserved; the slip is not made yet. {0} F6 makes it."),
        _tr("The seats are reserved, and the slip is in Orders. F6 tries again."),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("TicketPrinting", words)
