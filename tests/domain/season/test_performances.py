from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pos_app.domain.season.performances import (
    CommonChange,
    ListedPerformance,
    PerformanceDraft,
    PerformanceRecord,
    PlaceCount,
    with_count,
)

START = datetime(2031, 5, 2, 17, 30, tzinfo=UTC)
SET = PerformanceDraft(1, 2, START, None, START - timedelta(days=30), START - timedelta(hours=1), 15, 50, 150)


def test_a_change_that_says_nothing_leaves_all_as_it_was() -> None:
    assert CommonChange().applied(SET) == SET


def test_what_is_to_be_the_same_is_changed_and_nothing_else() -> None:
    changed = CommonChange(hold_minutes=5, ticket_fee_minor=0).applied(SET)
    assert changed == PerformanceDraft(1, 2, START, None, SET.on_sale_at, SET.off_sale_at, 5, 0, 150)


@pytest.mark.parametrize(
    ("change", "begins", "ends"),
    [
        (CommonChange(sale_at_once=True), None, SET.off_sale_at),
        (CommonChange(on_sale_at=START, sale_at_once=True), None, SET.off_sale_at),
        (CommonChange(off_sale_minutes=30), SET.on_sale_at, START - timedelta(minutes=30)),
        (CommonChange(off_sale_at=START, off_sale_minutes=0), SET.on_sale_at, START),
        (CommonChange(off_sale_minutes=30, sale_to_the_end=True), SET.on_sale_at, None),
    ],
)
def test_of_what_contradicts_itself_the_later_holds(
    change: CommonChange, begins: datetime | None, ends: datetime | None
) -> None:
    changed = change.applied(SET)
    assert (changed.on_sale_at, changed.off_sale_at) == (begins, ends)


def test_a_listed_performance_is_given_its_places() -> None:
    listed = ListedPerformance(
        7, 1, 2, "Play", "House", "Plan", "UTC", "EUR", START, None, None, None, 15, 0, 0,
        cancelled=False, cancel_reason="", prices=3, archived=False,
    )  # fmt: skip
    count = PlaceCount(7, 50, sold=2, held=3, kept=5)
    record = with_count(listed, count)
    assert isinstance(record, PerformanceRecord)
    assert (record.count, record.count.free, record.title) == (count, 40, "Play")
