"""Light, dark, or as the desktop has it: chosen by the person and remembered on this machine."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.ui.look.theme import apply_theme, current_theme, system_is_dark
from pos_app.ui.remembered import remembered

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_KEY: Final = "look/theme"


class ThemeChoice(StrEnum):
    """What the person asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def chosen_theme() -> ThemeChoice:
    """Return what was chosen last on this machine; the desktop's own look by default."""
    try:
        return ThemeChoice(str(remembered().value(_KEY, ThemeChoice.SYSTEM.value)))
    except ValueError:
        return ThemeChoice.SYSTEM


def choose_theme(app: QApplication, choice: ThemeChoice) -> None:
    """Remember a choice and apply it."""
    remembered().setValue(_KEY, choice.value)
    _apply(app, choice)


def toggle_theme(app: QApplication) -> None:
    """Change from light to dark or back, and stay there."""
    choose_theme(app, ThemeChoice.LIGHT if current_theme().dark else ThemeChoice.DARK)


def restore_theme(app: QApplication) -> None:
    """Apply what was chosen last, and follow the desktop while that is the choice."""
    _apply(app, chosen_theme())
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _follow(app))


def _follow(app: QApplication) -> None:
    if chosen_theme() is ThemeChoice.SYSTEM and system_is_dark(app) != current_theme().dark:
        apply_theme(app, dark=system_is_dark(app))


def _apply(app: QApplication, choice: ThemeChoice) -> None:
    # Frames and dialogs that the desktop draws follow the choice too.
    if choice is ThemeChoice.SYSTEM:
        app.styleHints().unsetColorScheme()
    else:
        dark_asked = choice is ThemeChoice.DARK
        app.styleHints().setColorScheme(Qt.ColorScheme.Dark if dark_asked else Qt.ColorScheme.Light)
    dark = system_is_dark(app) if choice is ThemeChoice.SYSTEM else choice is ThemeChoice.DARK
    apply_theme(app, dark=dark)
