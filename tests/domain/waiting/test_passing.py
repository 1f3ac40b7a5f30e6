from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pos_app.domain.waiting.passing import PassedOver, PassOver, read_passed_over, tell_passed_over

UNTIL = datetime(2026, 12, 24, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (PassedOver(PassOver.NO_CATEGORY), "Nothing was free where this party wants to sit."),
        (PassedOver(PassOver.TOO_FEW, 1), "Only 1 place was free where this party wants to sit, and it needs 4."),
        (PassedOver(PassOver.TOO_FEW, 3), "Only 3 places were free where this party wants to sit, and it needs 4."),
        (PassedOver(PassOver.NOT_TOGETHER), "There were no 4 places side by side."),
        (PassedOver(PassOver.OVER, until=UNTIL), "The time until which this party wanted to wait was over."),
    ],
)
def test_what_is_written_is_read_and_said(one: PassedOver, said: str) -> None:
    assert read_passed_over(one.written()) == one
    assert tell_passed_over(one.written(), 4) == said


@pytest.mark.parametrize("text", ["", "{", "[]", '{"why": "rain"}', '{"why": "over", "until": "soon"}', '"over"'])
def test_what_is_not_understood_says_nothing(text: str) -> None:
    assert read_passed_over(text) is None
    assert tell_passed_over(text, 2) == ""
