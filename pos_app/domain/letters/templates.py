"""How a letter is worded: plain text with {placeholders}, paragraphs parted by empty lines, "# " before a heading.

A template is data: its placeholders are names of a fixed list, nothing in it is looked up or run, and what is filled in
is never read as a template. A brace is written twice: {{ and }}. A line in which a placeholder has nothing to tell
("Doors open at {doors}.") is left out, with it a paragraph that has no other, and a heading right above a list with
nothing in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from pos_app.domain.card_numbers import has_card_number, tell_card_number
from pos_app.domain.letters.placeholders import ASKED_FOR, OFFERED, Placeholder
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pos_app.domain.letters.kinds import LetterKind
    from pos_app.domain.sentences import Sentence

LONGEST_SUBJECT: Final = 200
LONGEST_BODY: Final = 8000

HEADING: Final = "# "
_PIECE: Final = re.compile(r"(?P<brace>\{\{|\}\})|\{(?P<name>[^{}\n]*)\}|(?P<lost>[{}])")
_PARAGRAPHS: Final = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Template:
    """How one kind of letter is worded in one language. revision: of the house's own wording; 0: the standard one."""

    kind: LetterKind
    language: str
    subject: str
    body: str
    revision: int = 0

    @property
    def is_standard(self) -> bool:
        """Tell whether the house has not worded it itself."""
        return self.revision == 0


class TemplateBroken(ValueError):
    """A template that cannot be read. why: for the person who types it."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(str(why))
        self.why = why


Piece: TypeAlias = str | Placeholder
"""A stretch of text, or what is filled in; a Placeholder is a str, too: ask for it first."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of text."""

    lines: tuple[tuple[Piece, ...], ...]
    is_heading: bool = False


Block: TypeAlias = Paragraph | Placeholder
"""What a letter is made of, from top to bottom; a Placeholder is one that is set as a list."""


def parse_line(text: str) -> tuple[Piece, ...]:
    """Return text and placeholders of a line in turn. Raises TemplateBroken: one is unknown, or a brace is lost."""
    pieces: list[Piece] = []
    at = 0
    for found in _PIECE.finditer(text):
        pieces += [text[at : found.start()]] if found.start() > at else []
        at = found.end()
        if found["lost"]:
            raise TemplateBroken(
                say("A brace stands alone in “{line}”. Where braces are meant, write each twice.", line=text.strip())
            )
        pieces.append(found["brace"][0] if found["brace"] else _placeholder(found["name"]))
    return tuple(pieces + ([text[at:]] if at < len(text) else []))


def parse_body(text: str) -> tuple[Block, ...]:
    """Return the blocks of a body, from top to bottom. Raises TemplateBroken, also for a list that is not alone."""
    return tuple(block for part in _PARAGRAPHS.split(text.strip("\n")) for block in _blocks(part.strip("\n")))


def problems(kind: LetterKind, subject: str, body: str) -> Mapping[str, Sentence]:
    """Return what is wrong with a template, by the fields "subject" and "body"; empty where nothing is."""
    found: dict[str, Sentence] = {}
    for field, text, judge in (("subject", subject, _judge_subject), ("body", body, _judge_body)):
        wrong = judge(kind, text)
        if wrong is None and has_card_number(text):
            wrong = tell_card_number(field)
        if wrong is not None:
            found[field] = wrong
    return found


def _placeholder(name: str) -> Placeholder:
    try:
        return Placeholder(name)
    except ValueError:
        raise TemplateBroken(say("There is no placeholder {name}.", name=f"{{{name}}}")) from None


def _blocks(part: str) -> Iterator[Block]:
    lines: list[tuple[Piece, ...]] = []
    for line in part.split("\n"):
        is_heading = line.startswith(HEADING)
        pieces = parse_line(line.removeprefix(HEADING).strip())
        lists = [piece for piece in pieces if isinstance(piece, Placeholder) and piece.is_list]
        if lists and (len(pieces) > 1 or is_heading):
            raise TemplateBroken(say("{name} is a list: it stands on a line of its own.", name=f"{{{lists[0].value}}}"))
        if (lists or is_heading) and lines:
            yield Paragraph(tuple(lines))
            lines = []
        if lists:
            yield lists[0]
        elif is_heading:
            yield Paragraph((pieces,), is_heading=True)
        elif pieces:
            lines.append(pieces)
    if lines:
        yield Paragraph(tuple(lines))


def _judge_subject(kind: LetterKind, text: str) -> Sentence | None:
    if not text.strip():
        return say("Type a subject.")
    if len(text) > LONGEST_SUBJECT:
        return say("A subject has {longest} letters at the most.", longest=LONGEST_SUBJECT)
    try:
        pieces = parse_line(text)
    except TemplateBroken as broken:
        return broken.why
    named = [piece for piece in pieces if isinstance(piece, Placeholder)]
    lists = [one for one in named if one.is_list]
    if lists:
        return say("{name} is a list, and stands in no subject.", name=f"{{{lists[0].value}}}")
    return _judge_named(kind, named)


def _judge_body(kind: LetterKind, text: str) -> Sentence | None:
    if not text.strip():
        return say("Type what the letter says.")
    if len(text) > LONGEST_BODY:
        return say("A letter has {longest} letters at the most.", longest=LONGEST_BODY)
    try:
        named = list(_named(parse_body(text)))
    except TemplateBroken as broken:
        return broken.why
    wrong = _judge_named(kind, named)
    missing = [one for one in ASKED_FOR.get(kind, ()) if one not in named]
    if wrong is None and missing:
        return say("Without {name} this letter does not say what it is for.", name=f"{{{missing[0].value}}}")
    return wrong


def _named(blocks: tuple[Block, ...]) -> Iterator[Placeholder]:
    for block in blocks:
        if isinstance(block, Placeholder):
            yield block
        else:
            yield from (piece for line in block.lines for piece in line if isinstance(piece, Placeholder))


def _judge_named(kind: LetterKind, named: list[Placeholder]) -> Sentence | None:
    strange = [one for one in named if one not in OFFERED[kind]]
    if strange:
        return say("This kind of letter has nothing to tell as {name}.", name=f"{{{strange[0].value}}}")
    return None
