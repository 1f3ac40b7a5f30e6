"""A manager gives performances an end: one, several at once, and the same again on other dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, QTime

from pos_app.domain.local_times import wall_time
from pos_app.services.season.performance_records import list_season, open_performance
from pos_app.ui.screens.admin.events.performances.values import AFTER_EACH
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import sold

if TYPE_CHECKING:
    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.ui.screens.admin.events.performances.page import PerformanceRecordsPage
    from tests.ui.screens.admin.conftest import Office

# The clock of the house in Vienna goes back on the 25th of October 2026, and forward on the 28th of March 2027.
FIRST, LAST = QDate(2031, 5, 2), QDate(2031, 5, 5)


def set_start(page: PerformanceRecordsPage, day: QDate, time: QTime) -> None:
    page.fields.starts.date.setDate(day)
    page.fields.starts.time.setTime(time)


def set_end(page: PerformanceRecordsPage, day: QDate, time: QTime) -> None:
    if not page.fields.ends.wanted.isChecked():
        page.fields.ends.wanted.click()
    page.fields.ends.date.setDate(day)
    page.fields.ends.time.setTime(time)


def stored(office: Office, page: PerformanceRecordsPage) -> PerformanceRecord:
    assert page.record is not None
    return office.house.database.read(open_performance, office.house.small.manager, page.record.performance_id)


def make_fair(office: Office, page: PerformanceRecordsPage) -> PerformanceRecord:
    page.start_new()
    office.settle()
    set_start(page, FIRST, QTime(10, 0))
    set_end(page, LAST, QTime(18, 0))
    office.save(page)
    return stored(office, page)


def on_the_clock(one: PerformanceRecord) -> tuple[str, str]:
    assert one.ends_at is not None
    begins, ends = (wall_time(at, one.time_zone).wall for at in (one.starts_at, one.ends_at))
    return f"{begins:%m-%d %H:%M}", f"{ends:%m-%d %H:%M}"


@SQLITE_FIRST
def test_several_days_are_set_up_shown_and_moved_with_their_beginning(
    office: Office, page: PerformanceRecordsPage
) -> None:
    made = make_fair(office, page)
    assert on_the_clock(made) == ("05-02 10:00", "05-05 18:00")
    model = page.list.table.model()
    row = next(at for at in range(model.rowCount()) if page.list.table.shown[at].ends_at)
    assert "2 May" in str(model.index(row, 0).data())
    assert "5 May 2031" in str(model.index(row, 0).data())
    assert "Ends" in str(model.index(row, 0).data())
    set_start(page, QDate(2031, 10, 25), QTime(11, 0))
    office.save(page)
    assert on_the_clock(stored(office, page)) == ("10-25 11:00", "10-28 19:00")
    page.fields.ends.wanted.click()
    office.save(page)
    assert stored(office, page).ends_at is None


@SQLITE
def test_an_end_before_the_beginning_is_told_beside_it(office: Office, page: PerformanceRecordsPage) -> None:
    page.start_new()
    office.settle()
    set_start(page, FIRST, QTime(10, 0))
    set_end(page, FIRST, QTime(9, 0))
    office.save(page)
    assert "end after it has begun" in page.form.problem("ends_at")


@SQLITE
def test_an_end_is_suggested_a_few_hours_after_the_beginning(office: Office, page: PerformanceRecordsPage) -> None:
    page.start_new()
    office.settle()
    set_start(page, FIRST, QTime(19, 30))
    assert page.fields.ends.value() is None
    page.fields.ends.wanted.click()
    office.save(page)
    assert on_the_clock(stored(office, page)) == ("05-02 19:30", "05-02 22:30")


@SQLITE
def test_a_missing_hour_ends_it_later_and_of_a_doubled_one_the_person_chooses(
    office: Office, page: PerformanceRecordsPage
) -> None:
    page.start_new()
    office.settle()
    zone = page.fields.time_zone
    set_start(page, QDate(2027, 3, 27), QTime(20, 0))
    set_end(page, QDate(2027, 3, 28), QTime(2, 30))
    assert "It would end at 03:30." in page.fields.ends._words.text()
    set_start(page, QDate(2027, 10, 30), QTime(20, 0))
    set_end(page, QDate(2027, 10, 31), QTime(2, 30))
    page.fields.ends.which._buttons["second"].click()
    office.save(page)
    ends = stored(office, page).ends_at
    assert ends is not None
    assert wall_time(ends, zone).offset == "UTC+01:00"


@SQLITE
def test_moving_the_end_of_several_days_says_first_that_tickets_bear_the_old_one(
    office: Office, page: PerformanceRecordsPage
) -> None:
    house = office.house
    record = page.list.table.record(house.small.performance_id)
    assert record is not None
    page.open_record(record)
    sold(house, house.small.seats_of(1, (1, 2)))
    page.refresh()
    office.settle()
    day = wall_time(record.starts_at, record.time_zone).wall.date() + timedelta(days=2)
    set_end(page, QDate(day.year, day.month, day.day), QTime(23, 0))
    office.save(page)
    sheet = office.sheet()
    assert sheet is not None
    assert "2 tickets sold already bear the old time" in sheet.accessibleDescription()
    sheet.yes.click()
    office.settle()
    assert stored(office, page).ends_at is not None


@SQLITE
def test_the_same_again_lasts_as_long_and_shows_until_when(office: Office, page: PerformanceRecordsPage) -> None:
    fair = make_fair(office, page)
    page.again_button.click()
    sheet = office.sheet()
    assert sheet is not None
    sheet.choose([date(2031, 5, 3), date(2031, 10, 24)])
    overlapping, autumn = (str(sheet.table.model().index(row, 0).data()) for row in (0, 1))
    assert f"“{fair.title}” is there as well" in overlapping
    assert "24 Oct 2031, 10:00" in autumn
    assert "27 Oct 2031, 18:00" in autumn
    sheet.choose([date(2031, 10, 24)])
    office.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    office.wait(lambda: office.sheet() is None)
    office.settle()
    season = office.house.database.read(list_season, office.house.small.manager)
    again = max(season, key=lambda one: one.starts_at)
    assert again.ends_at is not None
    assert f"{wall_time(again.ends_at, again.time_zone).wall:%m-%d %H:%M}" == "10-27 18:00"


@SQLITE
def test_several_get_one_length_with_an_undo(office: Office, page: PerformanceRecordsPage) -> None:
    table = page.list.table
    keys = {one.performance_id for one in table.shown[:2]}
    table.setFocus()
    table.select(keys)
    office.wait(page.several.isVisible)
    page.several.form.change_values({"ends": AFTER_EACH, "lasts_minutes": 150})
    office.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    sheet = office.sheet()
    assert sheet is not None
    assert "Each ends 2 hours 30 minutes after it begins" in sheet.accessibleDescription()
    sheet.yes.click()
    office.settle()

    def lengths() -> set[bool]:
        season = office.house.database.read(list_season, office.house.small.manager)
        return {one.ends_at is not None for one in season if one.performance_id in keys}

    assert lengths() == {True}
    assert page.banner.press_action()
    office.settle()
    assert lengths() == {False}
