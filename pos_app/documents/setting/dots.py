"""Black dots as one vector path: renderers blur pictures, and leave hairlines between shapes that are drawn apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

BLACK: Final = b"\x00"
WHITE: Final = b"\xff"


def draw_dots(canvas: Canvas, lines: Sequence[bytes], *, left: float, bottom: float, dot: float) -> None:
    """Draw lines of BLACK and WHITE dots from the top down, runs of black merged; dot: the side of one in points."""
    parts: list[str] = []
    for y, line in zip(reversed(range(len(lines))), lines, strict=True):
        start = line.find(BLACK)
        while start >= 0:
            end = line.find(WHITE, start)
            end = len(line) if end < 0 else end
            parts.append(f"{start} {y} {end - start} 1 re")
            start = line.find(BLACK, end)
    path = "\n".join(parts)
    canvas.addLiteral(f"q 0 g {dot:.5f} 0 0 {dot:.5f} {left:.4f} {bottom:.4f} cm\n{path} f Q")
