from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.local_times import moment_at, wall_time
from pos_app.domain.season.dates import PlannedDate
from pos_app.services.season.dates import repeat_performance
from pos_app.services.season.performance_records import list_season
from pos_app.ui.screens.admin.events.performances.words import planned_words
from pos_app.ui.words.times import shown_moment, shown_time
from tests.kinds import BOTH, SQLITE
from tests.services.letters.parties import joins
from tests.services.letters.written import customer
from tests.services.stories import hold, sold

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from pos_app.domain.season.performances import ListedPerformance
    from pos_app.ui.screens.admin.events.performances.dates_sheet import DatesSheet
    from pos_app.ui.screens.admin.events.performances.page import PerformanceRecordsPage
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office


def season(house: OpenHouse) -> dict[int, ListedPerformance]:
    return {one.performance_id: one for one in house.database.read(list_season, house.small.manager)}


def local_day(one: ListedPerformance) -> date:
    return wall_time(one.starts_at, one.time_zone).wall.date()


def ask_dates(office: Office, page: PerformanceRecordsPage, performance_id: int) -> DatesSheet:
    page.open_record(page.list.table.record(performance_id))
    office.settle()
    page.again_button.click()
    sheet: DatesSheet = office.sheet()
    assert sheet is not None
    return sheet


@BOTH
def test_every_tuesday_and_saturday_is_made_with_prices_and_the_same_time_of_the_clock(
    office: Office, page: PerformanceRecordsPage
) -> None:
    house = office.house
    before = season(house)
    gala = before[house.small.gala_id]
    sheet = ask_dates(office, page, gala.performance_id)
    for number, button in enumerate(sheet.weekdays):
        button.setChecked(number in {1, 5})
    first = local_day(gala) + timedelta(days=2)
    sheet.first.setDate(QDate(first.year, first.month, first.day))
    last = first + timedelta(weeks=20) - timedelta(days=1)
    sheet.last.setDate(QDate(last.year, last.month, last.day))
    sheet.add_days.click()
    assert len(sheet.planned) == 40
    assert sheet.yes.words == "Make 40 performances"
    office.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    office.settle()
    assert office.sheet() is None
    made = [one for key, one in season(house).items() if key not in before]
    assert {local_day(one).weekday() for one in made} == {1, 5}
    clock = {wall_time(one.starts_at, one.time_zone).wall.time().replace(second=0, microsecond=0) for one in made}
    assert clock == {wall_time(gala.starts_at, gala.time_zone).wall.time().replace(second=0, microsecond=0)}
    assert {one.prices for one in made} == {gala.prices}
    assert page.banner.press_action()
    office.settle()
    assert all(season(house)[one.performance_id].archived for one in made)


@SQLITE
def test_what_is_there_already_is_marked_and_not_made(office: Office, page: PerformanceRecordsPage) -> None:
    house = office.house
    evening, gala = (season(house)[key] for key in (house.small.performance_id, house.small.gala_id))
    sheet = ask_dates(office, page, evening.performance_id)
    for day in (local_day(gala), local_day(gala) + timedelta(days=1)):
        sheet.toggle(day)
    assert [one.there for one in sheet.planned] == [True, False]
    assert sheet.yes.words == "Make 1 performance"
    # Another manager is quicker: it is made once all the same.
    starts = [one.moment.utc for one in sheet.planned if not one.there]
    house.database.transact(repeat_performance, house.small.manager, evening.performance_id, starts)
    count = len(season(house))
    sheet.yes.click()
    office.settle()
    assert len(season(house)) == count


@SQLITE
def test_days_are_chosen_by_the_keyboard_and_a_lost_server_keeps_them(
    office: Office, page: PerformanceRecordsPage
) -> None:
    house = office.house
    sheet = ask_dates(office, page, house.small.gala_id)
    office.press(Qt.Key.Key_Right)
    office.press(Qt.Key.Key_Return)
    assert len(sheet.planned) == 1
    office.line.cut = True
    sheet.yes.click()
    office.settle()
    assert "cannot be reached" in sheet._wrong.text()
    assert len(sheet.planned) == 1
    office.line.cut = False
    sheet.yes.click()
    office.settle()
    assert len(season(house)) == 4


@SQLITE
def test_a_date_in_the_past_is_marked_and_asked_about_before_it_is_made(
    office: Office, page: PerformanceRecordsPage
) -> None:
    house = office.house
    evening = season(house)[house.small.performance_id]
    sheet = ask_dates(office, page, evening.performance_id)
    first = wall_time(page.clock.now(), evening.time_zone).wall.date() - timedelta(days=30)
    sheet.choose([first + timedelta(days=number) for number in range(5)])
    assert [planned_words(one, evening.time_zone) for one in sheet.planned] == [("It begins in the past", "warn")] * 5
    assert "5 to look at" in sheet._sum.text()
    sheet.yes.click()
    asked = office.sheet()
    assert asked is not sheet
    assert "in the past" in asked.accessibleDescription()
    assert "and 2 more" in asked.accessibleDescription()
    asked.cancel()
    office.settle()
    assert len(season(house)) == 3
    sheet.toggle(first)
    sheet.yes.click()
    office.sheet().yes.click()
    office.settle()
    assert len(season(house)) == 7
    assert office.sheet() is None


@SQLITE
def test_what_begins_on_another_day_of_a_long_one_is_named_with_its_day(house: OpenHouse) -> None:
    evening = season(house)[house.small.performance_id]
    zone, begins = evening.time_zone, evening.starts_at
    days_before = moment_at(wall_time(begins, zone).wall - timedelta(days=2), zone)
    same_day = moment_at(wall_time(begins, zone).wall - timedelta(hours=1), zone)
    ends_at = begins + timedelta(days=1)
    long, short = (
        planned_words(
            PlannedDate(local_day(evening), moment, there=False, past=False, beside=evening, ends_at=ends_at), zone
        )
        for moment in (days_before, same_day)
    )
    assert long == (f"“{evening.title}” is there as well: {shown_moment(begins, zone)}", "warn")
    assert short == (f"“{evening.title}” begins there at {shown_time(begins, zone)}", "warn")


@BOTH
def test_a_cancellation_says_before_whom_it_meets_and_can_be_taken_back(
    office: Office, page: PerformanceRecordsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    house, evening = office.house, office.house.small.performance_id
    first = sold(house, house.small.seats_of(1, (1, 2)))
    hold(house, house.small.seats_of(2, (1,)))
    joins(house, customer(house))
    page.open_record(page.list.table.record(evening))
    office.settle()
    page.cancel_button.click()
    office.settle()
    sheet: Any = office.sheet()
    told = sheet.accessibleDescription()
    assert "1 party waits for it: nothing is offered any more, and the work list tells it." in told
    assert "on resale" not in told
    assert "2 tickets in 1 order are sold, for €80.00" in told
    assert "1 place is in a basket or reserved" in told
    assert [one.number for one in sheet.orders] == [first.number]
    sheet.copy_orders()
    assert QApplication.clipboard().text().replace("-", "") == first.number
    monkeypatch.setattr("pos_app.ui.save_file.ask_path", lambda *_asked: str(tmp_path / "orders.csv"))
    sheet.export_button.click()
    office.wait((tmp_path / "orders.csv").exists)
    office.settle()
    sheet.yes.click()
    assert not season(house)[evening].cancelled
    QTest.keyClicks(sheet.reason_field, "The tenor is ill")
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert office.sheet() is None
    assert season(house)[evening].cancel_reason == "The tenor is ill"
    assert page.record.cancelled
    page.cancel_button.click()
    office.sheet().yes.click()
    office.settle()
    assert not season(house)[evening].cancelled


@SQLITE
def test_a_cancellation_without_a_server_leaves_the_reason_where_it_is(
    office: Office, page: PerformanceRecordsPage
) -> None:
    page.open_record(page.list.table.record(office.house.small.performance_id))
    office.settle()
    page.cancel_button.click()
    office.settle()
    sheet = office.sheet()
    sheet.reason_field.setText("Flood")
    office.line.cut = True
    sheet.yes.click()
    office.settle()
    assert sheet.is_open
    assert sheet.reason_field.text() == "Flood"
    assert "cannot be reached" in sheet._wrong.text()
    office.line.cut = False
    sheet.yes.click()
    office.settle()
    assert season(office.house)[office.house.small.performance_id].cancel_reason == "Flood"
