"""The keys of a seat map."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def map_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("MapKeys", words)

    return (
        ("← ↑ → ↓", tr("Walk the seats")),
        ("Enter", tr("Take or give back the seat")),
        ("+  -  0", tr("Zoom, whole house")),
    )
