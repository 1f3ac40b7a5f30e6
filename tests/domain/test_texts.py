from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.texts import clean_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Anna   Guest ", "Anna Guest"),
        ("Anna\nGuest\t", "Anna Guest"),
        ("محفظة נאדיה", "محفظة נאדיה"),
        ("👩\u200d👩\u200d👧 Guest", "👩\u200d👩\u200d👧 Guest"),
        ("Ann\x00a\x1b[31m", "Anna[31m"),
        ("\ud800Anna\udc80", "Anna"),
        ("Anna\u202etseuG", "AnnatseuG"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("\u2028\u2029", ""),
        ("\x00\u202e\ud800", ""),
    ],
)
def test_a_name_keeps_its_letters_and_nothing_that_harms(typed: str, kept: str) -> None:
    assert clean_line(typed, 80) == kept


@given(st.text(st.characters(), max_size=60))
def test_every_text_becomes_one_that_can_be_stored(text: str) -> None:
    cleaned = clean_line(text, 20)
    assert len(cleaned) <= 20
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert cleaned.splitlines() in ([], [cleaned])
    assert clean_line(cleaned, 20) == cleaned
