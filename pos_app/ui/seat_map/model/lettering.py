"""How the map is lettered: its words in a size, its signs in spaced capitals where the script bears them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

NAME_SPACING = 0.14
"""Between the letters of a zone's name, in parts of the font's size."""
MEASURED_AT = 100


@dataclass(frozen=True, slots=True)
class Ink:
    """The room that a lettered name covers with a font of one pixel; top and bottom count from the baseline down."""

    width: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """From the highest to the lowest ink: capitals need less than a line."""
        return self.bottom - self.top


def sized(base: QFont, pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of the map in a size."""
    font = QFont(base)
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(weight)
    return font


def lettered(base: QFont, text: str, pixels: float, spacing: float = NAME_SPACING) -> QFont:
    """Return the font of a sign that says this."""
    font = sized(base, pixels, QFont.Weight.DemiBold)
    if text.isascii():
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * pixels)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
    return font


def measured(base: QFont, text: str) -> Ink:
    """Return the room of a name."""
    font = lettered(base, text, MEASURED_AT)
    metrics = QFontMetricsF(font)
    ink = metrics.tightBoundingRect(text)
    # The space that follows the last letter is no part of the name.
    width = metrics.horizontalAdvance(text) - font.letterSpacing()
    return Ink(max(0.0, width) / MEASURED_AT, ink.top() / MEASURED_AT, ink.bottom() / MEASURED_AT)
