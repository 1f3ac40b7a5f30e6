"""Ordinary buttons in the styles of the house; the ones with a key printed on them are in key_button."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

from pos_app.ui.look.icons import icon

_ICON_COLORS = {"primary": "accent_text", "danger": "danger_text", "ghost": "muted", "nav": "muted"}


def text_button(text: str, *, icon_name: str = "", variant: str = "tool") -> QPushButton:
    """Return a button with words. variant: tool, primary, danger, ghost, segment, nav."""
    button = QPushButton(f" {text}" if icon_name else text)
    button.setProperty("variant", variant)
    if icon_name:
        role = _ICON_COLORS.get(variant, "text")
        button.setIcon(icon(icon_name, role=role, checked_role="accent"))
        button.setIconSize(QSize(20, 20))
        button.setAccessibleName(text)
    return button


def icon_button(icon_name: str, name: str, *, variant: str = "ghost", role: str = "muted") -> QPushButton:
    """Return a square button of 44 px with an icon only. name: what it does, for the tool tip and screen readers."""
    button = QPushButton()
    button.setProperty("variant", variant)
    button.setIcon(icon(icon_name, role=role, checked_role="accent"))
    button.setIconSize(QSize(20, 20))
    button.setFixedWidth(44)
    # The style's side padding would leave no room for the icon.
    button.setStyleSheet("padding: 0")
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
