from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.doctor import judge_database
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.orders.work_lists import WorkDeed, WorkDone
from pos_app.services.orders.work_lists.targets import list_move_targets
from pos_app.services.season.cancellations import cancel_performance, reinstate_performance
from pos_app.ui.screens.orders.work_list.lists_sheet import WorkListsSheet
from pos_app.ui.screens.orders.work_list.sheets import MoveOrdersSheet, RefundOrdersSheet
from pos_app.ui.screens.orders.work_list.words import moved_words
from tests.services.letters.parties import joins, offered, open_list, put_on_resale
from tests.services.letters.written import customer, letters
from tests.services.orders.letters.outbox import last_change
from tests.services.orders.refunding import live_lines
from tests.services.stories import change_seat, hold

if TYPE_CHECKING:
    from tests.houses import OpenHouse
    from tests.ui.screens.orders.work_list.conftest import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


@pytest.fixture
def cancelled(desk: Desk) -> Desk:
    """Give the desk of a manager who has cancelled the evening and opened its list."""
    small = desk.house.small
    desk.house.database.transact(cancel_performance, small.manager, small.performance_id, "The tenor is ill.")
    desk.show()
    assert not desk.panel.view.isVisible()
    desk.panel.empty.asked.emit()
    desk.settle()
    assert desk.panel.view.isVisible()
    return desk


def test_all_orders_are_refunded_at_once_by_the_keyboard_alone(cancelled: Desk) -> None:
    panel = cancelled.panel
    assert panel.view.count.text() == "3 orders · 3 left"
    QTest.keyClick(panel.window(), Qt.Key.Key_F6)
    assert panel.banner.message.text == "Choose orders, or all with Ctrl+A."
    QTest.keyClick(panel.view.table, Qt.Key.Key_A, CTRL)
    assert panel.view.button(WorkDeed.REFUND).words == "Refund 3 orders"
    QTest.keyClick(panel.window(), Qt.Key.Key_F6)
    sheet = cancelled.sheet()
    assert isinstance(sheet, RefundOrdersSheet)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.is_open, "nothing is done to many orders by one key too many"
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    cancelled.settle()
    assert cancelled.states() == ["refunded"] * 3
    assert panel.banner.message.text == "3 orders are done."
    assert not panel.view.button(WorkDeed.REFUND).isEnabled()
    assert panel.view.button(WorkDeed.REFUND).accessibleName() == "Refund (F6)"
    panel.view.close_button.click()
    cancelled.say_yes()
    assert not panel.view.isVisible(), "a closed list is not shown, and nothing is left for another one"
    assert cancelled.house.database.read(judge_database) == ()


def test_orders_are_done_one_by_one_and_the_next_that_is_left_is_chosen(cancelled: Desk) -> None:
    view = cancelled.panel.view
    numbers = [one.order_id for one in view.table.shown]
    view.table.mark(numbers[1])
    view.button(WorkDeed.REFUND).click()
    (order,) = view.chosen
    number = f"{order.number[:4]}-{order.number[4:]}"
    assert cancelled.sheet().accessibleName() == f"Refund order {number} of {order.customer_name}?"
    assert cancelled.sheet().accessibleDescription().startswith("2 tickets · €80.00")
    for now, following in ((1, [2]), (2, [0]), (0, [])):
        assert [one.order_id for one in view.chosen] == [numbers[now]]
        QTest.keyClick(cancelled.sheet(), Qt.Key.Key_Return)
        cancelled.settle()
        assert cancelled.panel.banner.message.text == "1 order is done."
        assert [one.order_id for one in view.chosen] == [numbers[at] for at in following]
        assert view.button(WorkDeed.REFUND).words == ("Refund 1 order" if following else "Refund")
        view.button(WorkDeed.REFUND).click()
    assert cancelled.states() == ["refunded"] * 3


def test_a_run_pauses_between_two_orders_and_leaves_the_rest(cancelled: Desk) -> None:
    view = cancelled.panel.view
    progress: list[tuple[int, int]] = []

    def pause(_done: WorkDone) -> None:
        view.run.pause()
        progress.append((view.progress.bar.value(), view.progress.bar.maximum()))

    view.run.stepped.connect(pause)
    view.all_button.click()
    view.button(WorkDeed.REFUND).click()
    cancelled.say_yes()
    assert sorted(cancelled.states()) == ["open", "open", "refunded"]
    assert view.progress.isVisible()
    assert view.progress.words.text() == "Paused: 1 of 3 done"
    view.progress.pause_button.click()
    cancelled.settle()
    view.progress.leave_button.click()
    cancelled.settle()
    assert sorted(cancelled.states()) == ["open", "refunded", "refunded"]
    assert not view.progress.isVisible()
    assert progress == [(1, 3), (2, 3)]


def test_a_server_that_is_gone_stops_the_work_and_the_same_press_goes_on(cancelled: Desk) -> None:
    view, panel = cancelled.panel.view, cancelled.panel
    cancelled.line.cut = True
    view.all_button.click()
    view.button(WorkDeed.REFUND).click()
    cancelled.say_yes()
    assert cancelled.states() == ["open"] * 3
    assert "cannot be reached" in panel.banner.message.text
    assert view.run.is_paused
    cancelled.line.cut = False
    panel.banner.press_action()
    cancelled.settle()
    assert cancelled.states() == ["refunded"] * 3


def test_who_cannot_be_moved_is_told_why_and_tried_again(cancelled: Desk, house: OpenHouse) -> None:
    small, view = house.small, cancelled.panel.view
    hold(house, [small.seat(row, number, small.gala_id) for row in (1, 2, 3) for number in range(3, 11)])
    hold(house, small.seats_of(1, (1, 2), small.gala_id))
    view.all_button.click()
    view.button(WorkDeed.MOVE).click()
    cancelled.settle()
    sheet = cancelled.sheet()
    assert isinstance(sheet, MoveOrdersSheet)
    assert sheet.table.current == small.gala_id
    cancelled.qtbot.waitUntil(sheet.table.hasFocus)
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    assert sheet.is_open
    QTest.keyClick(sheet.table, Qt.Key.Key_Return, CTRL)
    cancelled.settle()
    assert sorted(cancelled.states()) == ["failed", "moved", "moved"]
    assert "new ones wait at the window" in cancelled.panel.banner.message.text
    (gone, *_) = (one for one in view.table.records if one.moved_to is not None)
    assert moved_words(gone.moved_to).startswith("to The Cherry Orchard, ")
    view.which.chosen.emit("failed")
    (failed,) = view.table.shown
    view.table.select({failed.order_id})
    cancelled.qtbot.waitUntil(view.why.isVisible)
    assert "free" in view.why.text()
    QTest.keyClick(view.table, Qt.Key.Key_F8)
    cancelled.say_yes()
    assert sorted(cancelled.states()) == ["kept", "moved", "moved"]


def test_a_list_is_found_among_the_others_and_another_manager_has_closed_it(cancelled: Desk) -> None:
    sheet = WorkListsSheet(cancelled.panel, cancelled.operations)
    chosen: list[int] = []
    sheet.chosen.connect(chosen.append)
    sheet.open()
    cancelled.settle()
    assert [(one.orders, one.left) for one in sheet.table.records] == [(3, 3)]
    sheet.yes.click()
    assert chosen == [cancelled.house.small.performance_id]
    (row,) = cancelled.panel.view.table.records[:1]
    cancelled.operations.close(cancelled.panel, cancelled.panel.view._page.list_id)  # type: ignore[union-attr]
    cancelled.settle()
    cancelled.panel.view.table.select({row.order_id})
    cancelled.panel.view.button(WorkDeed.KEEP).click()
    cancelled.say_yes()
    assert "was closed" in cancelled.panel.banner.message.text
    assert cancelled.panel.empty.isVisible()


def test_a_performance_that_was_moved_gets_its_list_for_a_reason(desk: Desk) -> None:
    desk.show()
    desk.panel.empty.asked.emit()
    sheet = desk.sheet()
    sheet.reason_field.setText("Another date")
    desk.say_yes()
    assert desk.panel.view.title.text() == "Moved: what becomes of its orders"


def test_an_open_list_says_that_its_performance_was_reinstated_before_it_takes_tickets_back(cancelled: Desk) -> None:
    small, panel, view = cancelled.house.small, cancelled.panel, cancelled.panel.view
    cancelled.house.database.transact(reinstate_performance, small.manager, small.performance_id)
    view.all_button.click()
    view.button(WorkDeed.REFUND).click()
    cancelled.say_yes()
    assert cancelled.states() == ["open"] * 3
    assert "not cancelled any more" in panel.banner.message.text
    assert view.title.text() == "Reinstated: its tickets are good again"
    assert not view.run.is_busy
    view.all_button.click()
    view.button(WorkDeed.REFUND).click()
    assert "not cancelled any more" in cancelled.sheet().accessibleDescription()
    cancelled.say_yes()
    assert cancelled.states() == ["refunded"] * 3


def test_guests_go_to_another_event_only_where_somebody_chooses_it(cancelled: Desk) -> None:
    small, view = cancelled.house.small, cancelled.panel.view
    (target,) = cancelled.house.database.read(list_move_targets, small.manager, small.performance_id)
    sheet = MoveOrdersSheet(cancelled.panel, view.table.shown[:1], None)
    given: list[int] = []
    sheet.given.connect(given.append)
    sheet.open()
    sheet.show_targets([replace(target, same_event=False)])
    cancelled.qtbot.waitUntil(sheet.table.hasFocus)
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    assert sheet.nothing.text() == "Choose the performance to move them to."
    assert sheet.is_open
    QTest.keyClick(sheet.table, Qt.Key.Key_Down)
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    assert given == [small.gala_id]


def test_who_leaves_in_the_middle_is_told_how_many_orders_are_left(cancelled: Desk) -> None:
    panel, left = cancelled.panel, []
    panel.leave(lambda: left.append("at rest"))
    panel.view.run.stepped.connect(lambda _done: panel.view.run.pause())
    panel.view.all_button.click()
    panel.view.button(WorkDeed.REFUND).click()
    cancelled.say_yes()
    assert panel.unsaved() == ("2 orders of a work list are left",)
    panel.leave(lambda: left.append("in the middle"))
    assert left == ["at rest"]
    cancelled.say_yes()
    assert left == ["at rest", "in the middle"]
    assert panel.unsaved() == ()
    assert sorted(cancelled.states()) == ["open", "open", "refunded"]


def test_who_waits_for_it_is_told_and_ended_by_a_key(desk: Desk) -> None:
    house, panel = desk.house, desk.panel
    open_list(house)
    entry = joins(house, customer(house))
    has = joins(house, customer(house, CustomerDraft("Bert", "bert@example.org")))
    offered(house, has, house.small.seats_of(4, (1, 2)))
    small = house.small
    house.database.transact(cancel_performance, small.manager, small.performance_id, "The tenor is ill.")
    desk.show()
    panel.empty.asked.emit()
    desk.settle()
    strip = panel.view.waiting
    assert strip.words.text() == "2 parties wait · 1 has an offer"
    desk.line.cut = True
    QTest.keyClick(panel.window(), Qt.Key.Key_F10)
    desk.say_yes()
    assert "cannot be reached" in panel.banner.message.text
    assert strip.words.text() == "2 parties wait · 1 has an offer"
    desk.line.cut = False
    QTest.keyClick(panel.window(), Qt.Key.Key_F10)
    desk.say_yes()
    assert panel.banner.message.text == "The waiting list has ended, and its parties are told."
    assert strip.words.text() == "2 parties waited · 1 had an offer: ended"
    assert not strip.end_button.isVisible()
    assert [letter.kind for letter in letters(house)] == ["waiting_ended", "waiting_ended"]
    assert [letter.facts["entry"] for letter in letters(house)] == [entry, has]


def test_what_is_on_resale_is_ended_by_the_same_key(desk: Desk) -> None:
    house, small = desk.house, desk.house.small
    sale = desk.sales[0]
    line, seat = live_lines(house, sale)[0], small.seat(1, 1)
    put_on_resale(house, sale.order_id, [(line, seat)], last_change(house, sale.order_id), 400)
    change_seat(house, seat, state="free", order_line_id=None, prior_order_line_id=line)
    house.database.transact(cancel_performance, small.manager, small.performance_id, "The tenor is ill.")
    desk.show()
    desk.panel.empty.asked.emit()
    desk.settle()
    strip = desk.panel.view.waiting
    assert (strip.words.text(), strip.end_button.words) == ("1 ticket is on resale", "End the resale…")
    QTest.keyClick(desk.panel.window(), Qt.Key.Key_F10)
    desk.say_yes()
    assert desk.panel.banner.message.text == "The resale has ended."
    assert strip.words.text() == "1 ticket was on resale: ended"


def test_who_waits_for_what_is_moved_waits_on(desk: Desk) -> None:
    open_list(desk.house)
    joins(desk.house, customer(desk.house))
    desk.show()
    desk.panel.empty.asked.emit()
    desk.sheet().reason_field.setText("Another date")
    desk.say_yes()
    assert desk.panel.view.waiting.words.text().startswith("1 party waits. They stay so for the new date")
    assert not desk.panel.view.waiting.end_button.isVisible()
