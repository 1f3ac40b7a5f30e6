"""Tables as CSV, to be opened by a spreadsheet without harm: RFC 4180, in UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet reckon with a cell instead of showing it; the last four are their full-width forms."""


def write_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table: lines end with CR and LF, cells are quoted where they must be.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return a cell as no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_BEGINS_FORMULA) else cell
