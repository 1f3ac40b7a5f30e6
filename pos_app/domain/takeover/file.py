"""Sales and reservations made elsewhere, as a table of lines: one for each seat, with who has it, at what price.

The table is CSV (RFC 4180) as other box offices export it: commas, semicolons or tabs; UTF-8 with or without a mark,
UTF-16 with one, else Windows-1252. The head names the columns, in any order; others are passed over.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.csv_cells import unguarded
from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pos_app.domain.sentences import Sentence

MOST_BYTES: Final = 30_000_000
MOST_LINES: Final = 100_000
LONGEST_CELL: Final = 500
_LONGEST_LINE: Final = 200_000
_MOST_LINES_OF_TEXT: Final = 10 * MOST_LINES
"""Empty ones, and those inside of quotation marks, with them."""
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of a spreadsheet begin: packed (XLSX, ODS), or in the older way (XLS)."""

_NAMES: Final = {
    "performance": ("performance", "date", "event", "show", "session", "event date"),
    "zone": ("zone", "section", "block", "area", "seat zone"),
    "row": ("row", "seat row", "row number"),
    "seat": ("seat", "seat number", "number", "no"),
    "name": ("name", "attendee name", "customer", "customer name", "guest"),
    "email": ("e-mail", "email", "mail", "e-mail address"),
    "price": ("price", "amount", "total"),
    "code": ("old code", "code", "ticket code", "barcode", "secret"),
    "status": ("status", "state"),
    "phone": ("phone", "telephone", "phone number", "mobile", "tel"),
    "note": ("note", "notes", "comment", "comments", "remark"),
    "letters": ("letters", "consent", "newsletter", "consent to letters", "marketing"),
    "release": ("release time", "release", "reserved until", "until", "expires", "expiry", "expires at"),
    "type": ("type", "ticket type", "product", "category"),
}
"""How columns are called elsewhere; ours first."""
_NEEDED: Final = ("performance", "seat", "price")
_RESERVED: Final = frozenset({"reserved", "reservation", "unpaid", "pending", "open"})
_SOLD: Final = frozenset({"", "sold", "paid", "valid", "complete", "completed", "yes"})
_DROPPED: Final = frozenset({"cancelled", "canceled", "refunded", "void", "expired"})


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """One seat that was sold or reserved elsewhere, as it is written there. line: its number in the file.

    letters: whether the house may write to this person; release: until when a reserved seat is kept.
    """

    line: int
    performance: str
    zone: str
    row: str
    seat: str
    name: str
    email: str
    price: str
    code: str
    ticket_type: str
    reserved: bool
    phone: str = ""
    note: str = ""
    letters: str = ""
    release: str = ""


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why a line cannot be taken over (or, as a warning, what was made of it). line 0: the whole file."""

    line: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class SeasonFile:
    """What a file holds. performances: its names for performances, in the order they come."""

    lines: tuple[OutsideLine, ...]
    performances: tuple[str, ...]
    warnings: tuple[LineProblem, ...]


def read_season_file(data: bytes) -> SeasonFile:
    """Read a table of sales made elsewhere. Raises InvalidInput when it is too large, no table, or lacks a column.

    It is read line by line, and only our columns are kept, so that a file of nothing but commas takes no more room.
    """
    if len(data) > MOST_BYTES:
        raise too_large()
    if data.startswith(_SPREADSHEETS):
        raise InvalidInput(
            say("The file is a spreadsheet, and no text."), advice=say("Save the table as CSV in UTF-8.")
        )
    text = _decoded(data)
    first = next((line for line in _lines_of(text) if line.strip()), "")
    rows = _rows(text, max(",;\t", key=first.count))
    # Quotation marks alone are a line with nothing in it.
    head = next(rows, None)
    if head is None:
        raise InvalidInput(say("The file is empty."), advice=say("Export the sales once more."))
    columns = _columns(head[1])
    warnings: list[LineProblem] = []
    lines = tuple(_lines(rows, columns, warnings))
    if not lines:
        raise InvalidInput(say("The file has a head and no sales."), advice=say("Export the sales once more."))
    return SeasonFile(lines, tuple(dict.fromkeys(line.performance for line in lines)), tuple(warnings))


def too_large() -> InvalidInput:
    """Return what is said of a file of more than MOST_BYTES."""
    return InvalidInput(
        say("The file is larger than {most} MB.", most=MOST_BYTES // 1000000), advice=say("Split it by performance.")
    )


def _too_many_lines() -> InvalidInput:
    return InvalidInput(
        say("The file has more than {most} lines.", most=MOST_LINES), advice=say("Split it by performance.")
    )


def _lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends. Raises InvalidInput for too long a one, and for too many."""
    for number, found in enumerate(_LINE.finditer(text), start=1):
        if number > _MOST_LINES_OF_TEXT:
            raise _too_many_lines()
        if found.end() - found.start() > _LONGEST_LINE:
            raise InvalidInput(
                say("Line {line} is longer than {most} letters.", line=str(number), most=_LONGEST_LINE),
                advice=say("Save it as CSV."),
            )
        yield found[0]


def _rows(text: str, comma: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, the head first, each with the number of its last line. Raises InvalidInput."""
    reader = csv.reader(_lines_of(text), delimiter=comma)
    count = 0
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            if reader.line_num > begins or "field limit" in str(error):
                raise InvalidInput(
                    say("A cell of line {line} does not end.", line=str(begins)),
                    advice=say("Look whether a quotation mark is missing there, and save it as CSV."),
                ) from None
            raise InvalidInput(
                say("Line {line} is no line of a table: {error}.", line=str(reader.line_num), error=str(error)),
                advice=say("Save it as CSV."),
            ) from None
        if row is None:
            return
        if any(map(str.strip, row)):
            count += 1
            if count > MOST_LINES + 1:
                raise _too_many_lines()
            yield reader.line_num, row


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InvalidInput(say("The file is not a text."), advice=say("Save the table as CSV in UTF-8."))


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Return where each of our columns stands. Raises InvalidInput for one that is needed and missing."""
    named = {" ".join(cell.replace("_", " ").split()).casefold(): number for number, cell in enumerate(head)}
    columns = {
        ours: next(named[name] for name in names if name in named)
        for ours, names in _NAMES.items()
        if any(name in named for name in names)
    }
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise InvalidInput(
            say("The table has no column “{column}”.", column=missing[0]),
            advice=say(
                "Its first line names the columns: performance, zone, row, seat, name, e-mail, price, old code, status."
            ),
        )
    return columns


def _lines(
    rows: Iterable[tuple[int, Sequence[str]]], columns: dict[str, int], warnings: list[LineProblem]
) -> Iterable[OutsideLine]:
    for number, row in rows:
        cells = {name: _cell(row[at]) if at < len(row) else "" for name, at in columns.items()}
        status = cells.get("status", "").casefold()
        if status in _DROPPED:
            warnings.append(LineProblem(number, say("Left out, because it is {status}.", status=status)))
            continue
        if status not in _SOLD | _RESERVED:
            warnings.append(
                LineProblem(number, say("“{status}” is no known status; taken as sold.", status=cells["status"]))
            )
        yield OutsideLine(
            line=number,
            performance=cells["performance"],
            zone=cells.get("zone", ""),
            row=cells.get("row", ""),
            seat=cells["seat"],
            name=cells.get("name", ""),
            email=cells.get("email", ""),
            price=cells["price"],
            code=cells.get("code", ""),
            ticket_type=cells.get("type", ""),
            reserved=status in _RESERVED,
            phone=cells.get("phone", ""),
            note=cells.get("note", ""),
            letters=cells.get("letters", ""),
            release=cells.get("release", ""),
        )


def _cell(text: str) -> str:
    """Clean a cell; what only keeps a spreadsheet from reckoning is taken off."""
    return clean_line(unguarded(text[: 8 * LONGEST_CELL]), LONGEST_CELL)
