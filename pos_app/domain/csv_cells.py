"""Cells of a table that no spreadsheet takes for a formula, and the same cells read back.

A spreadsheet reckons with what begins like a formula. Where it parts cells by another mark than the one in the file
(the semicolon, in half of Europe), or at the end of a line in the midst of a cell, it takes the rest for the next cell.
So an apostrophe is put wherever a cell could begin so, and read back it is taken off (OWASP, CSV injection).
"""

from __future__ import annotations

import re
from typing import Final

_BEGINS_FORMULA: Final = (
    "=+@|%\\-\t\r\n"
    "\uff1d\uff0b\uff20\uff5c\uff05\uff0d"  # full width
    "\ufe62\ufe63\ufe66\ufe6a\ufe6b\u207a\u207b\u207c\u208a\u208b\u208c"  # small, raised, lowered
    "\u2212\u2a75\u2a76\ufb29"  # minus, and signs of two
)
"""What makes a spreadsheet reckon with a cell or run a command, and what it takes for the same."""
_PARTS_CELLS: Final = ";,|\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029\uff0c\uff1b"
_PASSED_OVER: Final = (
    ' "\u00a0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff\u00ad\u180e\u0000-\u0008\u000e-\u001b\u001f'
    "\u201c\u201d\u201e\u00ab\u00bb\uff02"
)
"""Blanks, quotation marks, and what is not seen: some programs take them off before they look."""

_HARMFUL: Final = rf"(?='*[{_PASSED_OVER}]*[{_BEGINS_FORMULA}])"
_PLACES: Final = re.compile(rf"(\A|[{_PARTS_CELLS}]){_HARMFUL}")
_GUARDED_PLACES: Final = re.compile(rf"(\A|[{_PARTS_CELLS}])'{_HARMFUL}")
_NUMBER: Final = re.compile(r"-[0-9]+([.,][0-9]+)*")


def guarded(cell: str) -> str:
    """Return a cell as no spreadsheet takes any of it for a formula; a number below zero stays a number."""
    return cell if _NUMBER.fullmatch(cell) else _PLACES.sub(r"\1'", cell)


def unguarded(cell: str) -> str:
    """Return a cell as it was before it was guarded."""
    return _GUARDED_PLACES.sub(r"\1", cell)
