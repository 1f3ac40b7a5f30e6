from __future__ import annotations

import pytest

from pos_app.ui.words.times import shown_span

HOUR = 3600.0
YEAR = 365 * 24 * HOUR


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (59.6, "1 minute"),
        (-61, "1 minute 1 second"),
        (5400, "1 hour 30 minutes"),
        (3605, "1 hour"),
        (YEAR, "365 days"),
        (-YEAR - 6 * HOUR, "365 days 6 hours"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(seconds: float, words: str) -> None:
    assert shown_span(seconds) == words
