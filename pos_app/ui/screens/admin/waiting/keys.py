"""The keys of a manager's waiting list."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos_app.ui.waiting.queue import LETTERS_KEY


def waiting_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("WaitingKeys", words)

    return (
        ("Ctrl+F", tr("Search who waits")),
        (LETTERS_KEY, tr("Letters of the party's customer")),
    )
