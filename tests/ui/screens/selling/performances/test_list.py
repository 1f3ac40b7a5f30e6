from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.season.offers import PerformanceSummary
from pos_app.ui.screens.selling.performances.list import PerformanceList
from pos_app.ui.screens.selling.performances.model import matches

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HOUR = 3600.0
# 00:30 of the 2nd in UTC: 19:30 of the 1st in New York.
START = datetime(2031, 3, 2, 0, 30, tzinfo=UTC)
TONIGHT = PerformanceSummary(
    performance_id=1,
    title="Swan Lake",
    venue="Main House",
    time_zone="America/New_York",
    starts_at=START,
    doors_at=None,
    cancelled=False,
    on_sale=True,
    until_start=3 * HOUR,
    capacity=100,
    free=40,
)


@pytest.mark.parametrize(
    ("hours_before", "spans"),
    [
        (-5, {"all"}),
        (-4, {"all", "today", "week"}),
        (0.5, {"all", "today", "week"}),
        (19, {"all", "today", "week"}),
        (20, {"all", "week"}),
        (6 * 24 + 19, {"all", "week"}),
        (6 * 24 + 20, {"all"}),
    ],
)
def test_today_is_the_venues_day_by_the_servers_clock(hours_before: float, spans: set[str]) -> None:
    one = replace(TONIGHT, until_start=hours_before * HOUR)
    assert {span for span in ("all", "today", "week") if matches(one, "", span)} == spans


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Orphée aux Enfers", "orphee"),
        ("L\u2019Étoile", "l'etoile"),
        ("L\u2019Étoile", "etoile"),
        ("Così fan tutte", "COSI fan"),
        ("Hänsel & Gretel", "hansel gretel"),
        ("The Nutcracker: a Tale", "nutcracker a tale"),
        ("Swan\u2013Lake", "swanlake main"),
        ("Straßenfest", "strassenfest"),
        ("Лебединое озеро", "озеро"),
    ],
)
def test_a_performance_is_found_by_what_any_keyboard_types(title: str, typed: str) -> None:
    assert matches(replace(TONIGHT, title=title), typed, "all")
    assert not matches(replace(TONIGHT, title=title), f"{typed} zzz", "all")


def test_today_lists_what_is_today_for_the_server_whatever_year_this_computer_is_in(themed: object) -> None:
    tomorrow = replace(TONIGHT, performance_id=2, until_start=27 * HOUR, starts_at=START.replace(day=3))
    made = PerformanceList()
    made.show_performances((TONIGHT, tomorrow))
    made.spans.choose("today")
    made._refresh()
    assert [made.model.at(row) for row in range(made.model.rowCount())] == [TONIGHT]


def test_a_performance_without_prices_does_not_look_as_if_it_could_be_sold(themed: object) -> None:
    made = PerformanceList()
    assert made.model.words_left(TONIGHT) == "40 left"
    assert made.model.words_left(replace(TONIGHT, priced=False)) == "No prices yet"
    assert made.model.words_left(replace(TONIGHT, priced=False, cancelled=True)) == "Cancelled"


def test_a_cancelled_performance_is_neither_opened_first_nor_by_enter(qtbot: QtBot, themed: object) -> None:
    cancelled = replace(TONIGHT, performance_id=2, cancelled=True)
    made = PerformanceList()
    qtbot.addWidget(made)
    made.show_performances((cancelled, replace(TONIGHT, performance_id=3, priced=False), TONIGHT))
    assert made.first_on_sale() == TONIGHT
    made.show_performances((cancelled, TONIGHT))
    with qtbot.waitSignal(made.performance_chosen) as chosen:
        made.search.setText("swan")
        made._on_search_entered()
    assert chosen.args == [TONIGHT]
    made.show_performances((cancelled,))
    assert made.first_on_sale() is None
    with qtbot.waitSignal(made.performance_chosen) as chosen:
        made._on_search_entered()
    assert chosen.args == [cancelled], "who looks for it finds it"
