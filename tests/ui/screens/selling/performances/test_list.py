from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos_app.domain.season.offers import PerformanceSummary, SeatsLeft
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
        (-9, {"all", "today", "week"}),
        (-5, {"all", "today", "week"}),
        (-4, {"all", "today", "week"}),
        (0.5, {"all", "today", "week"}),
        (19, {"all", "today", "week"}),
        (20, {"all", "week"}),
        (6 * 24 + 19, {"all", "week"}),
        (6 * 24 + 20, {"all"}),
    ],
)
def test_today_is_the_venues_evening_by_the_servers_clock(hours_before: float, spans: set[str]) -> None:
    one = replace(TONIGHT, until_start=hours_before * HOUR)
    assert {span for span in ("all", "today", "week") if matches(one, "", span)} == spans


@pytest.mark.parametrize(
    ("now", "starts", "spans"),
    [
        ((1, 21, 0), (2, 0, 30), {"all", "today", "week"}),
        ((2, 0, 10), (2, 0, 30), {"all", "today", "week"}),
        ((2, 0, 10), (1, 22, 30), {"all", "today", "week"}),
        ((1, 21, 0), (2, 5, 0), {"all", "week"}),
        ((1, 21, 0), (8, 0, 30), {"all", "week"}),
        ((1, 21, 0), (8, 5, 0), {"all"}),
    ],
)
def test_the_evening_lasts_until_five_in_the_morning(
    now: tuple[int, int, int], starts: tuple[int, int, int], spans: set[str]
) -> None:
    here, there = (
        datetime(2031, 5, day, hour, minute, tzinfo=ZoneInfo("Europe/Paris")) for day, hour, minute in (now, starts)
    )
    one = replace(TONIGHT, time_zone="Europe/Paris", starts_at=there, until_start=(there - here).total_seconds())
    assert {span for span in ("all", "today", "week") if matches(one, "", span)} == spans


def test_an_exhibition_under_way_is_todays_and_opened_only_where_nothing_begins_today(themed: object) -> None:
    fair = replace(
        TONIGHT, performance_id=2, starts_at=START - timedelta(days=9), until_start=-9 * 24 * HOUR + 3 * HOUR
    )
    fair = replace(fair, ends_at=START + timedelta(days=30))
    assert matches(fair, "", "today")
    assert matches(fair, "", "week")
    assert not fair.is_late
    made = PerformanceList()
    tomorrow = replace(TONIGHT, performance_id=3, starts_at=START + timedelta(days=1), until_start=27 * HOUR)
    made.show_performances((fair, TONIGHT, tomorrow))
    assert made.first_on_sale() == TONIGHT
    made.show_performances((fair, tomorrow))
    assert made.first_on_sale() == fair
    made.show_performances((replace(fair, ends_at=None), tomorrow))
    assert made.first_on_sale() == tomorrow


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


def test_what_is_not_counted_is_neither_sold_out_nor_full(themed: object) -> None:
    made = PerformanceList()
    unknown = replace(TONIGHT, capacity=0, free=0, counted=False)
    assert made.model.words_left(unknown) == ""
    assert made.model.words_left(replace(unknown, cancelled=True)) == "Cancelled"
    made.show_performances((unknown,))
    assert "0" not in str(made.model.data(made.model.index(0), Qt.ItemDataRole.AccessibleTextRole)).replace(":30", "")
    assert made.first_on_sale() == unknown
    made.show_left({1: SeatsLeft(100, 0)})
    assert made.model.words_left(made.model.at(0)) == "Sold out"
    assert made.first_on_sale() is None
    made.show_left({1: SeatsLeft(100, 40), 77: SeatsLeft(1, 1)})
    counted = replace(TONIGHT, left=SeatsLeft(100, 40))
    assert made.model.at(0) == counted == made.performance(1)


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


def test_enter_opens_none_of_several_that_fit_and_says_so(qtbot: QtBot, themed: object) -> None:
    tomorrow = replace(TONIGHT, performance_id=2, until_start=27 * HOUR, starts_at=START.replace(day=3))
    other = replace(tomorrow, performance_id=3, title="Giselle")
    made = PerformanceList()
    qtbot.addWidget(made)
    made.show_performances((TONIGHT, tomorrow, other))
    made.choose(3)
    opened: list[object] = []
    left: list[bool] = []
    made.performance_chosen.connect(opened.append)
    made.left.connect(lambda: left.append(True))
    QTest.keyClicks(made.search, "swan")
    QTest.keyClick(made.search, Qt.Key.Key_Return)
    assert (opened, left) == ([], [])
    assert made.hint.text() == "2 fit: choose one with the arrow keys."
    QTest.keyClicks(made.search, " x")
    assert not made.hint.text()
    QTest.keyClick(made.search, Qt.Key.Key_Return)
    assert (opened, left) == ([], []), "nothing fits"
    made.search.clear()
    QTest.keyClick(made.search, Qt.Key.Key_Return)
    assert (opened, left) == ([], [True]), "nothing typed: the one that is open stays"
    QTest.keyClicks(made.search, "gis")
    QTest.keyClick(made.search, Qt.Key.Key_Return)
    assert (opened, left) == ([], [True, True])
    made.search.setText("swan")
    made._on_down()
    assert opened == [TONIGHT], "the arrows choose"


def test_however_far_it_is_scrolled_what_is_seen_is_looked_at_soon(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    listed = PerformanceList(window)
    listed.resize(240, 400)
    listed.show_performances(tuple(replace(TONIGHT, performance_id=number) for number in range(1, 3001)))
    window.show()
    bar = listed.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 150_000)
    with qtbot.waitSignal(listed.looked):
        bar.setValue(bar.maximum())
    assert listed.in_view()[-1].performance_id == 3000
