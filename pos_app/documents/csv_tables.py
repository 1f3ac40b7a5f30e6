"""Tables as CSV, to be opened by a spreadsheet without harm: RFC 4180, in UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from pos_app.domain.csv_cells import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def write_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table: lines end with CR and LF, cells are quoted where they must be.

    What a spreadsheet would take for a formula is guarded, and read back the same by domain.csv_cells; numbers below
    zero stay numbers.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in head])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
