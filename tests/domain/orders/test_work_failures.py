from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pos_app.domain.errors import SeatsTaken
from pos_app.domain.orders.work_failures import LONGEST_FAILURE, failure_of, read_failure, write_failure
from pos_app.domain.sentences import Moment, Money, Span, say, say_count


def test_a_failure_is_kept_with_all_its_facts_and_said_again_in_any_language() -> None:
    told = say_count(
        "{count} place of {money}, {when}, {day}, {wait}, {names}, {inner}",
        "{count} places of {money}, {when}, {day}, {wait}, {names}, {inner}",
        3,
        money=Money(4000, "EUR"),
        when=Moment(datetime(2026, 12, 5, 18, tzinfo=UTC), "Europe/Berlin", until=datetime(2026, 12, 6, tzinfo=UTC)),
        day=date(2026, 12, 5),
        wait=Span(90.0),
        names=("A", say("row {row}", row="G")),
        inner=say("“{title}” is over.", title="Hamlet {0} \U0001f3ad"),
    )
    failure = failure_of(SeatsTaken(told, advice=say("Choose others.")))
    again = read_failure(write_failure(failure))
    assert again == failure
    assert again is not None
    assert (again.error, again.message.template, again.message.facts) == ("SeatsTaken", told.template, told.facts)


def test_a_failure_that_is_too_long_keeps_its_class() -> None:
    long = failure_of(SeatsTaken(say("{text}", text="x" * LONGEST_FAILURE)))
    assert read_failure(write_failure(long)) == type(long)("SeatsTaken")


@pytest.mark.parametrize("text", ["{", "[]", "3", '["X", {"say": 3}, ""]', '["X", {"other": []}, ""]', '["X", {}, {}]'])
def test_a_text_that_is_no_failure_still_says_that_something_failed(text: str) -> None:
    assert read_failure(text) is not None
    assert read_failure("") is None
