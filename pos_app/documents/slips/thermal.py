"""The slip of a reservation on thermal paper: a strip of the roll, or a piece of stock for each performance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm

from pos_app.documents.setting.qr_symbol import QUIET_ZONE, SMALL_MODULES, draw_small_symbol
from pos_app.documents.setting.text import Align, Face, draw_text, fit_text
from pos_app.documents.tickets.cover_thermal import add_evening, fit_places
from pos_app.documents.tickets.roll import add_heading
from pos_app.documents.tickets.roll_strip import DOT, PAGE_WIDTH, WIDTH, RollStrip
from pos_app.documents.tickets.stock import HEIGHT, draw_stock_fact, draw_stock_heading, start_stock_page

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from pos_app.documents.setting.logo import Logo
    from pos_app.documents.slips.words import SlipText
    from pos_app.documents.tickets.captions import Captions
    from pos_app.documents.tickets.cover_words import EveningText

_MODULE: Final = 10 * DOT
_SIDE: Final = SMALL_MODULES * _MODULE
_MIDDLE: Final = PAGE_WIDTH / 2
_SECOND: Final = 2.5 * mm

_SYMBOL: Final = 44
"""Dots from the left and the upper edge of stock: more than the quiet zone."""
_CODE_MIDDLE: Final = _SYMBOL * DOT + _SIDE / 2
_CODE_WIDTH: Final = _SIDE + 40 * DOT
_LEFT: Final = 294 * DOT
_RIGHT: Final = 1096 * DOT
_COLUMNS: Final = (0.0, 86.0, 142.0)


def draw_roll_slip(canvas: Canvas, text: SlipText, captions: Captions, logo: Logo | None) -> None:
    """Draw a slip on the current page, which becomes 80 mm wide and as long as needed."""
    reserved, strip = text.reserved, RollStrip()
    strip.space(4 * mm)
    add_heading(strip, reserved.venue, reserved.address, text.heading, logo)
    strip.add_facts((18, 16, 14, 12), [(captions.name, reserved.name)], wrapped=(12, 10))
    strip.space(_SECOND)
    strip.add_facts((13, 12, 11, 10), [(text.until_caption, text.until)], wrapped=(11, 10, 9))
    strip.space(_SECOND)
    strip.add_facts((14, 12, 10, 8), [(text.to_pay_caption, reserved.total), (captions.seats, reserved.tickets)])
    for evening in reserved.evenings:
        strip.add_rule()
        add_evening(strip, evening, captions)
    strip.add_rule()
    _add_code(strip, text)
    strip.space(5 * mm)
    strip.draw(canvas)


def _add_code(strip: RollStrip, text: SlipText) -> None:
    left = round((PAGE_WIDTH - _SIDE) / 2 / DOT) * DOT

    def draw(canvas: Canvas, top: float) -> None:
        bottom = math.floor((top - _SIDE) / DOT + 1e-6) * DOT
        draw_small_symbol(canvas, text.code, left=left, bottom=bottom, module=_MODULE)

    strip.space(max(0.0, QUIET_ZONE * _MODULE - 3.5 * mm))
    strip.add(_SIDE + DOT + QUIET_ZONE * _MODULE, draw)
    strip.add_text(fit_text(text.reserved.order, Face.BOLD, (17, 14), WIDTH), _MIDDLE, Align.CENTRE)
    strip.add_text(fit_text(text.bring, Face.REGULAR, (8, 7), WIDTH), _MIDDLE, Align.CENTRE)
    strip.space(_SECOND)
    strip.add_text(fit_text(text.not_paid, Face.SEMIBOLD, (9,), WIDTH, wrapped=(9, 8), lines=4))
    if text.line:
        strip.add_rule()
        strip.add_text(fit_text(text.line, Face.SEMIBOLD, (10, 9), WIDTH, wrapped=(9, 8)), _MIDDLE, Align.CENTRE)


def draw_stock_slip(canvas: Canvas, text: SlipText, captions: Captions, logo: Logo | None) -> None:
    """Draw a slip for each performance, each a page of 5.5 x 2 inches; the last one is left open."""
    for index, evening in enumerate(text.reserved.evenings):
        if index:
            canvas.showPage()
        start_stock_page(canvas, tear=False)
        house = text.reserved.venue, text.reserved.address
        draw_stock_heading(canvas, house, text.headings[index], logo, right=_RIGHT)
        _draw_evening(canvas, text, evening, captions)


def _draw_evening(canvas: Canvas, text: SlipText, evening: EveningText, captions: Captions) -> None:
    bottom = HEIGHT - _SYMBOL * DOT - _SIDE
    draw_small_symbol(canvas, text.code, left=_SYMBOL * DOT, bottom=bottom, module=_MODULE)
    order = fit_text(text.reserved.order, Face.BOLD, (12, 11, 10), _CODE_WIDTH)
    draw_text(canvas, _CODE_MIDDLE, bottom - 19.5, order, Align.CENTRE)
    bring = fit_text(text.bring, Face.REGULAR, (6.4,), _CODE_WIDTH, wrapped=(6.4, 6))
    draw_text(canvas, _CODE_MIDDLE, bottom - 29, bring, Align.CENTRE)
    width = _RIGHT - _LEFT
    when = " · ".join(filter(None, (evening.date, evening.starts)))
    rows = (
        (53.5, ((captions.name, text.reserved.name), (captions.date, when))),
        (
            75.5,
            (
                (text.to_pay_caption, text.reserved.total),
                (captions.seats, evening.tickets),
                (text.until_caption, text.until),
            ),
        ),
    )
    for below, facts in rows:
        columns = _COLUMNS if len(facts) > 2 else (_COLUMNS[0], 142.0)
        for at, (left, (caption, value)) in enumerate(zip(columns, facts, strict=True)):
            end = columns[at + 1] if at + 1 < len(columns) else width
            words = fit_text(value, Face.BOLD, (10, 9, 8, 7, 6), end - left - 5)
            draw_stock_fact(canvas, _LEFT + left, below, caption, words, end - left - 5)
    draw_text(canvas, _LEFT, HEIGHT - 102, fit_text(evening.types, Face.SEMIBOLD, (8, 7, 6.4), width))
    draw_text(canvas, _LEFT, HEIGHT - 111.5, fit_places(evening, captions, width))
    not_paid = fit_text(text.not_paid, Face.SEMIBOLD, (7, 6.4), width, wrapped=(6.4, 6))
    draw_text(canvas, _LEFT, 8 + (len(not_paid.lines) - 1) * not_paid.leading, not_paid)
