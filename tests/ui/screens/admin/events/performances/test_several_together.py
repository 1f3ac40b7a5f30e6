from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from pos_app.services.season.performance_records import list_season
from pos_app.services.season.performances import draft_of, save_performance
from pos_app.ui.screens.admin.events.performances.values import BEFORE_EACH
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.stories import sold

if TYPE_CHECKING:
    from pos_app.domain.season.performances import ListedPerformance
    from pos_app.ui.screens.admin.events.performances.page import PerformanceRecordsPage
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office

SHIFT = Qt.KeyboardModifier.ShiftModifier


def season(house: OpenHouse) -> dict[int, ListedPerformance]:
    return {one.performance_id: one for one in house.database.read(list_season, house.small.manager)}


def go_to_first(office: Office, page: PerformanceRecordsPage) -> None:
    table = page.list.table
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(table.model().index(0, 0), flags)
    office.wait(lambda: page.record is not None)
    office.settle()


def choose_both(office: Office, page: PerformanceRecordsPage) -> tuple[ListedPerformance, ListedPerformance]:
    """Go to the first and extend to the second, by keys."""
    table = page.list.table
    table.setFocus()
    go_to_first(office, page)
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    office.wait(page.several.isVisible)
    first, second = page.several.records
    return first, second


def change(office: Office, page: PerformanceRecordsPage, **values: object) -> None:
    page.several.form.change_values(values)
    office.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


@SQLITE_FIRST
def test_two_are_chosen_by_keys_and_changed_together_with_an_undo(office: Office, page: PerformanceRecordsPage) -> None:
    house = office.house
    first, second = choose_both(office, page)
    change(office, page, off_sale=BEFORE_EACH, off_sale_minutes=30, hold_minutes=20)
    sheet = office.sheet()
    assert sheet is not None
    assert "30 minutes before each begins" in sheet.accessibleDescription()
    sheet.yes.click()
    office.settle()
    for one in (season(house)[key] for key in (first.performance_id, second.performance_id)):
        assert one.off_sale_at is not None
        assert abs(one.starts_at - one.off_sale_at - timedelta(minutes=30)) < timedelta(minutes=1)
        assert one.hold_minutes == 20
    assert not page.unsaved()
    assert len(page.several.records) == 2
    assert page.banner.press_action()
    office.settle()
    now = season(house)
    assert [now[one.performance_id] for one in (first, second)] == [first, second]


@SQLITE_FIRST
def test_when_another_manager_was_there_first_none_is_changed_and_what_is_typed_stays(
    office: Office, page: PerformanceRecordsPage
) -> None:
    house = office.house
    first, second = choose_both(office, page)
    house.database.transact(
        save_performance, house.small.manager, second, replace(draft_of(second), ticket_fee_minor=77)
    )
    change(office, page, hold_minutes=20)
    office.sheet().yes.click()
    office.settle()
    assert "Somebody else" in page.banner.message.text
    assert season(house)[first.performance_id].hold_minutes == 15
    assert page.several.form.readable_values()["hold_minutes"] == 20
    office.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    office.sheet().yes.click()
    office.settle()
    now = season(house)
    assert [now[one.performance_id].hold_minutes for one in (first, second)] == [20, 20]
    assert now[second.performance_id].ticket_fee_minor == 77


@SQLITE
def test_several_are_cancelled_and_archived_only_all_together(office: Office, page: PerformanceRecordsPage) -> None:
    house = office.house
    sold(house, house.small.seats_of(1, (1, 2)))
    first, second = choose_both(office, page)
    page.several.archive_button.click()
    office.sheet().yes.click()
    office.settle()
    assert "Somebody has seats" in page.banner.message.text
    assert not any(one.archived for one in season(house).values())
    page.several.cancel_button.click()
    office.settle()
    sheet = office.sheet()
    assert "Cancel 2 performances" in sheet.accessibleName()
    sheet.reason_field.setText("Flood")
    sheet.yes.click()
    office.settle()
    assert {season(house)[one.performance_id].cancel_reason for one in (first, second)} == {"Flood"}
    assert page.banner.press_action()
    office.settle()
    assert not any(one.cancelled for one in season(house).values())


@SQLITE
def test_what_is_typed_for_one_is_asked_about_before_several_are_chosen(
    office: Office, page: PerformanceRecordsPage
) -> None:
    table = page.list.table
    table.setFocus()
    go_to_first(office, page)
    office.fill(page, hold_minutes="25")
    table.setFocus()
    model = table.model()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().select(model.index(1, 0), flags)
    office.wait(lambda: office.sheet() is not None)
    assert not page.several.isVisible()
    office.sheet().save.click()
    office.settle()
    office.wait(page.several.isVisible)
    assert len(page.several.records) == 2
    assert season(office.house)[page.several.records[0].performance_id].hold_minutes == 25


@SQLITE
def test_a_change_of_several_that_is_not_made_is_asked_about_before_the_section_is_left(
    office: Office, page: PerformanceRecordsPage
) -> None:
    choose_both(office, page)
    page.several.form.change_values({"hold_minutes": 20})
    went = []
    page.leave(lambda: went.append(True))
    sheet = office.sheet()
    assert "A change of 2 performances" in sheet.accessibleDescription()
    sheet.cancel()
    assert not went
    page.leave(lambda: went.append(True))
    office.sheet().discard.click()
    assert went
    page.list.table.setFocus()
    office.press(Qt.Key.Key_Escape)
    office.wait(lambda: not page.several.isVisible())


@SQLITE
def test_what_is_wrong_with_one_of_them_names_it_beside_the_field(office: Office, page: PerformanceRecordsPage) -> None:
    first, _second = choose_both(office, page)
    page.several.form.change_values({"on_sale": "at", "on_sale_at": first.starts_at + timedelta(minutes=5)})
    office.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    office.sheet().yes.click()
    office.settle()
    assert first.title in page.several.form.problem("on_sale_at")
    assert all(one.on_sale_at is None for one in season(office.house).values())
