"""The keys of a work list, besides those of its buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def work_list_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("WorkListKeys", words)

    return (
        ("↑ ↓", tr("Go to another order")),
        ("Shift+↑ ↓", tr("Choose several orders")),
        ("F5", tr("Read the list again")),
    )
