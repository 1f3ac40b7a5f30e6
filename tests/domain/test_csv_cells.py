from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.csv_cells import guarded, unguarded

_CELLS = st.text(st.one_of(st.characters(), st.sampled_from("=+-@|%'\";,\t\r\n :\ufeff\u200b\uff1da1")), max_size=12)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-A1", "'-A1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("|calc", "'|calc"),
        ("%0A=1", "'%0A=1"),
        ("  =1", "'  =1"),
        ('"=1"', '\'"=1"'),
        ("\ufeff=1", "'\ufeff=1"),
        ("\uff1d1", "'\uff1d1"),
        ("\u22121+A1", "'\u22121+A1"),
        ("Ann;=HYPERLINK(A1)", "Ann;'=HYPERLINK(A1)"),
        ("Ann,=A1", "Ann,'=A1"),
        ("Ann\t=A1", "Ann\t'=A1"),
        ("Ann\r\n=A1", "Ann'\r'\n'=A1"),
        ('Ann; "@A1;-B1', "Ann;' \"@A1;'-B1"),
        ("'=A1", "''=A1"),
    ],
)
def test_whatever_could_become_a_formula_is_guarded(cell: str, written: str) -> None:
    assert guarded(cell).replace("n'\r", "n\r") == written.replace("n'\r", "n\r")
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize(
    "cell", ["", "WINTER10", "a=1", "5 %", "Əli", "-5", "-52.00", "-1,234.50", "52.00", "O'Brien", "'tis", "Ann; Bob"]
)
def test_other_cells_and_numbers_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell
    assert unguarded(cell) == cell


def test_all_that_looks_like_the_beginning_of_a_formula_is_known() -> None:
    alike = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.normalize("NFKC", chr(n))[:1] in set("=+-@|%")]
    assert [letter for letter in alike if guarded(f"{letter}A1") == f"{letter}A1"] == []


@given(_CELLS)
def test_every_cell_is_read_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@given(_CELLS)
def test_no_part_of_a_cell_begins_a_formula_wherever_it_is_cut(cell: str) -> None:
    written = guarded(cell)
    if re.fullmatch(r"-[0-9.,]+", written):
        return
    for part in re.split(r"[;,\t\r\n]", written):
        seen = "".join(one for one in part if unicodedata.category(one) != "Cf").lstrip(' "')
        assert not seen.startswith(("=", "+", "-", "@", "%", "\uff1d", "\uff0b"))
