"""A festival that is under way is simply on sale, and an evening that has an end is sold late until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_app.db.clock import utc_plus
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import change_performance

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.screens.selling.conftest import Till

HOUR = 3600


def look_again(till: Till) -> None:
    till.screen.on_sale.refresh()
    till.settle()


@SQLITE_FIRST
def test_an_exhibition_under_way_is_opened_held_and_found_under_today_without_a_question(
    till: Till,
) -> None:
    house, small = till.house, till.house.small
    change_performance(house, starts_at=utc_plus(-26 * HOUR), doors_at=None, ends_at=utc_plus(70 * HOUR))
    look_again(till)
    listed = till.screen.performances
    listed.spans.choose("today")
    listed._refresh()
    assert small.performance_id in {listed.model.at(row).performance_id for row in range(listed.model.rowCount())}
    till.open(small.performance_id)
    till.hold(*small.seats_of(1, (3, 4)))
    assert not till.is_asking()
    header = till.screen.map_panel.header.when.text()
    assert "until" in header
    assert "has begun" not in header


@SQLITE
def test_an_evening_with_an_end_is_asked_about_once_and_its_header_is_not_cut(till: Till) -> None:
    house, small = till.house, till.house.small
    change_performance(house, starts_at=utc_plus(-HOUR), doors_at=utc_plus(-2 * HOUR), ends_at=utc_plus(HOUR))
    till.window.resize(1280, 720)
    look_again(till)
    till.open(small.performance_id)
    till.click(*small.seats_of(1, (3, 4)))
    sheet = till.sheet()
    assert "has begun" in sheet.accessibleName()
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: len(till.seats) == 2)
    header = till.screen.map_panel.header.when
    assert "has begun" in header.text()
    assert "doors" not in header.text()


@SQLITE
def test_a_till_started_during_an_exhibition_alone_opens_it(make_till: Callable[[], Till], till: Till) -> None:
    house, small = till.house, till.house.small
    change_performance(house, starts_at=utc_plus(-26 * HOUR), doors_at=None, ends_at=utc_plus(70 * HOUR))
    other = make_till()
    assert other.screen.on_sale.chosen == small.performance_id
