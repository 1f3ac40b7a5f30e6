from __future__ import annotations

import pytest

from pos_app.domain.errors import InvalidInput
from pos_app.domain.staff.recovery import new_recovery_code, read_recovery_code, recovery_sheet


def test_a_code_is_read_however_it_was_typed() -> None:
    code = new_recovery_code()
    assert len(code.split("-")) == 6
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code.replace('-', '')} "):
        assert read_recovery_code(typed) == code
    assert new_recovery_code() != code


@pytest.mark.parametrize("typed", ["", "ABCD", "0000-1111-0000-1111-0000-1111", "x" * 1000, "ÄÖÜ"])
def test_what_is_no_code_is_told_to_be_none(typed: str) -> None:
    with pytest.raises(InvalidInput, match="24 letters and digits"):
        read_recovery_code(typed)


def test_a_sheet_says_whose_it_is_what_for_and_how() -> None:
    lines = recovery_sheet("The Little House", "CODE")
    assert "The Little House" in lines[0]
    assert lines[2] == "CODE"
    assert "foyer database recover" in lines[3]
