"""All that is known of a customer, as PDF on A4: by kinds, each thing with its facts below each other."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pos_app.documents.setting.any_script_text import text_engine
from pos_app.documents.setting.colours import INK, QUIET, RULE, fill, stroke
from pos_app.documents.setting.one_at_a_time import one_document
from pos_app.documents.setting.text import LONGEST_TEXT, Align, Face, draw_line, fit_text, prepare_fonts
from pos_app.domain.sentences import ENGLISH, Moment, Sentence, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.domain.customers.privacy import KnownOfCustomer, KnownTable
    from pos_app.domain.sentences import Fact, Language

_WIDTH, _HEIGHT = A4
_MARGIN: Final = 54.0
_LABEL: Final = 120.0
_GAP: Final = 10.0
_SIZE: Final = 9.0
_LEADING: Final = 12.5
_MOST_LINES: Final = 60
_PIECE: Final = LONGEST_TEXT - 40
"""Letters of a long text that are set at one time."""
_NOTHING: Final = say("Nothing.")


def known_as_pdf(known: KnownOfCustomer, language: Language = ENGLISH) -> bytes:
    """Return a PDF with all of it, in any script. language: in which the headings are said, and facts written.

    Times are those of the house's clock. Safe on any thread.
    """
    target = BytesIO()
    with one_document, text_engine():
        prepare_fonts()
        canvas = Canvas(target, pagesize=A4, pageCompression=1, invariant=1)
        title = say("What {house} knows of {name}", house=known.house, name=known.name).in_language(language)
        canvas.setTitle(title)
        canvas.setCreator("Foyer")
        page = _Page(canvas, language, known.time_zone)
        page.paragraph(title, Face.BOLD, 17.0)
        page.room(4)
        told = say(
            "Customer number {number}, collected {moment}.",
            number=str(known.customer_id),
            moment=Moment(known.collected_at, known.time_zone),
        )
        page.paragraph(told.in_language(language), Face.REGULAR, _SIZE, colour=QUIET)
        for table in known.tables:
            page.table(table)
        page.finish()
        canvas.save()
    return target.getvalue()


class _Page:
    """Where the next line goes; a new page begins where this one has no room left."""

    def __init__(self, canvas: Canvas, language: Language, time_zone: str) -> None:
        self._canvas = canvas
        self._language = language
        self._time_zone = time_zone
        self._number = 1
        self._y = _HEIGHT - _MARGIN

    def room(self, points: float) -> None:
        """Leave so much free."""
        self._y -= points

    def finish(self) -> None:
        """End the last page."""
        fill(self._canvas, QUIET)
        draw_line(self._canvas, _WIDTH - _MARGIN, _MARGIN / 2, str(self._number), Face.REGULAR, _SIZE, Align.RIGHT)
        self._canvas.showPage()

    def table(self, table: KnownTable) -> None:
        """Set one kind of thing; that there is nothing of it is said."""
        self.room(20)
        self._need(3 * _LEADING)
        self.paragraph(table.title.in_language(self._language), Face.SEMIBOLD, 12.0)
        self.room(2)
        if not table.rows:
            self.paragraph(_NOTHING.in_language(self._language), Face.REGULAR, _SIZE, colour=QUIET)
        for row in table.rows:
            self._rule()
            for (_, label), fact in zip(table.columns, row, strict=True):
                if fact is not None and fact != "":
                    self._fact(label, self._written(fact))

    def paragraph(self, text: str, face: Face, size: float, *, colour: int = INK) -> None:
        """Set a text over the whole width."""
        for line in _lines(text, face, size, _WIDTH - 2 * _MARGIN):
            self._need(size * 1.4)
            self._y -= size * 1.4
            fill(self._canvas, colour)
            draw_line(self._canvas, _MARGIN, self._y, line, face, size)

    def _fact(self, label: Sentence, text: str) -> None:
        room = _WIDTH - 2 * _MARGIN - _LABEL - _GAP
        head = fit_text(label.in_language(self._language), Face.MEDIUM, (_SIZE, 8.0, 7.0), _LABEL)
        for at, line in enumerate(_lines(text, Face.REGULAR, _SIZE, room)):
            self._need(_LEADING)
            self._y -= _LEADING
            if not at:
                fill(self._canvas, QUIET)
                draw_line(self._canvas, _MARGIN, self._y, head.lines[0], Face.MEDIUM, head.size)
            fill(self._canvas, INK)
            draw_line(self._canvas, _MARGIN + _LABEL + _GAP, self._y, line, Face.REGULAR, _SIZE)

    def _rule(self) -> None:
        self._need(3 * _LEADING)
        self._y -= 6
        stroke(self._canvas, RULE, 0.5)
        self._canvas.line(_MARGIN, self._y, _WIDTH - _MARGIN, self._y)
        self._y -= 2

    def _need(self, points: float) -> None:
        if self._y - points < _MARGIN:
            self.finish()
            self._number += 1
            self._y = _HEIGHT - _MARGIN

    def _written(self, fact: Fact) -> str:
        if isinstance(fact, datetime):
            fact = Moment(fact, self._time_zone)
        return fact.in_language(self._language) if isinstance(fact, Sentence) else self._language.write(fact)


def _lines(text: str, face: Face, size: float, width: float) -> Iterator[str]:
    """Cut a text into lines that fit, however long it is; nothing is left out."""
    for written in text.splitlines():
        rest = written
        while rest:
            end = len(rest)
            if end > _PIECE:
                space = rest.rfind(" ", 0, _PIECE)
                end = space if space > 0 else _PIECE
            yield from fit_text(rest[:end], face, (size,), width, wrapped=(size,), lines=_MOST_LINES).lines
            rest = rest[end:].lstrip()
