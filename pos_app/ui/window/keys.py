"""The keys of the window itself, which work on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.widgets.told_keys import tell_keys

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def window_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys that work everywhere, and what they do."""
    return (
        ("F1", _tr("These keys")),
        ("Ctrl+Shift+F", _tr("The whole screen for Foyer, or not")),
        ("Ctrl+Q", _tr("Close Foyer")),
    )


def work_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys that work while somebody is signed in, and what they do."""
    return (("Ctrl+L", _tr("Lock")),)


def tell_window_keys(window: QWidget, work: QWidget) -> None:
    """Tell the keys of the window, and of the page of who is signed in."""
    tell_keys(window, window_keys, everywhere=True)
    tell_keys(work, work_keys, everywhere=True)


def _tr(words: str) -> str:
    return QCoreApplication.translate("WindowKeys", words)
