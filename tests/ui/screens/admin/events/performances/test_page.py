from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from sqlalchemy import delete, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Performance, PerformanceSeat, SeatingPlan
from pos_app.services.season.performance_records import open_performance
from pos_app.services.season.performances import archive_performance
from pos_app.ui.look.theme import ui_font
from pos_app.ui.screens.admin.events.page import PERFORMANCES
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import hold, sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.ui.screens.admin.events.page import EventsPage
    from pos_app.ui.screens.admin.events.performances.page import PerformanceRecordsPage
    from tests.ui.screens.admin.conftest import Office


def open_first(office: Office, page: PerformanceRecordsPage) -> Any:
    page.open_record(page.list.table.shown[0])
    office.settle()
    return page.record


def set_start(page: PerformanceRecordsPage, day: QDate, time: QTime) -> None:
    page.fields.starts.date.setDate(day)
    page.fields.starts.time.setTime(time)


def stored(office: Office, performance_id: int) -> PerformanceRecord:
    return office.house.database.read(open_performance, office.house.small.manager, performance_id)


def cells(page: PerformanceRecordsPage, row: int) -> list[str]:
    model = page.list.table.model()
    return [str(model.index(row, at).data()) for at in range(model.columnCount())]


@SQLITE_FIRST
def test_the_table_says_what_is_sold_held_and_free_and_where_prices_are_missing(
    office: Office, page: PerformanceRecordsPage
) -> None:
    house = office.house
    sold(house, house.small.seats_of(1, (1, 2)))
    hold(house, house.small.seats_of(2, (1, 2, 3)))
    page.refresh()
    office.settle()
    office.wait(lambda: "2 of 50" in cells(page, 0)[3])
    assert cells(page, 0)[3] == "2 of 50, 45 free · 3 held"
    assert cells(page, 0)[2] == "On sale"
    page.start_new()
    set_start(page, QDate(2030, 6, 1), QTime(19, 30))
    office.save(page)
    office.wait(lambda: "0 of 50" in cells(page, 2)[3])
    assert cells(page, 2)[2].startswith("No prices yet")


@SQLITE
def test_places_free_held_and_kept_have_their_room_in_the_smallest_window(page: PerformanceRecordsPage) -> None:
    table = page.list.table
    table.resize(573, 400)
    room = [table.horizontalHeader().sectionSize(at) - 20 for at in range(4)]
    assert QFontMetrics(ui_font(12)).horizontalAdvance("1,321 free · 13 held · 9 kept") <= room[3]
    assert QFontMetrics(ui_font(14, QFont.Weight.DemiBold)).horizontalAdvance("Wed, 30 Dec 2026, 19:30") <= room[0]


@SQLITE
def test_a_missing_hour_is_shown_and_shifted_and_a_doubled_one_asked(
    office: Office, page: PerformanceRecordsPage
) -> None:
    page.start_new()
    office.settle()
    set_start(page, QDate(2027, 3, 28), QTime(2, 30))
    words = page.fields.starts._words.text()
    assert words == "02:30 does not exist on Sun 28 Mar: the clock goes from 02:00 to 03:00. It would begin at 03:30."
    assert "at 03:00" in page.fields.doors.when.text()
    office.save(page)
    assert page.record.starts_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert page.record.doors_at == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    set_start(page, QDate(2027, 10, 31), QTime(2, 30))
    page.fields.starts.which._buttons["second"].click()
    office.save(page)
    assert page.record.starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@SQLITE_FIRST
def test_moving_a_sold_performance_says_first_how_many_tickets_bear_the_old_time(
    office: Office, page: PerformanceRecordsPage
) -> None:
    house = office.house
    record = open_first(office, page)
    office.fill(page, doors_at="45")
    # Sold behind the manager's back: the form does not know of it yet.
    sold(house, house.small.seats_of(1, (1, 2)))
    office.save(page)
    assert "2 bear the old time" in page.banner.message.text
    assert stored(office, record.performance_id).doors_at == record.doors_at
    assert page.banner.press_action()
    sheet = office.sheet()
    assert sheet is not None
    assert "2 tickets sold already bear the old time" in sheet.accessibleDescription()
    sheet.yes.click()
    office.settle()
    moved = stored(office, record.performance_id)
    assert moved.doors_at is not None
    assert moved.starts_at - moved.doors_at < timedelta(minutes=46)
    assert moved.doors_at != record.doors_at


@SQLITE
def test_a_new_one_begins_as_the_last_of_its_event_a_day_later(office: Office, section: EventsPage) -> None:
    section.events.open_record(section.events.list.table.records[0])
    section.events.performances_button.click()
    office.settle()
    page = section.performances
    last = max(page.season, key=lambda one: one.starts_at)
    office.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    values = page.form.readable_values()
    assert isinstance(values["starts_at"], datetime)
    assert timedelta(hours=22) < values["starts_at"] - last.starts_at < timedelta(hours=26)
    assert (values["plan_id"], values["ticket_fee_minor"]) == (last.plan_id, last.ticket_fee_minor)


@SQLITE
def test_without_a_seating_plan_it_says_what_to_make_first(office: Office, section: EventsPage) -> None:
    house = office.house
    house.database.transact(lambda session: session.execute(update(SeatingPlan).values(deleted_at=utc_now())))
    house.database.transact(lambda session: session.execute(update(Performance).values(deleted_at=utc_now())))
    section.open_part(PERFORMANCES)
    office.settle()
    page = section.performances
    page.list.show_records(())
    assert page.list.empty._sentence.text() == "Make a venue and a seating plan first."
    assert page.list.new_button.isHidden()


@SQLITE_FIRST
def test_archived_meanwhile_and_the_server_gone_lose_nothing_that_was_typed(
    office: Office, page: PerformanceRecordsPage
) -> None:
    house = office.house
    record = open_first(office, page)
    house.database.transact(archive_performance, house.small.manager, record.performance_id)
    office.fill(page, hold_minutes="20")
    office.save(page)
    sheet = office.sheet()
    assert sheet is not None
    office.line.cut = True
    sheet.yes.click()
    office.settle()
    assert page.form.readable_values()["hold_minutes"] == 20
    assert page.unsaved()
    office.line.cut = False
    assert page.banner.press_action()
    office.settle()
    sheet = office.sheet()
    sheet.yes.click()
    office.settle()
    now = stored(office, record.performance_id)
    assert (now.hold_minutes, now.archived) == (20, False)


@SQLITE
def test_a_deleted_performance_is_said_to_be_gone_and_the_form_keeps_its_words(
    office: Office, page: PerformanceRecordsPage
) -> None:
    page.start_new()
    set_start(page, QDate(2030, 6, 1), QTime(19, 30))
    office.save(page)
    gone = page.record.performance_id
    seats, one = PerformanceSeat.performance_id == gone, Performance.id == gone

    def remove(session: Session) -> None:
        session.execute(delete(PerformanceSeat).where(seats))
        session.execute(delete(Performance).where(one))

    office.house.database.transact(remove)
    office.fill(page, hold_minutes="21")
    office.save(page)
    assert "not there any more" in page.banner.message.text
    assert page.form.readable_values()["hold_minutes"] == 21


@SQLITE
def test_another_event_is_chosen_only_when_the_form_is_settled(office: Office, section: EventsPage) -> None:
    section.open_part(PERFORMANCES)
    office.settle()
    page = section.performances
    open_first(office, page)
    office.fill(page, hold_minutes="22")
    section.event_choice.setCurrentIndex(1)
    section.event_choice.activated.emit(1)
    sheet = office.sheet()
    assert sheet is not None
    assert section.event_choice.currentIndex() == 0
    sheet.discard.click()
    office.settle()
    assert page.event_id == section.event_choice.itemData(1)
    QTest.keyClick(office.window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert section.part == "events"


@SQLITE
def test_a_wide_window_has_room_for_what_is_sold_and_where(office: Office, page: PerformanceRecordsPage) -> None:
    office.window.resize(1920, 1080)
    table = page.list.table
    office.wait(lambda: table.viewport().width() > 1200)
    words = QFontMetrics(ui_font(12)).horizontalAdvance("1,250 free · 12 held · 130 kept")
    assert table.columnWidth(3) >= words + 20
    assert table.columnWidth(1) >= 250
    assert table.columnWidth(0) >= 500
    office.window.resize(1280, 800)
    office.wait(lambda: table.viewport().width() < 600)
    assert [table.columnWidth(at) for at in range(1, 4)] == [112, 100, 170]
