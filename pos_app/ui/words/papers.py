"""How the papers of tickets are called on the screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def paper_words() -> dict[str, str]:
    """Return the papers (papers.PAPERS) with their words, in the order in which they are offered."""
    tr = QCoreApplication.translate
    return {
        "a4": tr("Papers", "A4, a ticket a page"),
        "a4-three": tr("Papers", "A4, three to a page"),
        "roll80": tr("Papers", "80 mm roll"),
        "stock": tr("Papers", "Ticket stock 5.5 x 2 in"),
    }
