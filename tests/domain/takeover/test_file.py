from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.errors import InvalidInput
from pos_app.domain.takeover.file import MOST_BYTES, read_season_file
from tests.bounded import needs_rusage, run_bounded, writing

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "performance,zone,row,seat,name,e-mail,price,old code\r\n"


def test_a_line_says_who_sits_where_on_which_evening() -> None:
    found = read_season_file((HEAD + "2031-05-02 19:30,Stalls,A,12,Anna Berg,anna@example.org,40.00,X-1\r\n").encode())
    (line,) = found.lines
    assert (line.line, line.performance, line.zone, line.row, line.seat) == (2, "2031-05-02 19:30", "Stalls", "A", "12")
    assert (line.name, line.email, line.price, line.code, line.reserved) == (
        "Anna Berg", "anna@example.org", "40.00", "X-1", False,
    )  # fmt: skip
    assert found.performances == ("2031-05-02 19:30",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_tables_of_other_programs_are_read(encoding: str, comma: str) -> None:
    text = (HEAD + "2031-05-02,Parkett,A,12,Jürgen Öz,,40,\n").replace(",", comma)
    assert read_season_file(text.encode(encoding)).lines[0].name == "Jürgen Öz"


def test_columns_may_have_other_names_another_order_and_company() -> None:
    text = "Barcode;Seat_Number;PRICE;Event Date;Weather;Seat Row;Section\n7;4;12,50;2031-05-02;rain;B;Stalls\n"
    (line,) = read_season_file(text.encode()).lines
    assert (line.code, line.seat, line.price, line.performance, line.row, line.zone, line.name) == (
        "7", "4", "12,50", "2031-05-02", "B", "Stalls", "",
    )  # fmt: skip


def test_cells_with_commas_quotes_and_lines_are_read_and_formulas_are_texts() -> None:
    text = HEAD + '"Gala, 2031-05-02",Stalls,A,1,"Anna ""A""\nBerg",,\'+40,"\'=1+1"\n'
    (line,) = read_season_file(text.encode()).lines
    assert (line.performance, line.name, line.price, line.code) == ("Gala, 2031-05-02", 'Anna "A" Berg', "+40", "=1+1")


def test_what_is_reserved_is_told_and_what_was_cancelled_is_left_out() -> None:
    text = "performance,seat,price,status\nx,1,5,Reserved\nx,2,5,PAID\nx,3,5,refunded\nx,4,5,strange\n"
    found = read_season_file(text.encode())
    assert [(line.seat, line.reserved) for line in found.lines] == [("1", True), ("2", False), ("4", False)]
    assert [(one.line, one.sentence) for one in found.warnings] == [
        (4, "Left out, because it is refunded."),
        (5, "“strange” is no known status; taken as sold."),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"\x00\x01\x02\xff", "not a text"),
        (b"zone,row,price\nA,1,2\n", "no column"),
        (HEAD.encode(), "no sales"),
        (b'performance,seat,price\n"a,1,2\n' + b"x" * 200_000, "does not end"),
        (b"performance,seat,price\n" + b"a,1,2\n" * 100_001, "more than 100,000"),
        (b"x" * 30_000_001, "larger than 30 MB"),
    ],
    ids=["nothing", "blank", "bytes", "no seat", "head only", "open quote", "too many", "too large"],
)
def test_what_is_no_such_table_is_refused_in_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(InvalidInput, match=told) as refused:
        read_season_file(data)
    assert refused.value.advice


@pytest.mark.parametrize("data", [b"", b" ", b'"', b'""', b'"",""\n', b'""\n\n""'])
def test_what_holds_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="The file is empty"):
        read_season_file(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: (HEAD + text).encode("utf-8", "surrogatepass")))
def test_nothing_that_is_thrown_at_it_does_more_than_refuse(data: bytes) -> None:
    try:
        found = read_season_file(data)
    except InvalidInput:
        return
    assert found.lines


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (HEAD.encode() + b'x,"' + b"n\n" * 200_000, "A cell of line 2 does not end"),
        (HEAD.encode() + b'x,"' + b"n" * 150_000 + b'"', "A cell of line 2 does not end"),
        (HEAD.encode() + b"," * 300_000, "Line 2 is longer than 200,000 letters"),
        (b"n" * 300_000, "Line 1 is longer"),
        (b"\n" * 2_000_000, "more than 100,000 lines"),
        (b"PK\x03\x04" + b"\0" * 100, "is a spreadsheet"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "is a spreadsheet"),
        (b"", "is empty"),
        (b"\r\n \n\t\n", "is empty"),
    ],
    ids=range(9),
)
def test_a_table_without_an_end_is_told_where(data: bytes, told: str) -> None:
    with pytest.raises(InvalidInput, match=told) as raised:
        read_season_file(data)
    assert len(str(raised.value)) < 300


def test_lines_end_as_on_any_system_and_cells_may_hold_some() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = HEAD.replace("\r\n", end) + f'x,A,1,2,"Anna{end}Berg",,4,{end}{end}y,A,1,3,,,4,'
        first, second = read_season_file(text.encode()).lines
        assert (first.name, second.performance, second.seat) == ("Anna Berg", "y", "3")


_BOMBS = {
    "commas": (HEAD.encode(), b","),
    "lines": (HEAD.encode(), b"\n"),
    "cells": (HEAD.encode(), b"ab,cd,ef,gh\n"),
    "many cells": (HEAD.encode(), b"ab," * 60_000 + b"\n"),
    "quotes": (HEAD.encode(), b'"'),
    "lines in cells": (HEAD.encode(), b'"a\nb",'),
    "long cells": (HEAD.encode(), b"x,A,1,1," + b"e" + "\u0301".encode() * 60_000 + b",,4,\n"),
    "emoji": (HEAD.encode() + "\U0001f3ad".encode(), b"x,y\n"),
    "one line": (b"", b"x"),
    "wide": ("\ufeff".encode("utf-16-le"), "x,".encode("utf-16-le")),
}


@needs_rusage
@pytest.mark.parametrize("bomb", _BOMBS)
def test_a_table_that_asks_for_far_too_much_is_answered_at_once(tmp_path: Path, bomb: str) -> None:
    head, part = _BOMBS[bomb]
    content = head + part * ((MOST_BYTES - len(head)) // len(part))
    taken = run_bounded(
        "from pathlib import Path; from pos_app.domain.takeover.file import read_season_file",
        "read_season_file(Path(sys.argv[1]).read_bytes())",
        writing(tmp_path / "table.csv", content),
    )
    assert taken.said == "taken" or taken.said.startswith("InvalidInput"), taken.said
    assert len(taken.said) < 300
    assert taken.megabytes < 300, taken
    assert taken.seconds < 6, taken


def test_a_line_tells_how_a_person_is_reached_and_until_when_a_seat_is_kept() -> None:
    text = "performance,seat,price,Telephone,Comment,Newsletter,Reserved until\nx,1,5,'+43 1 23456,Aisle,yes,18:30\n"
    (line,) = read_season_file(text.encode()).lines
    assert (line.phone, line.note, line.letters, line.release) == ("+43 1 23456", "Aisle", "yes", "18:30")
