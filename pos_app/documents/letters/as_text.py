"""A letter as plain text, for who reads no HTML: everything that the letter says is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from pos_app.documents.letters.blocks import Code, Heading, Paragraph, Rows, runs_against

if TYPE_CHECKING:
    from pos_app.documents.letters.blocks import Block, Composition, Line, Row

_ISOLATE: Final = "\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"
_FOOT: Final = "-- "
"""Mail programs know what stands below it as the sender's foot."""


def write_text(letter: Composition) -> str:
    """Return the letter as text, its lines as long as they are; the last one ends with a line break."""
    writer = _Writer(right_to_left=letter.is_right_to_left)
    parts = [writer.block(block) for block in letter.blocks]
    if letter.foot:
        parts.append("\n".join((_FOOT, *(writer.fact(line) for line in letter.foot))))
    return "\n\n".join(part for part in parts if part) + "\n"


class _Writer:
    def __init__(self, *, right_to_left: bool) -> None:
        self._right_to_left = right_to_left

    def fact(self, text: str) -> str:
        """Keep a text that runs the other way from mixing with what stands beside it."""
        return _ISOLATE.format(text) if runs_against(text, right_to_left=self._right_to_left) else text

    def block(self, block: Block) -> str:
        match block:
            case Heading(line):
                return f"* {self._line(line)} *"
            case Paragraph(lines):
                return "\n".join(self._line(line) for line in lines)
            case Code(code):
                return f"    {self.fact(code)}"
            case Rows(rows, caption):
                between = "\n" if block.is_sum or all(not row.notes and not row.code for row in rows) else "\n\n"
                return (f"{self.fact(caption)}\n\n" if caption else "") + between.join(self._row(row) for row in rows)
            case _:
                assert_never(block)

    def _line(self, line: Line) -> str:
        return "".join(self.fact(stretch.text) if stretch.is_fact else stretch.text for stretch in line)

    def _row(self, row: Row) -> str:
        head = f"{self.fact(row.lead)}: {self.fact(row.value)}" if row.value else self.fact(row.lead)
        below = (*row.notes, row.code) if row.code else row.notes
        return "\n".join((f"- {head}", *(f"  {self.fact(line)}" for line in below)))
