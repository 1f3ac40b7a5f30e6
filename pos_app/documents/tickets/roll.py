"""A ticket on an 80 mm roll: black only, as a thermal head has no grey, and as long as its words need."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm

from pos_app.documents.setting.qr_symbol import MODULES, QUIET_ZONE, draw_symbol
from pos_app.documents.setting.text import Align, Face, SetText, draw_text, fit_text
from pos_app.documents.tickets.roll_strip import DOT, PAGE_WIDTH, WIDTH, RollStrip

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from pos_app.documents.setting.logo import Logo
    from pos_app.documents.tickets.captions import Captions
    from pos_app.documents.tickets.words import TicketText

_MODULE: Final = 6 * DOT
_MIDDLE: Final = PAGE_WIDTH / 2
_SMALL: Final = (11, 10, 9, 8)


def draw_roll_ticket(canvas: Canvas, text: TicketText, captions: Captions, logo: Logo | None) -> None:
    """Draw one ticket on the current page, which becomes 80 mm wide and as long as needed, in whole dots."""
    strip = RollStrip()
    strip.space(4 * mm)
    add_heading(strip, text.venue, text.address, text.title, logo)
    strip.add_facts((13, 12, 11, 10), [(captions.date, text.date)], wrapped=(10, 9, 8))
    strip.space(2.5 * mm)
    doors = (captions.doors, text.doors)
    strip.add_facts((20, 18, 15, 12, 10), [(captions.starts, text.starts), doors] if text.starts else [doors])
    strip.add_rule()
    _add_place(strip, text, captions)
    strip.add_rule()
    strip.add_facts((11, 10), [(captions.ticket, text.ticket)], wrapped=(10, 9, 8))
    strip.space(2.5 * mm)
    order = (captions.order, text.order)
    strip.add_facts(_SMALL, [(captions.price, text.price), order] if text.price else [order])
    if text.name:
        strip.space(2.5 * mm)
        strip.add_facts((11, 10), [(captions.name, text.name)], wrapped=(10, 9, 8))
    strip.add_rule()
    _add_code(strip, text, captions)
    strip.space(5 * mm)
    strip.draw(canvas)


def add_heading(strip: RollStrip, venue: str, address: str, title: str, logo: Logo | None) -> None:
    """Add who invites and to what."""
    if logo is not None:
        strip.add_logo(logo)
        strip.space(2.5 * mm)
    strip.add_text(fit_text(venue, Face.SEMIBOLD, (9.5, 8.5), WIDTH, wrapped=(8.5,)))
    strip.add_text(fit_text(address, Face.REGULAR, (8,), WIDTH, wrapped=(8,)))
    strip.space(2.5 * mm)
    strip.add_text(fit_text(title, Face.BOLD, (22, 20, 18), WIDTH, wrapped=(18, 16.5, 15), lines=3))
    strip.space(3 * mm)


def _add_place(strip: RollStrip, text: TicketText, captions: Captions) -> None:
    seated = bool(text.row or text.seat)
    strip.add_facts((22, 20, 18) if seated else (28, 25, 22, 19), [(captions.zone, text.zone)], wrapped=(17, 15))
    if seated and text.zone:
        strip.space(2.5 * mm)
    strip.add_facts((34, 30, 26, 22, 18, 14, 11), [(captions.row, text.row), (captions.seat, text.seat)])


def _add_code(strip: RollStrip, text: TicketText, captions: Captions) -> None:
    side = MODULES * _MODULE
    left = round((PAGE_WIDTH - side) / 2 / DOT) * DOT

    def draw(canvas: Canvas, top: float) -> None:
        bottom = math.floor((top - side) / DOT + 1e-6) * DOT
        draw_symbol(canvas, text.code, left=left, bottom=bottom, module=_MODULE)

    strip.space(max(0.0, QUIET_ZONE * _MODULE - 3.5 * mm))
    strip.add(side + DOT + QUIET_ZONE * _MODULE, draw)
    strip.add_text(fit_text(text.short_code, Face.BOLD, (17, 14), WIDTH), _MIDDLE, Align.CENTRE)
    strip.add_text(fit_text(captions.entry, Face.REGULAR, (7.5, 7), WIDTH), _MIDDLE, Align.CENTRE)
    if text.reprint:
        strip.space(2.5 * mm)
        _add_badge(strip, fit_text(text.reprint, Face.BOLD, (11, 9), WIDTH - 8 * mm))
    if text.line:
        strip.add_rule()
        strip.add_text(fit_text(text.line, Face.SEMIBOLD, (10, 9), WIDTH, wrapped=(9, 8)), _MIDDLE, Align.CENTRE)


def _add_badge(strip: RollStrip, words: SetText) -> None:
    height = words.size + 3 * mm

    def draw(canvas: Canvas, top: float) -> None:
        width = words.width + 8 * mm
        canvas.roundRect((PAGE_WIDTH - width) / 2, top - height, width, height, height / 2, stroke=0, fill=1)
        canvas.setFillGray(1)
        draw_text(canvas, _MIDDLE, top - height / 2 - 0.36 * words.size, words, Align.CENTRE)
        canvas.setFillGray(0)

    strip.add(height, draw)
