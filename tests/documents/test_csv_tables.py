from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.documents.csv_tables import harmless, write_csv


def test_a_table_begins_with_a_mark_and_ends_its_lines_with_cr_lf() -> None:
    assert write_csv(("Code", "Note"), [("A1", 'say "hi", twice'), ("B2", "")]) == (
        b'\xef\xbb\xbfCode,Note\r\nA1,"say ""hi"", twice"\r\nB2,\r\n'
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\uff1d1"])
def test_what_a_spreadsheet_would_reckon_with_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "WINTER10", "a=1", "5 %", "Əli"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4))
def test_every_table_is_read_back_as_it_was(rows: list[list[str]]) -> None:
    text = write_csv(("a", "b"), rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert read == [["a", "b"], *[[harmless(cell) for cell in row] for row in rows]]
