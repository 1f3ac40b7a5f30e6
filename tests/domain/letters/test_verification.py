"""Codes are six digits, kept as a salted hash, and typed in any script."""

from __future__ import annotations

import pytest

from pos_app.domain.letters.verification import (
    CodeVerdict,
    hash_code,
    is_code,
    new_code,
    tell_verdict,
    typed_code,
)


def test_codes_have_six_digits_and_differ() -> None:
    codes = {new_code() for _ in range(200)}
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) > 190


def test_only_a_salted_hash_is_kept() -> None:
    stored = hash_code("012345")
    assert "012345" not in stored
    assert stored != hash_code("012345")
    assert len(stored) <= 200
    assert is_code("012345", stored)
    assert not is_code("012346", stored)


@pytest.mark.parametrize("stored", ["", "x", "x:y", ":", "00"])
def test_what_is_no_hash_is_nobodys_code(stored: str) -> None:
    assert not is_code("012345", stored)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("012345", "012345"),
        (" 012 345 ", "012345"),
        ("012-345", "012345"),
        ("\u0660\u0661\u0662\u0663\u0664\u0665", "012345"),
        ("\uff10\uff11\uff12\uff13\uff14\uff15", "012345"),
        ("12345", ""),
        ("1234567", ""),
        ("12345a", ""),
        ("\u00b2\u00b2\u00b2\u00b2\u00b2\u00b2", ""),
        ("", ""),
        ("9" * 1000, ""),
    ],
)
def test_a_code_is_typed_in_digits_of_any_script(typed: str, code: str) -> None:
    assert typed_code(typed) == code


def test_each_verdict_says_what_to_do_next() -> None:
    assert tell_verdict(CodeVerdict.WRONG, 1) == "This is not the code. It can be typed once more."
    assert tell_verdict(CodeVerdict.WRONG, 4) == "This is not the code. It can be typed 4 times more."
    assert all(tell_verdict(verdict) for verdict in CodeVerdict)
    for verdict in (CodeVerdict.SPENT, CodeVerdict.OVER, CodeVerdict.MISSING):
        assert "Send" in tell_verdict(verdict)
