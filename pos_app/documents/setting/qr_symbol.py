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

_VERSION: Final = 5
_MOST_DIGITS: Final = 202
_MASK: Final = 3
"""Always the same mask: a signed code looks random under each, and trying all eight takes five times as long."""


def draw_symbol(canvas: Canvas, digits: str, *, left: float, bottom: float, module: float) -> None:
    """Draw the symbol of up to 202 decimal digits in black; its quiet zone lies outside of left and bottom.

    module: the side of a module in points. Raises ValueError for what is not decimal digits or too long.
    """
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        raise ValueError(f"a ticket code has 1 to {_MOST_DIGITS} decimal digits")
    symbol = QRCode(version=_VERSION, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    symbol.add_data(QRData(digits), optimize=0)
    symbol.make(fit=False)
    lines = [b"".join(BLACK if dark else WHITE for dark in modules) for modules in symbol.modules]
    draw_dots(canvas, lines, left=left, bottom=bottom, dot=module)
