"""From a template and what a letter tells to what is set: placeholders filled, lines with nothing to tell left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.core import Locale

from pos_app.catalogues import country_of
from pos_app.documents.letters.blocks import Composition, Heading, Paragraph, Stretch
from pos_app.documents.letters.telling import tell
from pos_app.documents.letters.words import letter_words
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.placeholders import Placeholder
from pos_app.domain.letters.templates import parse_body, parse_line
from pos_app.domain.texts import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.documents.letters.blocks import Block, Line
    from pos_app.documents.letters.telling import Told
    from pos_app.domain.letters.contents import LetterContent
    from pos_app.domain.letters.templates import Block as TemplateBlock
    from pos_app.domain.letters.templates import Piece, Template
    from pos_app.domain.tickets.faces import TicketLook

LONGEST_SUBJECT = 400
"""Filled in, letters."""
_NOBODY_COMES = frozenset({LetterKind.REFUND, LetterKind.LAPSED, LetterKind.CANCELLED})
"""Letters to somebody who does not come; others tell of no evening at all."""


def compose(content: LetterContent, template: Template, look: TicketLook, part: int = 1, parts: int = 1) -> Composition:
    """Fill a template in. part, parts: which letter it is of several. Raises TemplateBroken, and as tell()."""
    told = tell(content)
    subject = _subject(template.subject, told)
    if parts > 1:
        subject = letter_words(content.language).part_of(subject, part, parts)
    return Composition(
        language=content.language,
        is_right_to_left=_runs_right_to_left(content.language),
        sender=content.organisation or look.organisation,
        subject=subject,
        blocks=tuple(_all_filled(parse_body(template.body), told)),
        foot=_foot(content, look),
    )


def _subject(text: str, told: Told) -> str:
    """Return the subject as one line; what has nothing to tell leaves no hole."""
    filled = (told.texts.get(piece, "") if isinstance(piece, Placeholder) else piece for piece in parse_line(text))
    return clean_line("".join(filled), LONGEST_SUBJECT).replace("()", "").strip(" -\N{EN DASH}·,:")


def _all_filled(blocks: tuple[TemplateBlock, ...], told: Told) -> Iterator[Block]:
    """Yield blocks filled in; a heading above a list with nothing to tell goes with it."""
    for at, block in enumerate(blocks):
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        is_heading = not isinstance(block, Placeholder) and block.is_heading
        if not (is_heading and isinstance(below, Placeholder) and below not in told.lists):
            yield from _filled(block, told)


def _filled(block: TemplateBlock, told: Told) -> Iterator[Block]:
    if isinstance(block, Placeholder):
        yield from told.lists.get(block, ())
        return
    lines = tuple(line for line in (_line(pieces, told) for pieces in block.lines) if line)
    if not lines:
        return
    yield Heading(lines[0]) if block.is_heading else Paragraph(lines)


def _line(pieces: tuple[Piece, ...], told: Told) -> Line:
    """Return a line filled in; nothing where one of its placeholders has nothing to tell."""
    line: list[Stretch] = []
    for piece in pieces:
        if not isinstance(piece, Placeholder):
            line.append(Stretch(piece))
        elif piece in told.texts:
            line.append(Stretch(told.texts[piece], is_fact=True))
        else:
            return ()
    return tuple(line)


def _foot(content: LetterContent, look: TicketLook) -> tuple[str, ...]:
    """Return who writes, from where, and the house's own line of its tickets, for who comes to an evening."""
    sender = content.organisation or look.organisation
    venues = list(dict.fromkeys((evening.venue, evening.address) for evening in content.evenings))
    venue, address = venues[0] if len(venues) == 1 else ("", "")
    where = " · ".join(part for part in (venue if venue != sender else "", address) if part)
    comes = content.kind not in _NOBODY_COMES and any(not evening.is_cancelled for evening in content.evenings)
    return tuple(line for line in (sender, where, look.line if comes else "") if line)


def _runs_right_to_left(language: str) -> bool:
    return Locale.parse(country_of(language.replace("-", "_"))).text_direction == "rtl"
