"""The cover of a group order on thermal paper: a short strip of the roll, or a piece of stock for each performance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm

from pos_app.documents.setting.text import Align, Face, SetText, draw_text, fit_evenly, fit_text, is_cut
from pos_app.documents.tickets.roll import add_heading
from pos_app.documents.tickets.roll_strip import DOT, WIDTH, RollStrip
from pos_app.documents.tickets.stock import HEIGHT, draw_stock_fact, draw_stock_heading, start_stock_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from pos_app.documents.setting.logo import Logo
    from pos_app.documents.tickets.captions import Captions
    from pos_app.documents.tickets.cover_words import CoverText, EveningText, RowText

_MOST_ROWS: Final = 12
"""Of a performance, on the roll; on stock as many as stand in three lines."""

_MOST_ROWS_IN_A_LINE: Final = 60

_SECOND: Final = 2.5 * mm

_BLOCK_LEFT: Final = 36 * DOT
_BLOCK_WIDTH: Final = 236 * DOT
_LEFT: Final = 294 * DOT
_RIGHT: Final = 1096 * DOT
_COLUMNS: Final = (0.0, 122.0, 204.0)


def draw_roll_cover(canvas: Canvas, text: CoverText, captions: Captions, logo: Logo | None) -> None:
    """Draw the cover on the current page, which becomes 80 mm wide and as long as needed."""
    strip = RollStrip()
    strip.space(4 * mm)
    add_heading(strip, text.venue, text.address, captions.group, logo)
    strip.add_facts((16, 14, 12, 11), [(captions.name, text.name)], wrapped=(11, 10))
    strip.space(_SECOND)
    strip.add_facts((14, 12, 10, 8), [(captions.order, text.order), (captions.tickets, text.tickets)])
    if text.total:
        strip.space(_SECOND)
        strip.add_facts((14, 12, 10, 8), [(captions.total, text.total)])
    for evening in text.evenings:
        strip.add_rule()
        add_evening(strip, evening, captions)
    strip.space(6 * mm)
    strip.draw(canvas)


def draw_stock_cover(canvas: Canvas, text: CoverText, captions: Captions, logo: Logo | None) -> None:
    """Draw a cover for each performance, each a page of 5.5 x 2 inches; the last one is left open."""
    for index, evening in enumerate(text.evenings):
        if index:
            canvas.showPage()
        _draw_stock_evening(canvas, text, evening, captions, logo)


def add_evening(strip: RollStrip, evening: EveningText, captions: Captions) -> None:
    """Add a performance with its places, as many rows of them as a strip has room for."""
    strip.add_text(fit_text(evening.title, Face.BOLD, (15, 14, 13), WIDTH, wrapped=(13, 12)))
    strip.space(1.5 * mm)
    strip.add_text(fit_evenly(evening.date, Face.SEMIBOLD, (11, 10, 9), WIDTH, wrapped=(9,)))
    starts = captions.starts_at(evening.starts) if evening.starts else ""
    doors = captions.doors_at(evening.doors) if evening.doors else ""
    if times := " · ".join(filter(None, (starts, doors))):
        strip.add_text(fit_text(times, Face.SEMIBOLD, (11, 10, 9), WIDTH))
    strip.add_text(fit_text(evening.types, Face.REGULAR, (10, 9), WIDTH, wrapped=(9,)))
    strip.space(1.5 * mm)
    for line in _lines(evening.rows, captions):
        strip.space(0.8 * mm)
        strip.add_text(fit_text(line, Face.MEDIUM, (10, 9), WIDTH, wrapped=(9,), lines=4))


def _lines(rows: Sequence[RowText], captions: Captions) -> list[str]:
    shown = [row.in_one_line(captions) for row in rows[:_MOST_ROWS]]
    left = len(rows) - len(shown)
    return [*shown, captions.more_rows(left)] if left else shown


def _draw_stock_evening(
    canvas: Canvas, text: CoverText, evening: EveningText, captions: Captions, logo: Logo | None
) -> None:
    start_stock_page(canvas, tear=False)
    _draw_number(canvas, evening, captions)
    draw_stock_heading(canvas, (text.venue, text.address), evening.title, logo, right=_RIGHT)
    width = _RIGHT - _LEFT
    first = ((captions.date, evening.date), (captions.starts, evening.starts), (captions.doors, evening.doors))
    last = ((captions.name, text.name), (captions.order, text.order), (captions.total, text.total))
    for below, facts in ((53.5, first), (75.5, last)):
        for at, (left, (caption, value)) in enumerate(zip(_COLUMNS, facts, strict=True)):
            if value:
                # A fact takes the room of the empty ones to its right.
                end = next((_COLUMNS[later] for later in range(at + 1, len(facts)) if facts[later][1]), width)
                words = fit_text(value, Face.BOLD, (9, 8.5, 8, 7, 6), end - left - 5)
                draw_stock_fact(canvas, _LEFT + left, below, caption, words, end - left - 5)
    types = fit_text(evening.types, Face.SEMIBOLD, (8, 7, 6.4), width)
    draw_text(canvas, _LEFT, HEIGHT - 101, types)
    draw_text(canvas, _LEFT, HEIGHT - 112.5, fit_places(evening, captions, width))


def fit_places(evening: EveningText, captions: Captions, width: float) -> SetText:
    """Set as many rows as fit, each whole: half a number would be another seat."""
    for rows in range(min(len(evening.rows), _MOST_ROWS_IN_A_LINE), 0, -1):
        places = evening.places_in_one_line(captions, rows)
        words = fit_text(places, Face.REGULAR, (8,), width, wrapped=(8, 7, 6.4, 6), lines=3)
        if not is_cut(words):
            break
    return words


def _draw_number(canvas: Canvas, evening: EveningText, captions: Captions) -> None:
    middle = _BLOCK_LEFT + _BLOCK_WIDTH / 2
    canvas.setLineWidth(2 * DOT)
    canvas.roundRect(_BLOCK_LEFT, 14, _BLOCK_WIDTH, HEIGHT - 28, 5, stroke=1, fill=0)
    room = _BLOCK_WIDTH - 8
    group = fit_text(captions.group.upper(), Face.BOLD, (9, 8, 7, 6), room)
    draw_text(canvas, middle, HEIGHT - 34, group, Align.CENTRE)
    draw_text(canvas, middle, 54, fit_text(evening.tickets, Face.BOLD, (46, 38, 30, 22), room), Align.CENTRE)
    tickets = fit_text(captions.tickets, Face.SEMIBOLD, (11, 9, 7), room)
    draw_text(canvas, middle, 32, tickets, Align.CENTRE)
