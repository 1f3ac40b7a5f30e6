"""A ticket on an A4 page: a card in the upper third with the code on a stub, and a line to cut along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from pos_app.documents.qr_symbol import MODULES, draw_symbol
from pos_app.documents.text_setting import Align, Face, SetText, draw_text, fit_text

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from pos_app.documents.ticket_words import Captions, TicketText

_INK: Final = 0x14161F
_QUIET: Final = 0x5B6275
_RULE: Final = 0xD5D9E4
_ACCENT: Final = 0x3B4CCA

_CARD_LEFT, _CARD_RIGHT = 12 * mm, 198 * mm
_CARD_TOP, _CARD_BOTTOM = 285 * mm, 193 * mm
_BAND: Final = 5 * mm
_STUB: Final = 146 * mm
_CUT: Final = 186 * mm

_LEFT: Final = 25 * mm
_SECOND: Final = 89 * mm
_THIRD: Final = 115 * mm
_RIGHT: Final = 141 * mm
_GUTTER: Final = 4 * mm

_MODULE: Final = 72 * 12 / 300
"""Twelve dots of a 300 dpi printer, so that modules fall on whole dots there and at 600: the symbol is 37.6 mm wide."""


def draw_a4_ticket(canvas: Canvas, text: TicketText, code: str, captions: Captions) -> None:
    """Draw one ticket on the current page, which becomes A4."""
    canvas.setPageSize(A4)
    _draw_card(canvas)
    _draw_title(canvas, text)
    _draw_facts(canvas, text, captions)
    _draw_stub(canvas, text, code, captions)
    _draw_cut(canvas, captions)


def _draw_card(canvas: Canvas) -> None:
    width, height, radius = _CARD_RIGHT - _CARD_LEFT, _CARD_TOP - _CARD_BOTTOM, 4 * mm
    _stroke(canvas, _RULE, 0.8)
    canvas.roundRect(_CARD_LEFT, _CARD_BOTTOM, width, height, radius, stroke=1, fill=0)
    canvas.saveState()
    outline = canvas.beginPath()
    outline.roundRect(_CARD_LEFT, _CARD_BOTTOM, width, height, radius)
    canvas.clipPath(outline, stroke=0, fill=0)
    _fill(canvas, _ACCENT)
    canvas.rect(_CARD_LEFT, _CARD_BOTTOM, _BAND, height, stroke=0, fill=1)
    canvas.restoreState()
    _stroke(canvas, _RULE, 1.2)
    canvas.setDash([0.1, 4])
    canvas.setLineCap(1)
    canvas.line(_STUB, _CARD_TOP - 5 * mm, _STUB, _CARD_BOTTOM + 5 * mm)
    canvas.setDash()


def _draw_title(canvas: Canvas, text: TicketText) -> None:
    width = _RIGHT - _LEFT
    baseline = _CARD_TOP - 11 * mm
    venue = fit_text(text.venue, Face.SEMIBOLD, (9,), 0.62 * width if text.address else width)
    _fill(canvas, _ACCENT)
    draw_text(canvas, _LEFT, baseline, venue)
    _fill(canvas, _QUIET)
    beside = venue.width + 2.5 * mm if venue.width else 0.0
    draw_text(canvas, _LEFT + beside, baseline, fit_text(text.address, Face.REGULAR, (9, 8), width - beside))
    _fill(canvas, _INK)
    title = fit_text(text.title, Face.BOLD, (25, 23, 21, 19), width, wrapped=(19, 17.5, 16, 14.5))
    middle = _CARD_TOP - 22.5 * mm
    first = middle + (len(title.lines) - 1) * title.leading / 2 - 0.36 * title.size
    draw_text(canvas, _LEFT, first, title)


def _draw_facts(canvas: Canvas, text: TicketText, captions: Captions) -> None:
    moment = ((captions.date, text.date), (captions.starts, text.starts), (captions.doors, text.doors))
    place = ((captions.zone, text.zone), (captions.row, text.row), (captions.seat, text.seat))
    sale = ((captions.ticket, text.ticket), (captions.price, text.price), (captions.order, text.order))
    _draw_row(canvas, 38 * mm, Face.BOLD, (12, 11.5, 11, 10, 9, 8), (9, 8), moment)
    _draw_rule(canvas, 48.5 * mm)
    _draw_row(canvas, 55 * mm, Face.BOLD, (27, 25, 23, 20), (15, 13, 11.5), place)
    _draw_rule(canvas, 71 * mm)
    _draw_row(canvas, 77.5 * mm, Face.SEMIBOLD, (11, 10, 9, 8, 7, 6.2), (9, 8), sale)


def _draw_row(
    canvas: Canvas,
    below: float,
    face: Face,
    sizes: tuple[float, ...],
    wrapped: tuple[float, ...],
    facts: tuple[tuple[str, str], ...],
) -> None:
    """Draw up to three facts on the card's columns; a fact takes the room of the empty ones to its right.

    The first may wrap; the others, short by nature, shrink down to the smallest wrapped size and then are cut.
    """
    lefts = (_LEFT, _SECOND, _THIRD)
    top = _CARD_TOP - below
    for index, (caption, value) in enumerate(facts):
        if not value:
            continue
        following = [lefts[later] for later in range(index + 1, len(facts)) if facts[later][1]]
        width = following[0] - lefts[index] - _GUTTER if following else _RIGHT - lefts[index]
        _fill(canvas, _QUIET)
        draw_text(canvas, lefts[index], top, fit_text(caption.upper(), Face.MEDIUM, (6.8, 6, 5), width))
        _fill(canvas, _INK)
        if index == 0:
            wording = fit_text(value, face, sizes[:4], width, wrapped=wrapped)
        else:
            wording = fit_text(value, face, (*sizes, *wrapped) if sizes[-1] > wrapped[-1] else sizes, width)
        size = sizes[0] if len(wording.lines) == 1 else wording.size
        draw_text(canvas, lefts[index], top - 5.5 - 0.78 * size, wording)


def _draw_stub(canvas: Canvas, text: TicketText, code: str, captions: Captions) -> None:
    centre, width = (_STUB + _CARD_RIGHT) / 2, _CARD_RIGHT - _STUB - 8 * mm
    side = MODULES * _MODULE
    bottom = _CARD_TOP - 9 * mm - side
    draw_symbol(canvas, code, left=centre - side / 2, bottom=bottom, module=_MODULE)
    _fill(canvas, _INK)
    _centred(canvas, centre, bottom - 8.5 * mm, fit_text(text.short_code, Face.BOLD, (14, 13, 11, 9), width))
    _fill(canvas, _QUIET)
    _centred(canvas, centre, bottom - 12.5 * mm, fit_text(captions.entry, Face.REGULAR, (6.8, 6, 5), width))
    _stroke(canvas, _RULE, 0.6)
    canvas.line(centre - side / 2, bottom - 16.5 * mm, centre + side / 2, bottom - 16.5 * mm)
    _fill(canvas, _INK)
    seat = " · ".join(
        f"{caption} {value}" for caption, value in ((captions.row, text.row), (captions.seat, text.seat)) if value
    )
    below = bottom - 22 * mm
    for value, face, colour in (
        (text.zone, Face.SEMIBOLD, _INK),
        (seat, Face.SEMIBOLD, _INK),
        (text.name, Face.REGULAR, _QUIET),
    ):
        if value:
            _fill(canvas, colour)
            _centred(canvas, centre, below, fit_text(value, face, (9.5, 8.5, 7.5), width))
            below -= 4.8 * mm
    if text.reprint:
        _draw_badge(canvas, centre, bottom - 39.5 * mm, text.reprint, width)


def _centred(canvas: Canvas, centre: float, baseline: float, text: SetText) -> None:
    draw_text(canvas, centre, baseline, text, Align.CENTRE)


def _draw_badge(canvas: Canvas, centre: float, baseline: float, words: str, width: float) -> None:
    badge = fit_text(words, Face.BOLD, (8.5, 7), width - 6 * mm)
    _fill(canvas, _INK)
    canvas.roundRect(
        centre - badge.width / 2 - 3 * mm, baseline - 1.9 * mm, badge.width + 6 * mm, 6 * mm, 3 * mm, stroke=0, fill=1
    )
    _fill(canvas, 0xFFFFFF)
    draw_text(canvas, centre, baseline, badge, Align.CENTRE)


def _draw_cut(canvas: Canvas, captions: Captions) -> None:
    _stroke(canvas, 0xA9AFBF, 0.6)
    canvas.setDash([4, 4])
    canvas.line(0, _CUT, A4[0], _CUT)
    canvas.setDash()
    _fill(canvas, _QUIET)
    draw_text(
        canvas, _CARD_LEFT, _CUT - 7 * mm, fit_text(captions.care, Face.REGULAR, (8, 7), _CARD_RIGHT - _CARD_LEFT)
    )


def _draw_rule(canvas: Canvas, below: float) -> None:
    _stroke(canvas, _RULE, 0.6)
    canvas.line(_LEFT, _CARD_TOP - below, _RIGHT, _CARD_TOP - below)


def _fill(canvas: Canvas, colour: int) -> None:
    canvas.setFillColorRGB(*_parts(colour))


def _stroke(canvas: Canvas, colour: int, width: float) -> None:
    canvas.setStrokeColorRGB(*_parts(colour))
    canvas.setLineWidth(width)


def _parts(colour: int) -> tuple[float, float, float]:
    return (colour >> 16) / 255, (colour >> 8 & 255) / 255, (colour & 255) / 255
