"""The QR symbol of a ticket code, drawn as one vector path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import QRData

from pos_app.documents.setting.dots import BLACK, WHITE, draw_dots

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MODULES: Final = 37
"""Modules on a side: version 5, the smallest that holds 198 digits at error correction M."""

QUIET_ZONE: Final = 4
"""Modules that stay white on each side (ISO/IEC 18004)."""

SMALL_MODULES: Final = 21
"""Modules on a side of a short text's symbol: version 1, which holds 20 capital letters and digits at M."""

_VERSION: Final = 5
_SMALL_VERSION: Final = 1
_MOST_DIGITS: Final = 202
_MOST_LETTERS: Final = 20
_MASK: Final = 3
"""Always the same mask: a signed code looks random under each, and trying all eight takes five times as long."""


def draw_symbol(canvas: Canvas, digits: str, *, left: float, bottom: float, module: float) -> None:
    """Draw the symbol of up to 202 decimal digits in black; its quiet zone lies outside of left and bottom.

    module: the side of a module in points. Raises ValueError for what is not decimal digits or too long.
    """
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        raise ValueError(f"a ticket code has 1 to {_MOST_DIGITS} decimal digits")
    _draw(canvas, digits, _VERSION, left=left, bottom=bottom, module=module)


def draw_small_symbol(canvas: Canvas, text: str, *, left: float, bottom: float, module: float) -> None:
    """Draw the symbol of up to 20 capital letters and digits, as draw_symbol does. Raises ValueError for other text."""
    if not (text.isascii() and text.isalnum() and text == text.upper() and len(text) <= _MOST_LETTERS):
        raise ValueError(f"a short text has 1 to {_MOST_LETTERS} capital letters and digits")
    _draw(canvas, text, _SMALL_VERSION, left=left, bottom=bottom, module=module)


def _draw(canvas: Canvas, text: str, version: int, *, left: float, bottom: float, module: float) -> None:
    symbol = QRCode(version=version, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    symbol.add_data(QRData(text), optimize=0)
    symbol.make(fit=False)
    lines = [b"".join(BLACK if dark else WHITE for dark in modules) for modules in symbol.modules]
    draw_dots(canvas, lines, left=left, bottom=bottom, dot=module)
