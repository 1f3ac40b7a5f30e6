from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pos_app.domain.season.performances import ListedPerformance
from pos_app.domain.takeover.matching import match_performance, says_another_title


def performance(number: int, title: str, starts_at: str) -> ListedPerformance:
    return ListedPerformance(
        performance_id=number, event_id=1, plan_id=1, title=title, venue="Main House", plan="Plan",
        time_zone="Europe/Vienna", currency="EUR", starts_at=datetime.fromisoformat(starts_at), doors_at=None,
        on_sale_at=None, off_sale_at=None, hold_minutes=15, ticket_fee_minor=0, order_fee_minor=0, cancelled=False,
        cancel_reason="", prices=0, archived=False,
    )  # fmt: skip


SEASON = (
    performance(1, "Hamlet", "2031-05-02T17:30+00:00"),
    performance(2, "Hamlet", "2031-05-03T17:30+00:00"),
    performance(3, "Macbeth", "2031-05-03T17:30+00:00"),
    performance(4, "Faust", "2031-05-04T22:30+00:00"),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2031-05-02 19:30", 1),
        ("2031-05-02T19:30:00", 1),
        ("Hamlet, 2.5.2031, 19:30", 1),
        ("02.05.2031", 1),
        ("2031-05-02 20:00", None),
        ("2031-05-03 19:30", None),
        ("MACBETH 2031-05-03 19:30", 3),
        ("Hamlet (2031-05-03)", 2),
        ("2031-05-05 00:30", 4),
        ("Faust", 4),
        ("Hamlet", None),
        ("2031-13-45 19:30", None),
        ("05/02/2031 19:30", None),
        ("", None),
    ],
)
def test_a_text_means_one_performance_or_none(text: str, number: int | None) -> None:
    found = match_performance(text, SEASON)
    assert (found.performance_id if found is not None else None) == number


def test_a_day_in_the_midst_of_a_festival_means_it_where_nothing_else_begins() -> None:
    festival = replace(SEASON[0], performance_id=9, title="Faust Days", ends_at=SEASON[0].starts_at + timedelta(days=6))
    for text, number in (("2031-05-06", 9), ("2031-05-03", None), ("2031-05-06 10:00", None), ("2031-05-09", None)):
        found = match_performance(text, (*SEASON, festival))
        assert (found.performance_id if found is not None else None) == number


@pytest.mark.parametrize(
    ("text", "is_another"),
    [
        ("2031-05-02 19:30", False),
        ("Hamlet 2031-05-02 19:30", False),
        ("The HAMLET, 2.5.2031, 19:30", False),
        ("Nope 2031-05-02", True),
        ("Фауст 2031-05-02", True),
        ("", False),
    ],
)
def test_a_name_in_which_no_word_of_the_title_stands_says_another_title(text: str, *, is_another: bool) -> None:
    assert says_another_title(text, "Hamlet") == is_another
