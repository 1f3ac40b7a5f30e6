"""The four colours of printed pages, and how a canvas takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

INK: Final = 0x14161F
QUIET: Final = 0x5B6275
RULE: Final = 0xD5D9E4
ACCENT: Final = 0x3B4CCA
WHITE: Final = 0xFFFFFF


def fill(canvas: Canvas, colour: int) -> None:
    """Fill with a colour, 0xRRGGBB, from now on."""
    canvas.setFillColorRGB(*_parts(colour))


def stroke(canvas: Canvas, colour: int, width: float) -> None:
    """Draw lines in a colour, 0xRRGGBB, so many points wide from now on."""
    canvas.setStrokeColorRGB(*_parts(colour))
    canvas.setLineWidth(width)


def _parts(colour: int) -> tuple[float, float, float]:
    return (colour >> 16) / 255, (colour >> 8 & 255) / 255, (colour & 255) / 255
