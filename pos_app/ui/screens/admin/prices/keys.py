"""The keys of the table of prices, besides those of its buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def price_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("PriceKeys", words)

    return (
        ("← ↑ → ↓", tr("Go from cell to cell")),
        ("Enter", tr("Down to the next price")),
        ("Ctrl+C", tr("Copy")),
        ("Ctrl+V", tr("Paste")),
        ("Ctrl+Z", tr("Undo")),
        ("Ctrl+D", tr("Fill down")),
        ("Del", tr("Empty")),
    )
