"""The keys of the door, besides those of its buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def door_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("DoorKeys", words)

    return (
        ("Enter", tr("Check the code that was typed")),
        ("Ctrl+Z", tr("Undo the last admission")),
        ("F5", tr("Check again what was not checked")),
        ("F6", tr("Admit the others of the same order")),
        ("Esc", tr("Show the lists beside the verdict")),
    )


def finder_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys of the search for guests, and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("DoorKeys", words)

    return (
        ("↓", tr("From the search to the guests")),
        ("Esc", tr("Leave the search")),
    )
