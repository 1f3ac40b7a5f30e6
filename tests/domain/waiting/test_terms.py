from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pos_app.domain.waiting.terms import offer_seconds, sale_ends

EIGHT = datetime(2026, 12, 1, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = 60


@pytest.mark.parametrize(
    ("ends_at", "off_sale_at", "ends"),
    [
        (None, None, EIGHT),
        (EIGHT + 2 * HOUR, None, EIGHT),
        (EIGHT + 48 * HOUR, None, EIGHT + 48 * HOUR),
        (None, EIGHT - HOUR, EIGHT - HOUR),
        (None, EIGHT + HOUR, EIGHT + HOUR),
        (EIGHT + 2 * HOUR, EIGHT + 3 * HOUR, EIGHT + 2 * HOUR),
    ],
)
def test_nothing_is_offered_past_the_end_of_the_sale(
    ends_at: datetime | None, off_sale_at: datetime | None, ends: datetime
) -> None:
    assert sale_ends(EIGHT, ends_at, off_sale_at) == ends


@pytest.mark.parametrize(
    ("minutes", "left", "lasts"),
    [
        (120, 86_400, 120 * MINUTE),
        (120, 3 * 3600, 60 * MINUTE),
        (30, 3 * 3600, 30 * MINUTE),
        (120, 24 * MINUTE, 10 * MINUTE),
        (10, 86_400, 10 * MINUTE),
        (120, 15 * MINUTE, 10 * MINUTE),
        (120, 15 * MINUTE - 1, None),
        (120, -5, None),
    ],
)
def test_an_offer_is_shorter_near_the_end_and_none_is_made_at_the_very_end(
    minutes: int, left: float, lasts: int | None
) -> None:
    assert offer_seconds(minutes, left) == lasts
