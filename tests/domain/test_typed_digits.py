"""Digits and marks of any script, and what cannot be seen around them."""

from __future__ import annotations

import pytest

from pos_app.domain.typed_digits import alike


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("１２．５０", "12.50"),
        ("١٢٫٥", "12٫5"),
        ("۱۲٬۵۰۰", "12٬500"),
        ("\u200f12.50\u200e", "12.50"),
        ("\u202b12\u202c\ufeff", "12"),
        ("1\u202f234\u00a0567\u2009890", "1 234 567 890"),
        ("1’234'567", "1'234'567"),
        ("−5 – 6", "-5 - 6"),
        ("￥１２，０００", "¥12,000"),
        ("10 ٪", "10 %"),
        ("  \t ", ""),
        ("²", "²"),
    ],
)
def test_digits_and_marks_of_any_script_are_made_alike(typed: str, plain: str) -> None:
    assert alike(typed) == plain
