"""Words, panels and rules in the styles of the house."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget


def text_label(text: str = "", role: str = "body", *, tone: str = "", wrap: bool = False) -> QLabel:
    """Return a plain-text label.

    role: display, title, heading, strong, body, muted, small. tone: "", ok, warn, danger, accent, muted.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setProperty("role", role)
    if tone:
        label.setProperty("tone", tone)
    return label


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone (ok, warn, danger, accent, muted or "") of a widget on screen."""
    set_look(widget, "tone", tone)


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and have it read again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def panel() -> QFrame:
    """Return a white panel with round corners."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    return frame


def rule() -> QFrame:
    """Return a thin horizontal line."""
    frame = QFrame()
    frame.setProperty("role", "rule")
    frame.setFixedHeight(1)
    return frame
