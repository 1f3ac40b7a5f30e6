"""A ticket on 5.5 x 2 inch stock for thermal ticket printers: code, facts, and a stub to tear off; black only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.documents.setting.qr_symbol import MODULES, draw_symbol
from pos_app.documents.setting.text import Align, Face, SetText, draw_text, fit_evenly, fit_text, is_cut
from pos_app.documents.tickets.roll_strip import DOT, HAIR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from pos_app.documents.setting.logo import Logo
    from pos_app.documents.tickets.captions import Captions
    from pos_app.documents.tickets.words import TicketText

_DOTS_ACROSS, _DOTS_ALONG = 1116, 406
HEIGHT: Final = _DOTS_ALONG * DOT
STOCK_SIZE: Final = (_DOTS_ACROSS * DOT - HAIR, HEIGHT - HAIR)

LOGO_BOX: Final = (60.0, 24.0)

_MODULE: Final = 6 * DOT
_SYMBOL: Final = 36
"""Dots from the left and the upper edge: more than the quiet zone, and within what every head can reach."""
_SIDE: Final = MODULES * _MODULE
_CODE_MIDDLE: Final = _SYMBOL * DOT + _SIDE / 2
_CODE_WIDTH: Final = _SIDE + 24 * DOT

_LEFT: Final = 294 * DOT
_RIGHT: Final = 862 * DOT
_TEAR: Final = 877 * DOT
_STUB: Final = 892 * DOT
_STUB_RIGHT: Final = 1096 * DOT
_GUTTER: Final = 5.0
_TITLE_HEIGHT: Final = 34.0
_NARROW: Final = (132.0, 168.0)
_WIDE: Final = (92.0, 142.0)
"""Where the second and the third column of the facts begin, from the left of all."""

_CAPTION: Final = (5.6, 5.0, 4.4)


def draw_stock_ticket(canvas: Canvas, text: TicketText, captions: Captions, logo: Logo | None) -> None:
    """Draw one ticket on the current page, which becomes 5.5 x 2 inches."""
    start_stock_page(canvas)
    _draw_code(canvas, text, captions)
    draw_stock_heading(canvas, (text.venue, text.address), text.title, logo, right=_RIGHT)
    moment = ((captions.date, text.date), (captions.starts, text.starts), (captions.doors, text.doors))
    place = ((captions.zone, text.zone), (captions.row, text.row), (captions.seat, text.seat))
    sale = ((captions.ticket, text.ticket), (captions.price, text.price), (captions.order, text.order))
    # What lasts for days takes two lines, for which there is room where the title leaves some.
    _draw_row(canvas, 53.5 if text.starts else 50.5, (9, 8.5, 8, 7, 6), moment, _NARROW, wrapped=(6.6, 6))
    _draw_row(canvas, 75.5, (18, 16, 14, 12, 10, 8), place, _NARROW)
    _draw_row(canvas, 106, (8.5, 8, 7), sale, _WIDE, wrapped=(6.4, 6))
    _draw_foot(canvas, text)
    _draw_stub(canvas, text, captions)


def start_stock_page(canvas: Canvas, *, tear: bool = True) -> None:
    """Make the current page 5.5 x 2 inches and its ink black; with the line to tear along unless told."""
    canvas.setPageSize(STOCK_SIZE)
    canvas.setFillGray(0)
    canvas.setStrokeGray(0)
    if tear:
        canvas.setLineWidth(DOT)
        canvas.setDash([3 * DOT, 6 * DOT])
        canvas.line(_TEAR, HEIGHT - 5, _TEAR, 5)
        canvas.setDash()


def draw_stock_heading(canvas: Canvas, house: tuple[str, str], title: str, logo: Logo | None, *, right: float) -> None:
    """Draw the house (name, address) and the title in the upper third, and the logo at its right end on whole dots."""
    name, address = house
    width = right - _LEFT
    if logo is not None:
        bottom = round((HEIGHT - 8 - logo.height) / DOT) * DOT
        logo.draw(canvas, round((right - logo.width) / DOT) * DOT, bottom)
        width -= logo.width + 8
    venue = fit_text(name, Face.SEMIBOLD, (7.6, 7), 0.6 * width if address else width)
    _write(canvas, _LEFT, 13, venue)
    beside = venue.width + 5 if venue.width else 0.0
    _write(canvas, _LEFT + beside, 13, fit_text(address, Face.REGULAR, (7.6, 7, 6), width - beside))
    wording = _fit_title(title, width)
    below = 31.5 - (len(wording.lines) - 1) * wording.leading / 2 + 0.36 * wording.size
    _write(canvas, _LEFT, below, wording)


def _fit_title(title: str, width: float) -> SetText:
    """One line or two; three small ones where they save the end of the title and are not of a tall script."""
    two = fit_text(title, Face.BOLD, (18, 17, 16, 15, 14), width, wrapped=(11.5, 10.5, 9.5))
    if len(two.lines) == 1 or not is_cut(two):
        return two
    three = fit_text(title, Face.BOLD, (9,), width, wrapped=(9.2, 8.6), lines=3)
    return three if len(three.lines) * three.leading <= _TITLE_HEIGHT else two


def draw_stock_fact(canvas: Canvas, x: float, below: float, caption: str, value: SetText, width: float) -> None:
    """Draw a caption with its baseline so far below the upper edge, and a value under it."""
    _write(canvas, x, below, fit_text(caption.upper(), Face.MEDIUM, _CAPTION, width))
    _write(canvas, x, below + 3.6 + 0.78 * value.size, value)


def _draw_row(
    canvas: Canvas,
    below: float,
    sizes: tuple[float, ...],
    facts: Sequence[tuple[str, str]],
    columns: tuple[float, float],
    *,
    wrapped: tuple[float, ...] = (),
) -> None:
    """Draw up to three facts; one takes the room of the empty ones to its right, and the first may wrap."""
    lefts = (_LEFT, _LEFT + columns[0], _LEFT + columns[1])
    for index, (caption, value) in enumerate(facts):
        if value:
            following = [lefts[later] for later in range(index + 1, len(facts)) if facts[later][1]]
            width = (following[0] - _GUTTER if following else _RIGHT) - lefts[index]
            if index == 0:
                words = fit_evenly(value, Face.BOLD, sizes, width, wrapped=wrapped)
            else:
                words = fit_text(value, Face.BOLD, (*sizes, *wrapped), width)
            draw_stock_fact(canvas, lefts[index], below, caption, words, width)


def _draw_foot(canvas: Canvas, text: TicketText) -> None:
    """The name at the left; the line of the house in what it leaves."""
    width = _RIGHT - _LEFT
    name = fit_text(text.name, Face.REGULAR, (7.6, 7, 6), 0.42 * width if text.line else width)
    _write(canvas, _LEFT, 134, name)
    if not text.line:
        return
    used = name.width + 8 if name.width else 0.0
    line = fit_text(text.line, Face.SEMIBOLD, (7.6, 7, 6.4, 5.8), width - used)
    _write(canvas, _RIGHT if used else _LEFT, 134, line, Align.RIGHT if used else Align.LEFT)


def _draw_code(canvas: Canvas, text: TicketText, captions: Captions) -> None:
    bottom = (_DOTS_ALONG - _SYMBOL) * DOT - _SIDE
    draw_symbol(canvas, text.code, left=_SYMBOL * DOT, bottom=bottom, module=_MODULE)
    below = HEIGHT - bottom
    short = fit_text(text.short_code, Face.BOLD, (12, 11, 10, 9), _CODE_WIDTH)
    _write(canvas, _CODE_MIDDLE, below + 19.5, short, Align.CENTRE)
    entry = fit_text(captions.entry, Face.REGULAR, (6.4,), _CODE_WIDTH, wrapped=(6.4, 6))
    _write(canvas, _CODE_MIDDLE, below + 31, entry, Align.CENTRE)


def _draw_stub(canvas: Canvas, text: TicketText, captions: Captions) -> None:
    width = _STUB_RIGHT - _STUB
    half = width / 2
    _write(canvas, _STUB, 14, fit_text(text.title, Face.BOLD, (9, 8.5, 8), width, wrapped=(7, 6.4)))
    lines = 2 if text.starts else 3
    _write(canvas, _STUB, 36, fit_evenly(text.date, Face.REGULAR, (7,), width, wrapped=(6.6, 6), lines=lines))
    _write(canvas, _STUB, 60.5, fit_text(text.starts, Face.BOLD, (11, 10, 8, 6.5), half))
    price = fit_text(text.price, Face.SEMIBOLD, (8, 7, 6, 5), half - 2)
    _write(canvas, _STUB_RIGHT, 60.5, price, Align.RIGHT)
    _write(canvas, _STUB, 76, fit_text(text.zone, Face.BOLD, (9.5, 8.5, 7.5, 7), width))
    for x, caption, value in ((_STUB, captions.row, text.row), (_STUB + half, captions.seat, text.seat)):
        if value:
            words = fit_text(value, Face.BOLD, (15, 13, 11, 9, 7), half - 3)
            draw_stock_fact(canvas, x, 85.5, caption, words, half - 3)
    _write(canvas, _STUB, 116, fit_text(text.ticket, Face.REGULAR, (7, 6.4, 6), width))
    _write(canvas, _STUB, 125.5, fit_text(text.order, Face.SEMIBOLD, (7, 6), width))
    if text.reprint:
        badge = fit_text(text.reprint, Face.BOLD, (7, 6), width - 8)
        canvas.roundRect(_STUB, HEIGHT - 138.5, badge.width + 8, 9.6, 2, stroke=0, fill=1)
        canvas.setFillGray(1)
        _write(canvas, _STUB + 4, 136, badge)
        canvas.setFillGray(0)


def _write(canvas: Canvas, x: float, below: float, text: SetText, align: Align = Align.LEFT) -> None:
    draw_text(canvas, x, HEIGHT - below, text, align)
