from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.errors import InvalidInput
from pos_app.domain.takeover.file import read_season_file

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
        (b'performance,seat,price\n"a,1,2\n' + b"x" * 200_000, "no line of a table"),
        (b"performance,seat,price\n" + b"a,1,2\n" * 100_001, "more than 100,000"),
        (b"x" * 30_000_001, "larger than 30 MB"),
    ],
    ids=["nothing", "blank", "bytes", "no seat", "head only", "open quote", "too many", "too large"],
)
def test_what_is_no_such_table_is_refused_in_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(InvalidInput, match=told) as refused:
        read_season_file(data)
    assert refused.value.advice


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: (HEAD + text).encode("utf-8", "surrogatepass")))
def test_nothing_that_is_thrown_at_it_does_more_than_refuse(data: bytes) -> None:
    try:
        found = read_season_file(data)
    except InvalidInput:
        return
    assert found.lines
