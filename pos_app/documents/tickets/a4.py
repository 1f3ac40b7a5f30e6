"""Tickets on A4: one as a card in the upper third of the page, or three to cut apart; the code on a stub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from pos_app.documents.setting.colours import ACCENT, INK, QUIET, RULE, WHITE, fill, stroke
from pos_app.documents.setting.qr_symbol import MODULES, draw_symbol
from pos_app.documents.setting.text import Align, Face, SetText, draw_text, fit_evenly, fit_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from pos_app.documents.setting.logo import Logo
    from pos_app.documents.tickets.captions import Captions
    from pos_app.documents.tickets.words import TicketText

_THIRDS: Final = 3

_CARD_LEFT, _CARD_RIGHT = 12 * mm, 198 * mm
_CARD_TOP, _CARD_BOTTOM = 285 * mm, 190 * mm
_BAND: Final = 5 * mm
_STUB: Final = 146 * mm
_CUT: Final = 184 * mm

_LEFT: Final = 25 * mm
_SECOND: Final = 89 * mm
_THIRD: Final = 115 * mm
_RIGHT: Final = 141 * mm
_GUTTER: Final = 4 * mm

_SLOT: Final = 99 * mm
"""A third of the page; every cut is at the same distance, as a guillotine likes it."""
_RISE: Final = 12 * mm
"""How far a ticket without a card moves up to stand in the middle of its third."""

LOGO_BOX: Final = (38 * mm, 9 * mm)

_MODULE: Final = 72 * 12 / 300
"""Twelve dots of a 300 dpi printer, so that modules fall on whole dots there and at 600: the symbol is 37.6 mm wide."""


def draw_a4_ticket(canvas: Canvas, text: TicketText, captions: Captions, logo: Logo | None) -> None:
    """Draw one ticket as a card on the current page, which becomes A4."""
    canvas.setPageSize(A4)
    _draw_card(canvas)
    _draw_ticket(canvas, text, captions, logo)
    _draw_cut(canvas, _CUT)
    fill(canvas, QUIET)
    care = fit_text(captions.care, Face.REGULAR, (8, 7), _CARD_RIGHT - _CARD_LEFT)
    draw_text(canvas, _CARD_LEFT, _CUT - 7 * mm, care)


def draw_a4_thirds(canvas: Canvas, texts: Sequence[TicketText], captions: Captions, logo: Logo | None) -> None:
    """Draw up to three tickets from the top of the current page, which becomes A4, with lines to cut between them."""
    canvas.setPageSize(A4)
    for slot, text in enumerate(texts):
        canvas.saveState()
        canvas.translate(0, _RISE - slot * _SLOT)
        fill(canvas, ACCENT)
        height = _CARD_TOP - _CARD_BOTTOM - 16 * mm
        canvas.roundRect(15 * mm, _CARD_BOTTOM + 5 * mm, 2.4 * mm, height + 3.5 * mm, 1.2 * mm, stroke=0, fill=1)
        _draw_ticket(canvas, text, captions, logo)
        canvas.restoreState()
        if slot < _THIRDS - 1:
            _draw_cut(canvas, A4[1] - (slot + 1) * _SLOT)


def _draw_card(canvas: Canvas) -> None:
    width, height, radius = _CARD_RIGHT - _CARD_LEFT, _CARD_TOP - _CARD_BOTTOM, 4 * mm
    stroke(canvas, RULE, 0.8)
    canvas.roundRect(_CARD_LEFT, _CARD_BOTTOM, width, height, radius, stroke=1, fill=0)
    canvas.saveState()
    outline = canvas.beginPath()
    outline.roundRect(_CARD_LEFT, _CARD_BOTTOM, width, height, radius)
    canvas.clipPath(outline, stroke=0, fill=0)
    fill(canvas, ACCENT)
    canvas.rect(_CARD_LEFT, _CARD_BOTTOM, _BAND, height, stroke=0, fill=1)
    canvas.restoreState()


def _draw_ticket(canvas: Canvas, text: TicketText, captions: Captions, logo: Logo | None) -> None:
    stroke(canvas, RULE, 1.2)
    canvas.setDash([0.1, 4])
    canvas.setLineCap(1)
    canvas.line(_STUB, _CARD_TOP - 6 * mm, _STUB, _CARD_BOTTOM + 5 * mm)
    canvas.setDash()
    _draw_title(canvas, text, logo)
    _draw_facts(canvas, text, captions)
    _draw_line_of_the_house(canvas, text.line)
    _draw_stub(canvas, text, captions)


def _draw_title(canvas: Canvas, text: TicketText, logo: Logo | None) -> None:
    width = _RIGHT - _LEFT
    beside_logo = width
    if logo is not None:
        logo.draw(canvas, _RIGHT - logo.width, _CARD_TOP - 13.2 * mm + (LOGO_BOX[1] - logo.height) / 2)
        beside_logo -= logo.width + _GUTTER
    baseline = _CARD_TOP - 11 * mm
    venue = fit_text(text.venue, Face.SEMIBOLD, (9, 8), 0.62 * beside_logo if text.address else beside_logo)
    fill(canvas, ACCENT)
    draw_text(canvas, _LEFT, baseline, venue)
    fill(canvas, QUIET)
    used = venue.width + 2.5 * mm if venue.width else 0.0
    address = fit_text(text.address, Face.REGULAR, (9, 8, 7), beside_logo - used)
    draw_text(canvas, _LEFT + used, baseline, address)
    fill(canvas, INK)
    title = fit_text(text.title, Face.BOLD, (25, 23, 21, 19), width, wrapped=(19, 17.5, 16, 14.5))
    middle = _CARD_TOP - 22.5 * mm
    first = middle + (len(title.lines) - 1) * title.leading / 2 - 0.36 * title.size
    draw_text(canvas, _LEFT, first, title)


def _draw_line_of_the_house(canvas: Canvas, line: str) -> None:
    if line:
        fill(canvas, INK)
        words = fit_text(line, Face.SEMIBOLD, (8.5, 7.5, 6.5), _RIGHT - _LEFT)
        draw_text(canvas, _LEFT, _CARD_TOP - 91.3 * mm, words)


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
        fill(canvas, QUIET)
        draw_text(canvas, lefts[index], top, fit_text(caption.upper(), Face.MEDIUM, (6.8, 6, 5), width))
        fill(canvas, INK)
        if index == 0:
            fit = fit_evenly if index == 0 and not facts[1][1] else fit_text
            wording = fit(value, face, sizes[:4], width, wrapped=wrapped)
        else:
            wording = fit_text(value, face, (*sizes, *wrapped) if sizes[-1] > wrapped[-1] else sizes, width)
        size = sizes[0] if len(wording.lines) == 1 else wording.size
        draw_text(canvas, lefts[index], top - 5.5 - 0.78 * size, wording)


def _draw_stub(canvas: Canvas, text: TicketText, captions: Captions) -> None:
    centre, width = (_STUB + _CARD_RIGHT) / 2, _CARD_RIGHT - _STUB - 8 * mm
    side = MODULES * _MODULE
    bottom = _CARD_TOP - 9 * mm - side
    draw_symbol(canvas, text.code, left=centre - side / 2, bottom=bottom, module=_MODULE)
    fill(canvas, INK)
    _centred(canvas, centre, bottom - 8.5 * mm, fit_text(text.short_code, Face.BOLD, (14, 13, 11, 9), width))
    fill(canvas, QUIET)
    _centred(
        canvas, centre, bottom - 12.5 * mm, fit_text(captions.entry, Face.REGULAR, (6.8, 6, 5), width, wrapped=(5.6, 5))
    )
    stroke(canvas, RULE, 0.6)
    canvas.line(centre - side / 2, bottom - 16.5 * mm, centre + side / 2, bottom - 16.5 * mm)
    fill(canvas, INK)
    seat = " · ".join(
        said(value) for said, value in ((captions.in_row, text.row), (captions.on_seat, text.seat)) if value
    )
    below = bottom - 22 * mm
    for value, face, colour in (
        (text.zone, Face.SEMIBOLD, INK),
        (seat, Face.SEMIBOLD, INK),
        (text.name, Face.REGULAR, QUIET),
    ):
        if value:
            fill(canvas, colour)
            _centred(canvas, centre, below, fit_text(value, face, (9.5, 8.5, 7.5), width))
            below -= 4.8 * mm
    if text.reprint:
        _draw_badge(canvas, centre, bottom - 39.5 * mm, text.reprint, width)


def _centred(canvas: Canvas, centre: float, baseline: float, text: SetText) -> None:
    draw_text(canvas, centre, baseline, text, Align.CENTRE)


def _draw_badge(canvas: Canvas, centre: float, baseline: float, words: str, width: float) -> None:
    badge = fit_text(words, Face.BOLD, (8.5, 7), width - 6 * mm)
    fill(canvas, INK)
    canvas.roundRect(
        centre - badge.width / 2 - 3 * mm, baseline - 1.9 * mm, badge.width + 6 * mm, 6 * mm, 3 * mm, stroke=0, fill=1
    )
    fill(canvas, WHITE)
    draw_text(canvas, centre, baseline, badge, Align.CENTRE)


def _draw_cut(canvas: Canvas, height: float) -> None:
    stroke(canvas, 0xA9AFBF, 0.6)
    canvas.setDash([4, 4])
    canvas.line(0, height, A4[0], height)
    canvas.setDash()


def _draw_rule(canvas: Canvas, below: float) -> None:
    stroke(canvas, RULE, 0.6)
    canvas.line(_LEFT, _CARD_TOP - below, _RIGHT, _CARD_TOP - below)
