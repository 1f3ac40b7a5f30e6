"""What a person may do with a letter follows from what became of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pos_app.domain.editing import FieldRefused
from pos_app.domain.letters.deeds import clean_recipient, may_readdress, may_send_again, may_stop
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.listing import LetterRow

_NOW = datetime(2026, 12, 1, tzinfo=UTC)


def of(state: LetterState, kind: LetterKind = LetterKind.REFUND, recipient: str = "a@b.cd") -> LetterRow:
    return LetterRow(1, kind, state, recipient, _NOW, _NOW)


@pytest.mark.parametrize(
    ("state", "again", "readdress", "stop"),
    [
        (LetterState.WAITING, False, True, True),
        (LetterState.SENDING, False, False, False),
        (LetterState.SENT, True, True, False),
        (LetterState.FAILED, True, True, True),
        (LetterState.STOPPED, True, True, False),
    ],
)
def test_each_state(state: LetterState, again: bool, readdress: bool, stop: bool) -> None:  # noqa: FBT001 - a row
    row = of(state)
    assert (may_send_again(row), may_readdress(row), may_stop(row)) == (again, readdress, stop)
    for nobody in (of(state, recipient=""), of(state, LetterKind.VERIFICATION)):
        assert not may_send_again(nobody)
        assert not may_readdress(nobody)


def test_addresses_of_any_script_are_taken_and_marks_around_them_are_not() -> None:
    assert clean_recipient(" anna@exämple.org ") == "anna@exämple.org"
    assert clean_recipient("用户@例子.中国") == "用户@例子.中国"
    with pytest.raises(FieldRefused):
        clean_recipient("Anna <anna@example.org>")
