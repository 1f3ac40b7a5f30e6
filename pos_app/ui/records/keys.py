"""The keys of a page of records, besides those of its buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def record_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("RecordKeys", words)

    return (
        ("↑ ↓", tr("Go to another record")),
        ("Enter", tr("Into the form")),
        ("Esc", tr("Back to the table")),
        ("F5", tr("Read again")),
    )
