"""The cover of a group order on A4: who, what and when, and a list of the places; as many pages as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from pos_app.documents.setting.colours import ACCENT, INK, QUIET, RULE, fill, stroke
from pos_app.documents.setting.text import Align, Face, draw_text, fit_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportlab.pdfgen.canvas import Canvas

    from pos_app.documents.setting.logo import Logo
    from pos_app.documents.tickets.captions import Captions
    from pos_app.documents.tickets.cover_words import CoverText, EveningText, RowText

COVER_LOGO_BOX: Final = (52 * mm, 18 * mm)

LEFT: Final = 22 * mm
RIGHT: Final = 188 * mm
_TOP, _BOTTOM = 275 * mm, 26 * mm
WIDTH: Final = RIGHT - LEFT
_COLUMNS: Final = (LEFT, LEFT + 62 * mm, LEFT + 90 * mm, RIGHT)
"""Zone, row, seats; the number of places ends at the last."""
_SEATS_WIDTH: Final = 58 * mm
_MOST_SEAT_LINES: Final = 12


@dataclass(frozen=True, slots=True)
class Block:
    """A part that stays on one page, drawn below the y that it is given. needs: room that must be left below it."""

    height: float
    draw: Callable[[Canvas, float], None]
    needs: float = 0.0


def draw_a4_cover(canvas: Canvas, text: CoverText, captions: Captions, logo: Logo | None) -> None:
    """Draw the cover on the current page and as many more as the list takes; the last one is left open."""
    fill_pages(canvas, _blocks(text, captions, logo), lambda page: _draw_foot(canvas, text, captions, page))


def fill_pages(canvas: Canvas, blocks: Iterable[Block], draw_foot: Callable[[str], None]) -> None:
    """Draw blocks from the top of the current page down, on as many pages as they take; the last one is left open.

    draw_foot: called on each page with its number ("2 / 3"), "" where it is the only one.
    """
    pages: list[list[tuple[Block, float]]] = [[]]
    y = _TOP
    for block in blocks:
        if y - block.height - block.needs < _BOTTOM:
            pages.append([])
            y = _TOP
        pages[-1].append((block, y))
        y -= block.height
    for number, page in enumerate(pages, 1):
        if number > 1:
            canvas.showPage()
        canvas.setPageSize(A4)
        for block, top in page:
            block.draw(canvas, top)
        draw_foot(f"{number} / {len(pages)}" if len(pages) > 1 else "")


def _blocks(text: CoverText, captions: Captions, logo: Logo | None) -> Iterator[Block]:
    yield Block(70 * mm, lambda canvas, top: _draw_head(canvas, top, text, captions, logo))
    yield from evening_blocks(text.evenings, captions)


def evening_blocks(evenings: Iterable[EveningText], captions: Captions) -> Iterator[Block]:
    """Return the blocks of performances, each with its rows."""
    for evening in evenings:
        yield _evening_block(evening, captions)
        for row in evening.rows:
            yield _row_block(row)
        yield Block(9 * mm, lambda _canvas, _top: None)


def _draw_head(canvas: Canvas, top: float, text: CoverText, captions: Captions, logo: Logo | None) -> None:
    beside_logo = WIDTH
    if logo is not None:
        logo.draw(canvas, RIGHT - logo.width, top - logo.height)
        beside_logo -= logo.width + 8 * mm
    fill(canvas, ACCENT)
    draw_text(canvas, LEFT, top - 4 * mm, fit_text(text.venue, Face.SEMIBOLD, (12, 11, 10), beside_logo))
    fill(canvas, QUIET)
    draw_text(canvas, LEFT, top - 10 * mm, fit_text(text.address, Face.REGULAR, (9.5, 8.5), beside_logo))
    draw_text(canvas, LEFT, top - 27 * mm, fit_text(captions.group.upper(), Face.MEDIUM, (8,), WIDTH))
    fill(canvas, INK)
    name = fit_text(text.name or text.order, Face.BOLD, (30, 27, 24, 21), WIDTH, wrapped=(16, 14))
    draw_text(canvas, LEFT, top - (38 if len(name.lines) == 1 else 35) * mm, name)
    third = WIDTH / 3
    facts = ((captions.order, text.order), (captions.tickets, text.tickets), (captions.total, text.total))
    for index, (caption, value) in enumerate(facts):
        if value:
            fill(canvas, QUIET)
            left = LEFT + index * third
            draw_text(canvas, left, top - 50 * mm, fit_text(caption.upper(), Face.MEDIUM, (7.5, 6.5), third - 4 * mm))
            fill(canvas, INK)
            words = fit_text(value, Face.BOLD, (16, 14, 12, 10, 8), third - 4 * mm)
            draw_text(canvas, left, top - 57 * mm, words)
    stroke(canvas, ACCENT, 1.6)
    canvas.line(LEFT, top - 63 * mm, RIGHT, top - 63 * mm)


def _evening_block(evening: EveningText, captions: Captions) -> Block:
    title = fit_text(evening.title, Face.BOLD, (17, 16, 15, 14), WIDTH, wrapped=(14, 12.5))
    more = (len(title.lines) - 1) * title.leading
    when = "  ·  ".join(
        part
        for part in (
            evening.date,
            captions.starts_at(evening.starts) if evening.starts else "",
            captions.doors_at(evening.doors) if evening.doors else "",
        )
        if part
    )
    seated = any(row.row or row.seats for row in evening.rows)

    def draw(canvas: Canvas, top: float) -> None:
        fill(canvas, INK)
        y = draw_text(canvas, LEFT, top - 7 * mm, title)
        draw_text(canvas, LEFT, y - 7.5 * mm, fit_text(when, Face.SEMIBOLD, (10.5, 9.5, 8.5), WIDTH))
        fill(canvas, QUIET)
        draw_text(canvas, LEFT, y - 13.5 * mm, fit_text(evening.types, Face.REGULAR, (10.5, 9.5, 8.5), WIDTH))
        heads = (captions.zone, captions.row if seated else "", captions.seats if seated else "")
        for left, caption in zip(_COLUMNS, heads, strict=False):
            draw_text(canvas, left, y - 23 * mm, fit_text(caption.upper(), Face.MEDIUM, (7.5, 6), 25 * mm))
        places = fit_text(captions.places.upper(), Face.MEDIUM, (7.5, 6), 16 * mm)
        draw_text(canvas, RIGHT, y - 23 * mm, places, Align.RIGHT)
        stroke(canvas, QUIET, 0.8)
        canvas.line(LEFT, y - 25.5 * mm, RIGHT, y - 25.5 * mm)

    return Block(33 * mm + more, draw, needs=14 * mm)


def _row_block(row: RowText) -> Block:
    zone = fit_text(row.zone, Face.REGULAR, (10.5, 9.5, 8.5), 58 * mm if row.row else 86 * mm)
    name = fit_text(row.row, Face.SEMIBOLD, (10.5, 9.5, 8.5), 25 * mm)
    seats = fit_text(row.seats, Face.SEMIBOLD, (10.5,), _SEATS_WIDTH, wrapped=(10.5, 9), lines=_MOST_SEAT_LINES)
    places = fit_text(row.places, Face.REGULAR, (10.5,), 16 * mm)
    height = 7.5 * mm + (len(seats.lines) - 1) * seats.leading

    def draw(canvas: Canvas, top: float) -> None:
        fill(canvas, INK)
        for left, words in zip(_COLUMNS, (zone, name, seats), strict=False):
            draw_text(canvas, left, top - 5 * mm, words)
        draw_text(canvas, RIGHT, top - 5 * mm, places, Align.RIGHT)
        stroke(canvas, RULE, 0.6)
        canvas.line(LEFT, top - height, RIGHT, top - height)

    return Block(height, draw)


def _draw_foot(canvas: Canvas, text: CoverText, captions: Captions, page: str) -> None:
    fill(canvas, QUIET)
    draw_text(canvas, LEFT, 15 * mm, fit_text(captions.follow, Face.REGULAR, (8.5, 7.5), 0.6 * WIDTH))
    words = "  ·  ".join(part for part in (text.order, page) if part)
    draw_text(canvas, RIGHT, 15 * mm, fit_text(words, Face.REGULAR, (8.5, 7.5), 0.38 * WIDTH), Align.RIGHT)
