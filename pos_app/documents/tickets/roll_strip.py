"""What an 80 mm roll can take, and a strip of it that grows downwards part by part: black only, in whole dots."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm

from pos_app.documents.setting.text import Align, Face, SetText, draw_text, fit_evenly, fit_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from pos_app.documents.setting.logo import Logo

DOT: Final = 72 / 203
"""A dot of the thermal head in points."""

PAGE_WIDTH: Final = 640 * DOT
"""80 mm, of which the middle 576 dots can be printed."""

LEFT: Final = 36 * DOT
WIDTH: Final = 568 * DOT
"""Half a millimetre is kept on each side of what can be printed: letters such as Î hang out a little."""

LOGO_BOX: Final = (46 * mm, 14 * mm)

HAIR: Final = 0.002
"""Points by which a page is shorter than whole dots: renderers round up, and one dot more would blur the symbol."""

_GUTTER: Final = 3 * mm
_HALF: Final = WIDTH / 2
_CAPTION: Final = 7.2


@dataclass(slots=True)
class RollStrip:
    """What stands on the roll from the top down: each part draws itself below the y that it is given."""

    height: float = 0.0
    parts: list[tuple[float, Callable[[Canvas, float], None]]] = field(default_factory=list)

    def add(self, height: float, draw: Callable[[Canvas, float], None]) -> None:
        """Add a part of a height in points."""
        self.parts.append((self.height, draw))
        self.height += height

    def space(self, height: float) -> None:
        """Leave room."""
        self.height += height

    def draw(self, canvas: Canvas) -> None:
        """Draw all of it on the current page, which becomes 80 mm wide and as long as needed, in whole dots."""
        height = math.ceil(self.height / DOT) * DOT
        canvas.setPageSize((PAGE_WIDTH - HAIR, height - HAIR))
        canvas.setFillGray(0)
        canvas.setStrokeGray(0)
        for offset, draw in self.parts:
            draw(canvas, height - offset)

    def add_logo(self, logo: Logo) -> None:
        """Add the logo at the left, on whole dots."""

        def draw(canvas: Canvas, top: float) -> None:
            logo.draw(canvas, LEFT, math.floor((top - logo.height) / DOT + 1e-6) * DOT)

        self.add(logo.height + DOT, draw)

    def add_text(self, text: SetText, x: float = LEFT, align: Align = Align.LEFT) -> None:
        """Add set text."""
        if not any(text.lines):
            return

        def draw(canvas: Canvas, top: float) -> None:
            draw_text(canvas, x, top - 0.97 * text.size, text, align)

        self.add(len(text.lines) * text.leading, draw)

    def add_facts(
        self, sizes: tuple[float, ...], facts: Sequence[tuple[str, str]], *, wrapped: tuple[float, ...] = ()
    ) -> None:
        """Add captions with their values below them: one over the whole width, or two side by side."""
        shown = [(caption, value) for caption, value in facts if value]
        if not shown:
            return
        width = WIDTH if len(facts) == 1 else _HALF - _GUTTER
        rows = [
            (
                LEFT if caption == facts[0][0] else LEFT + _HALF,
                fit_text(caption.upper(), Face.MEDIUM, (_CAPTION, 6), width),
                fit_evenly(value, Face.BOLD, sizes, width, wrapped=wrapped),
            )
            for caption, value in shown
        ]
        largest = max(value.size for _, _, value in rows)
        tallest = max(len(value.lines) * value.leading for _, _, value in rows)
        first = 1.5 * _CAPTION

        def draw(canvas: Canvas, top: float) -> None:
            for left, caption, value in rows:
                draw_text(canvas, left, top - _CAPTION, caption)
                draw_text(canvas, left, top - first - 0.97 * largest, value)

        self.add(first + max(tallest, 1.2 * largest), draw)

    def add_rule(self) -> None:
        """Add a dashed line with room around it."""

        def draw(canvas: Canvas, top: float) -> None:
            canvas.setLineWidth(2 * DOT)
            canvas.setDash([4 * DOT, 6 * DOT])
            canvas.line(LEFT, top, LEFT + WIDTH, top)
            canvas.setDash()

        self.space(3 * mm)
        self.add(0, draw)
        self.space(3.5 * mm)
