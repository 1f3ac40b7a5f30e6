"""How well words stand out from what they are written on, measured on pictures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF()]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def background_and_contrast(widget: QWidget) -> tuple[str, float]:
    """Grab a widget; return the colour that most of it has, and how much the words stand out from it."""
    image = widget.grab().toImage()
    colors = Counter(
        image.pixelColor(x, y).name() for y in range(2, image.height() - 2) for x in range(2, image.width() - 2)
    )
    ground = colors.most_common(1)[0][0]
    return ground, max(contrast(ground, color) for color in colors)
