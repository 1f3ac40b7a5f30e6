"""A manager sets a season up in the running program, then sells a ticket of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.doctor import judge_database
from pos_app.domain.local_times import wall_time
from pos_app.domain.roles import Role
from pos_app.domain.season.prices import PriceDraft
from pos_app.services.season.performance_records import list_performance_records
from pos_app.services.season.prices import load_price_grid, save_prices
from pos_app.ui.screens.admin.events.page import EventsPage
from pos_app.ui.screens.admin.events.performances.dates_sheet import DatesSheet
from tests.evening import start_evening
from tests.kinds import BOTH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.domain.season.performances import PerformanceRecord
    from tests.evening import Evening
    from tests.houses import OpenHouse


def of_event(house: OpenHouse, title: str) -> list[PerformanceRecord]:
    found = house.database.read(list_performance_records, house.small.manager)
    return [one for one in found if one.title == title]


def type_in(page: Any, name: str, words: str) -> None:
    line = page.form.editor(name).line
    line.setFocus()
    QTest.keyClicks(line, words)


def control(evening: Evening, key: Qt.Key) -> None:
    evening.press(key, Qt.KeyboardModifier.ControlModifier)


def set_up(evening: Evening, house: OpenHouse) -> list[PerformanceRecord]:
    """Make an event, its first performance with prices, and two more like it."""
    evening.window.show_screen("manage")
    assert evening.workplace.manage is not None
    section = evening.workplace.manage.section("events")
    assert isinstance(section, EventsPage)
    events, page = section.events, section.performances
    evening.wait(lambda: events.list.table.records)
    control(evening, Qt.Key.Key_N)
    type_in(events, "title", "Hamlet")
    type_in(events, "kind", "Theatre")
    control(evening, Qt.Key.Key_S)
    evening.wait(lambda: events.record is not None and events.record.title == "Hamlet")
    section.events.performances_button.click()
    evening.wait(lambda: page.list.new_button.isVisible() and page.season)
    control(evening, Qt.Key.Key_N)
    control(evening, Qt.Key.Key_S)
    evening.wait(lambda: page.record is not None)
    first = page.record
    grid = house.database.read(load_price_grid, house.small.manager, first.performance_id)
    amounts = {(category.category_id, house.small.adult_id): 3000 for category in grid.categories}
    house.database.transact(save_prices, house.small.manager, grid, PriceDraft(amounts, 0, 0))
    page.again_button.click()
    sheet = next(one for one in evening.window.findChildren(DatesSheet) if one.is_open)
    begins = wall_time(first.starts_at, first.time_zone).wall.date()
    for days in (1, 3):
        sheet.toggle(begins + timedelta(days=days))
    control(evening, Qt.Key.Key_Return)
    evening.wait(lambda: not any(one.is_open for one in evening.window.findChildren(DatesSheet)))
    return of_event(house, "Hamlet")


@pytest.fixture
def evening(qtbot: QtBot, house: OpenHouse, themed: object, tmp_path: Path) -> Iterator[Evening]:
    del themed
    started = start_evening(qtbot, house, tmp_path)
    yield started
    started.foyer.shut_down()


@BOTH
def test_a_manager_makes_an_event_with_three_performances_and_sells_a_ticket_of_one(
    evening: Evening, house: OpenHouse
) -> None:
    evening.sign_in(Role.MANAGER)
    made = set_up(evening, house)
    assert [one.prices for one in made] == [2, 2, 2]
    assert [wall_time(one.starts_at, one.time_zone).wall.strftime("%H:%M") for one in made] == ["19:30"] * 3
    evening.window.show_screen("sell")
    sell = evening.sell
    sell.on_sale.refresh()
    evening.wait(lambda: sell.performances.performance(made[-1].performance_id) is not None)
    offered = sell.performances.performance(made[-1].performance_id)
    assert offered is not None
    sell.on_sale.open(offered)
    evening.wait(lambda: sell.live.offer is not None and sell.live.offer.performance_id == offered.performance_id)
    evening.hold_a_seat()
    evening.open_cash()
    evening.press(Qt.Key.Key_Return)
    evening.wait(lambda: of_event(house, "Hamlet")[-1].sold == 1)
    evening.wait(lambda: not sell.hold.basket.lines)
    assert house.database.read(judge_database) == ()
