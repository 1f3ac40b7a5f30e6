"""The keys of the kept seats, besides those of its buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def kept_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("KeptKeys", words)

    return (
        ("Enter", tr("Choose the seat, or leave it")),
        ("R", tr("Choose the whole row")),
        ("Z", tr("Choose the whole zone")),
    )
