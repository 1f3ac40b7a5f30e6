"""The keys of the screen of letters, besides those of its buttons and of its search."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def letter_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("LetterKeys", words)

    return (
        ("↑ ↓", tr("Go to another letter, while typing too")),
        ("Enter", tr("From the search to the letters")),
        ("Esc", tr("In the search: the text away, then all letters")),
        ("F5", tr("Read the letters again")),
        ("Alt+Down", tr("Scroll the letter down")),
        ("Alt+Up", tr("Scroll the letter up")),
    )
