"""A letter as HTML that mail programs show as it is meant: tables, styles on the elements, a dark look by a sheet.

Everything that was filled in or typed is text: it is escaped, wherever it comes from. Nothing is loaded from elsewhere,
nothing in it runs.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, assert_never

from pos_app.documents.letters.blocks import Code, Heading, Paragraph, Rows, runs_right_to_left
from pos_app.documents.letters.colours import ACCENT, CARD, FONTS, INK, PAGE, QUIET, RULE, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.documents.letters.blocks import Block, Composition, Line, Row

_FONT: Final = f"font-family:{FONTS}"
_MONO: Final = "font-family:Menlo,Consolas,monospace"
_TABLE: Final = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
_WIDEST: Final = 600


def write_html(letter: Composition) -> str:
    """Return the letter as a whole HTML document."""
    writer = _Writer(letter)
    language = escape(letter.language.replace("_", "-"))
    way = "rtl" if letter.is_right_to_left else "ltr"
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="{way}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{escape(letter.subject)}</title>
<style>
{sheet()}
</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:{PAGE.light}">
<table {_TABLE} class="page" bgcolor="{PAGE.light}" dir="{way}" lang="{language}">
<tr>
<td align="center" class="around" style="padding:24px 12px">
<table {_TABLE} class="card" bgcolor="{CARD.light}" style="max-width:{_WIDEST}px;background-color:{CARD.light}">
<tr>
<td class="ink inside" {writer.start}style="padding:28px 32px;{_FONT};font-size:16px;line-height:1.5;\
color:{INK.light};text-align:start">
{writer.body()}
</td>
</tr>
</table>
</td>
</tr>
</table>
</body>
</html>
"""


class _Writer:
    def __init__(self, letter: Composition) -> None:
        self._letter = letter
        # Said on each element, too: mail programs drop what stands on the document.
        self._way = ' dir="rtl"' if letter.is_right_to_left else ""
        self.start = "" if letter.is_right_to_left else 'align="left" '
        self._end = "" if letter.is_right_to_left else 'align="right" '
        self._gap = "right" if letter.is_right_to_left else "left"

    def body(self) -> str:
        """Return what stands on the card, from the sender at its head to the foot."""
        letter = self._letter
        parts = [self._head(letter.sender)] if letter.sender else []
        parts += [self._block(block) for block in letter.blocks]
        if letter.foot:
            parts.append(self._foot(letter.foot))
        return "\n".join(parts)

    def _head(self, sender: str) -> str:
        return (
            f'<p class="accent"{self._way} style="margin:0 0 20px 0;font-size:14px;font-weight:600;'
            f'color:{ACCENT.light}">{self._fact(sender)}</p>'
        )

    def _foot(self, lines: Iterable[str]) -> str:
        written = "<br>\n".join(self._fact(line) for line in lines)
        return (
            f'<p class="quiet rule"{self._way} style="margin:28px 0 0 0;padding:16px 0 0 0;'
            f'border-top:1px solid {RULE.light};font-size:13px;line-height:1.5;color:{QUIET.light}">{written}</p>'
        )

    def _block(self, block: Block) -> str:
        match block:
            case Heading(line):
                style = "margin:28px 0 6px 0;font-size:18px;line-height:1.3;font-weight:600"
                return f'<h2 class="ink"{self._way} style="{style};color:{INK.light}">{self._line(line)}</h2>'
            case Paragraph(lines):
                written = "<br>\n".join(self._line(line) for line in lines)
                return f'<p{self._way} style="margin:0 0 16px 0">{written}</p>'
            case Code(code):
                return (
                    f'<table {_TABLE} style="margin:8px 0 24px 0">\n<tr>\n<td class="ink code" dir="ltr" align="center"'
                    f' bgcolor="{PAGE.light}" style="padding:16px 0;{_MONO};font-size:34px;line-height:1.2;'
                    f"font-weight:700;letter-spacing:6px;text-align:center;color:{INK.light};"
                    f'background-color:{PAGE.light}">{escape(code)}</td>\n</tr>\n</table>'
                )
            case Rows():
                return self._rows(block)
            case _:
                assert_never(block)

    def _rows(self, block: Rows) -> str:
        caption = (
            f'<p class="ink"{self._way} style="margin:12px 0 4px 0;font-weight:600;color:{INK.light}">'
            f"{self._fact(block.caption)}</p>\n"
            if block.caption
            else ""
        )
        rows = "\n".join(self._row(row, is_sum=block.is_sum) for row in block.rows)
        return f'{caption}<table {_TABLE} style="margin:8px 0 16px 0">\n{rows}\n</table>'

    def _row(self, row: Row, *, is_sum: bool) -> str:
        # Its fonts and colours are the card's: mailboxes cut a letter off that is long.
        edge = f"padding:{'5px 0' if is_sum else '11px 0'};border-top:1px solid {RULE.light}"
        lead = self._fact(row.lead) if is_sum else f"<b>{self._fact(row.lead)}</b>"
        notes = "".join(
            f'<br>\n<span class="quiet" style="font-size:14px;color:{QUIET.light}">{self._fact(note)}</span>'
            for note in row.notes
        )
        code = (
            f'<br>\n<b class="accent" dir="ltr" style="{_MONO};letter-spacing:1px;color:{ACCENT.light}">'
            f"{escape(row.code)}</b>"
            if row.code
            else ""
        )
        span = "" if row.value else ' colspan="2"'
        cell = f'<td{span}{self._way} class="rule" valign="top" style="{edge}">{lead}{notes}{code}</td>'
        if not row.value:
            return f"<tr>\n{cell}\n</tr>"
        return (
            f'<tr>\n{cell}\n<td{self._way} class="rule" valign="top" {self._end}style="{edge};white-space:nowrap;'
            f'padding-{self._gap}:12px;text-align:end">{self._fact(row.value)}</td>\n</tr>'
        )

    def _line(self, line: Line) -> str:
        return "".join(self._fact(one.text) if one.is_fact else escape(one.text) for one in line)

    def _fact(self, text: str) -> str:
        """Return a fact as text, kept from mixing with what stands beside it where it may run the other way."""
        written = escape(text)
        plain = not self._letter.is_right_to_left and runs_right_to_left(text) is not True
        return written if plain else f"<bdi>{written}</bdi>"
