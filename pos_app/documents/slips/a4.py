"""The slip of a reservation on A4: until when, for whom, how much, and which places; as many pages as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm

from pos_app.documents.setting.colours import ACCENT, INK, QUIET, fill, stroke
from pos_app.documents.setting.qr_symbol import SMALL_MODULES, draw_small_symbol
from pos_app.documents.setting.text import Align, Face, draw_text, fit_text
from pos_app.documents.tickets.cover_a4 import LEFT, RIGHT, WIDTH, Block, evening_blocks, fill_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

    from pos_app.documents.setting.logo import Logo
    from pos_app.documents.slips.words import SlipText
    from pos_app.documents.tickets.captions import Captions

_MODULE: Final = 1.5 * mm
_SIDE: Final = SMALL_MODULES * _MODULE
_BESIDE: Final = WIDTH - _SIDE - 12 * mm


def draw_a4_slip(canvas: Canvas, text: SlipText, captions: Captions, logo: Logo | None) -> None:
    """Draw a slip on the current page and as many more as the list takes; the last one is left open."""
    fill_pages(canvas, _blocks(text, captions, logo), lambda page: _draw_foot(canvas, text, page))


def _blocks(text: SlipText, captions: Captions, logo: Logo | None) -> Iterator[Block]:
    yield Block(98 * mm, lambda canvas, top: _draw_head(canvas, top, text, captions, logo))
    yield from evening_blocks(text.reserved.evenings, captions)


def _draw_head(canvas: Canvas, top: float, text: SlipText, captions: Captions, logo: Logo | None) -> None:
    reserved = text.reserved
    beside_logo = WIDTH
    if logo is not None:
        logo.draw(canvas, RIGHT - logo.width, top - logo.height)
        beside_logo -= logo.width + 8 * mm
    fill(canvas, ACCENT)
    draw_text(canvas, LEFT, top - 4 * mm, fit_text(reserved.venue, Face.SEMIBOLD, (12, 11, 10), beside_logo))
    fill(canvas, QUIET)
    draw_text(canvas, LEFT, top - 10 * mm, fit_text(reserved.address, Face.REGULAR, (9.5, 8.5), beside_logo))
    draw_text(canvas, LEFT, top - 27 * mm, fit_text(text.heading.upper(), Face.MEDIUM, (8,), _BESIDE))
    fill(canvas, INK)
    name = fit_text(reserved.name or reserved.order, Face.BOLD, (30, 27, 24, 21), _BESIDE, wrapped=(16, 14))
    draw_text(canvas, LEFT, top - (38 if len(name.lines) == 1 else 35) * mm, name)
    _fact(canvas, LEFT, top - 50 * mm, text.until_caption, text.until, _BESIDE)
    half = _BESIDE / 2
    _fact(canvas, LEFT, top - 65 * mm, text.to_pay_caption, reserved.total, half - 4 * mm)
    _fact(canvas, LEFT + half, top - 65 * mm, captions.seats, reserved.tickets, half)
    canvas.setFillGray(0)
    left = RIGHT - _SIDE
    draw_small_symbol(canvas, text.code, left=left, bottom=top - 24 * mm - _SIDE, module=_MODULE)
    middle = left + _SIDE / 2
    fill(canvas, INK)
    below = top - 24 * mm - _SIDE
    draw_text(
        canvas, middle, below - 8 * mm, fit_text(reserved.order, Face.BOLD, (15, 13), _SIDE + 10 * mm), Align.CENTRE
    )
    fill(canvas, QUIET)
    bring = fit_text(text.bring, Face.REGULAR, (7.5, 7), _SIDE, wrapped=(7.5, 7))
    draw_text(canvas, middle, below - 13 * mm, bring, Align.CENTRE)
    fill(canvas, INK)
    words = fit_text(text.not_paid, Face.SEMIBOLD, (10.5, 9.5), WIDTH, wrapped=(9.5, 8.5))
    draw_text(canvas, LEFT, top - 83 * mm, words)
    stroke(canvas, ACCENT, 1.6)
    canvas.line(LEFT, top - 91 * mm, RIGHT, top - 91 * mm)


def _fact(canvas: Canvas, left: float, y: float, caption: str, value: str, width: float) -> None:
    if not value:
        return
    fill(canvas, QUIET)
    draw_text(canvas, left, y, fit_text(caption.upper(), Face.MEDIUM, (7.5, 6.5), width))
    fill(canvas, INK)
    draw_text(canvas, left, y - 7 * mm, fit_text(value, Face.BOLD, (16, 14, 12, 10, 8), width))


def _draw_foot(canvas: Canvas, text: SlipText, page: str) -> None:
    fill(canvas, QUIET)
    draw_text(canvas, LEFT, 15 * mm, fit_text(text.line, Face.REGULAR, (8.5, 7.5), 0.6 * WIDTH))
    words = "  ·  ".join(part for part in (text.reserved.order, page) if part)
    draw_text(canvas, RIGHT, 15 * mm, fit_text(words, Face.REGULAR, (8.5, 7.5), 0.38 * WIDTH), Align.RIGHT)
