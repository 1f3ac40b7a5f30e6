"""The keys of the section of events, besides those of its pages."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def _tr(words: str) -> str:
    return QCoreApplication.translate("EventKeys", words)


def event_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys of the section and what they do."""
    return (("Ctrl+PgUp", _tr("Events")), ("Ctrl+PgDown", _tr("Performances")))


def panel_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys of what is set up for one performance, and what they do."""
    return (("Esc", _tr("Back to the performances")),)
