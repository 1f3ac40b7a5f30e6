"""A ticket on an 80 mm roll: black only, as a thermal head has no grey, and as long as its words need."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm

from pos_app.documents.qr_symbol import MODULES, QUIET_ZONE, draw_symbol
from pos_app.documents.text_setting import Align, Face, SetText, draw_text, fit_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from pos_app.documents.ticket_words import Captions, TicketText

_DOT: Final = 72 / 203
"""A dot of the thermal head in points."""

_PAGE_WIDTH: Final = 640 * _DOT
"""80 mm, of which the middle 576 dots can be printed."""

_HAIR: Final = 0.002
"""Points by which a page is shorter than whole dots: renderers round up, and one dot more would blur the symbol."""


_LEFT: Final = 36 * _DOT
_WIDTH: Final = 568 * _DOT
"""Half a millimetre is kept on each side of what can be printed: letters such as Î hang out a little."""
_MODULE: Final = 6 * _DOT
_GUTTER: Final = 3 * mm

_HALF: Final = _WIDTH / 2

_CAPTION: Final = 7.2
_SMALL: Final = (11, 10, 9, 8)


@dataclass(slots=True)
class _Strip:
    """What stands on the roll from the top down: each part draws itself below the y that it is given."""

    height: float = 0.0
    parts: list[tuple[float, Callable[[Canvas, float], None]]] = field(default_factory=list)

    def add(self, height: float, draw: Callable[[Canvas, float], None]) -> None:
        self.parts.append((self.height, draw))
        self.height += height

    def space(self, height: float) -> None:
        self.height += height


def draw_roll_ticket(canvas: Canvas, text: TicketText, code: str, captions: Captions) -> None:
    """Draw one ticket on the current page, which becomes 80 mm wide and as long as needed, in whole dots."""
    strip = _Strip()
    strip.space(4 * mm)
    _add_heading(strip, text)
    _add_facts(strip, (13, 12, 11, 10), [(captions.date, text.date)])
    strip.space(2.5 * mm)
    _add_facts(strip, (20, 18, 15, 12, 10), [(captions.starts, text.starts), (captions.doors, text.doors)])
    _add_rule(strip)
    _add_place(strip, text, captions)
    _add_rule(strip)
    _add_facts(strip, (11, 10), [(captions.ticket, text.ticket)], wrapped=(10, 9, 8))
    strip.space(2.5 * mm)
    _add_facts(strip, _SMALL, [(captions.price, text.price), (captions.order, text.order)])
    if text.name:
        strip.space(2.5 * mm)
        _add_facts(strip, (11, 10), [(captions.name, text.name)], wrapped=(10, 9, 8))
    _add_rule(strip)
    _add_code(strip, text, code, captions)
    strip.space(5 * mm)
    height = math.ceil(strip.height / _DOT) * _DOT
    canvas.setPageSize((_PAGE_WIDTH - _HAIR, height - _HAIR))
    canvas.setFillGray(0)
    canvas.setStrokeGray(0)
    for offset, draw in strip.parts:
        draw(canvas, height - offset)


def _add_text(strip: _Strip, text: SetText, x: float, align: Align = Align.LEFT) -> None:
    if not any(text.lines):
        return
    height = len(text.lines) * text.leading

    def draw(canvas: Canvas, top: float) -> None:
        draw_text(canvas, x, top - 0.97 * text.size, text, align)

    strip.add(height, draw)


def _add_heading(strip: _Strip, text: TicketText) -> None:
    _add_text(strip, fit_text(text.venue, Face.SEMIBOLD, (9.5, 8.5), _WIDTH, wrapped=(8.5,)), _LEFT)
    _add_text(strip, fit_text(text.address, Face.REGULAR, (8,), _WIDTH, wrapped=(8,)), _LEFT)
    strip.space(2.5 * mm)
    _add_text(strip, fit_text(text.title, Face.BOLD, (22, 20, 18), _WIDTH, wrapped=(18, 16.5, 15), lines=3), _LEFT)
    strip.space(3 * mm)


def _add_place(strip: _Strip, text: TicketText, captions: Captions) -> None:
    seated = bool(text.row or text.seat)
    _add_facts(strip, (22, 20, 18) if seated else (28, 25, 22, 19), [(captions.zone, text.zone)], wrapped=(17, 15))
    if seated and text.zone:
        strip.space(2.5 * mm)
    _add_facts(strip, (34, 30, 26, 22, 18, 14, 11), [(captions.row, text.row), (captions.seat, text.seat)])


def _add_facts(
    strip: _Strip, sizes: tuple[float, ...], facts: Sequence[tuple[str, str]], *, wrapped: tuple[float, ...] = ()
) -> None:
    """Add captions with their values below them: one over the whole width, or two side by side."""
    shown = [(caption, value) for caption, value in facts if value]
    if not shown:
        return
    alone = len(facts) == 1
    width = _WIDTH if alone else _HALF - _GUTTER
    rows = [
        (
            _LEFT if caption == facts[0][0] else _LEFT + _HALF,
            fit_text(caption.upper(), Face.MEDIUM, (_CAPTION, 6), width),
            fit_text(value, Face.BOLD, sizes, width, wrapped=wrapped),
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

    strip.add(first + max(tallest, 1.2 * largest), draw)


def _add_rule(strip: _Strip) -> None:
    def draw(canvas: Canvas, top: float) -> None:
        canvas.setLineWidth(2 * _DOT)
        canvas.setDash([4 * _DOT, 6 * _DOT])
        canvas.line(_LEFT, top, _LEFT + _WIDTH, top)
        canvas.setDash()

    strip.space(3 * mm)
    strip.add(0, draw)
    strip.space(3.5 * mm)


def _add_code(strip: _Strip, text: TicketText, code: str, captions: Captions) -> None:
    side = MODULES * _MODULE
    left = (_PAGE_WIDTH - side) / 2
    left = round(left / _DOT) * _DOT

    def draw(canvas: Canvas, top: float) -> None:
        bottom = math.floor((top - side) / _DOT + 1e-6) * _DOT
        draw_symbol(canvas, code, left=left, bottom=bottom, module=_MODULE)

    middle = _PAGE_WIDTH / 2
    strip.space(max(0.0, QUIET_ZONE * _MODULE - 3.5 * mm))
    strip.add(side + _DOT + QUIET_ZONE * _MODULE, draw)
    _add_text(strip, fit_text(text.short_code, Face.BOLD, (17, 14), _WIDTH), middle, Align.CENTRE)
    _add_text(strip, fit_text(captions.entry, Face.REGULAR, (7.5, 7), _WIDTH), middle, Align.CENTRE)
    if text.reprint:
        strip.space(2.5 * mm)
        _add_badge(strip, fit_text(text.reprint, Face.BOLD, (11, 9), _WIDTH - 8 * mm))


def _add_badge(strip: _Strip, words: SetText) -> None:
    height = words.size + 3 * mm

    def draw(canvas: Canvas, top: float) -> None:
        width = words.width + 8 * mm
        canvas.roundRect((_PAGE_WIDTH - width) / 2, top - height, width, height, height / 2, stroke=0, fill=1)
        canvas.setFillGray(1)
        draw_text(canvas, _PAGE_WIDTH / 2, top - height / 2 - 0.36 * words.size, words, Align.CENTRE)
        canvas.setFillGray(0)

    strip.add(height, draw)
