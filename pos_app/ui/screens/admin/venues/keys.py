"""The keys of the section of venues, besides those of its buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def _tr(words: str) -> str:
    return QCoreApplication.translate("VenueKeys", words)


def plans_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys of the plans of a venue, and what they do."""
    return (
        ("↑ ↓", _tr("Go to another plan")),
        ("Enter", _tr("Change the plan")),
        ("Esc", _tr("Back to the venues")),
        ("F5", _tr("Read again")),
    )


def making_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys of a plan that is being made, and what they do."""
    return (("Esc", _tr("Back to the plans")),)


def editor_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys of the drawing of a plan, and what they do."""
    return (
        ("← ↑ → ↓", _tr("Walk the seats")),
        ("Shift+← …", _tr("Choose seat after seat")),
        ("Alt+← …", _tr("Move the chosen seats")),
        ("Alt+Shift+← …", _tr("Move them by very little")),
        ("Space", _tr("Choose the seat")),
        ("Enter", _tr("Choose the whole row, or place what is drawn")),
        ("Ctrl+A", _tr("Choose all")),
        ("Esc", _tr("Choose nothing, or put the tool away")),
        ("1 … 9", _tr("Price category of the chosen seats")),
        ("Ctrl+Z", _tr("Undo")),
        ("Ctrl+Y", _tr("Redo")),
        ("Ctrl+Shift+Z", _tr("Redo")),
        ("+  -  0", _tr("Zoom, whole house")),
    )
