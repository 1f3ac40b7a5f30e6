"""A manager puts two records of one person together."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.records import load_customer
from pos_app.ui.records.conflict_sheet import ConflictSheet
from pos_app.ui.screens.customers.merge.choosing_sheet import MergeChoosingSheet
from pos_app.ui.screens.customers.merge.comparing_sheet import ComparingSheet
from tests.kinds import SQLITE
from tests.ui.screens.customers.conftest import words_in

if TYPE_CHECKING:
    from tests.ui.screens.customers.conftest import Desk

pytestmark = [SQLITE, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


def _choose(office: Desk) -> MergeChoosingSheet:
    """Ask to merge the customer in the form, by keys."""
    office.press(Qt.Key.Key_F7)
    office.press(Qt.Key.Key_F9)
    office.settle()
    sheet = office.sheet()
    assert isinstance(sheet, MergeChoosingSheet)
    return sheet


def test_one_who_is_here_twice_is_merged_by_keys_alone_and_both_numbers_find_the_kept_one(office: Desk) -> None:
    kept = office.add("Anna Novak", email="anna@example.org", marks=("Press",))
    other = office.add("Anna Novák", phone="030 123456", note="Side balcony", marks=("Choir",))
    office.buy(other.customer_id, 1, 1, 2)
    office.press(Qt.Key.Key_F5)
    office.open("anna@example.org")
    sheet = _choose(office)
    assert [row.customer_id for row in sheet.table.shown] == [other.customer_id], "those alike are offered first"
    office.press(Qt.Key.Key_Return)
    office.settle()
    comparing = office.sheet()
    assert isinstance(comparing, ComparingSheet)
    assert f"Merge number {other.customer_id} into number {kept.customer_id}?" in words_in(comparing)
    assert f"1 order of number {other.customer_id} moves to number {kept.customer_id}." in words_in(comparing)
    assert "Press, Choir" in words_in(comparing)
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert comparing.is_open, "Enter alone is no answer"
    assert comparing.preview.kept.customer_id == kept.customer_id
    office.control(Qt.Key.Key_Return)
    assert office.sheet() is None
    assert office.page.record.customer_id == kept.customer_id
    assert office.page.record.phone == "030 123456"
    assert office.page.record.former_ids == (other.customer_id,)
    assert f"Number {other.customer_id} was merged into Anna Novak." in words_in(office.page.banner)
    assert office.page.parts.buttons[1].words == "Orders (1)"
    assert office.names == ["Anna Novak"]
    office.look_for(f"#{other.customer_id}")
    assert office.names == ["Anna Novak"]
    assert f"Was number {other.customer_id}" in str(office.page.found.table.model().index(0, 1).data())


def test_the_other_one_can_be_kept_instead(office: Desk) -> None:
    first = office.add("Anna Novak", email="anna@example.org")
    second = office.add("Anne Novak", email="anne@example.org")
    office.press(Qt.Key.Key_F5)
    office.open("anna@example.org")
    sheet = _choose(office)
    QTest.keyClicks(sheet.search, "anne@example.org")
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert [row.customer_id for row in sheet.table.shown] == [second.customer_id]
    office.press(Qt.Key.Key_Return)
    office.settle()
    office.control(Qt.Key.Key_R)
    comparing = office.sheet()
    assert f"Merge number {first.customer_id} into number {second.customer_id}?" in words_in(comparing)
    assert "anna@example.org" in words_in(comparing)
    office.control(Qt.Key.Key_Return)
    assert office.page.record.customer_id == second.customer_id
    moved = office.house.database.read(load_customer, office.house.small.manager, first.customer_id)
    assert moved.customer_id == second.customer_id


def test_what_cannot_be_merged_is_told_in_the_sheet_and_nothing_is_lost(office: Desk) -> None:
    office.add("Anna Novak", marks=tuple("abcde"))
    office.add("Anna Nowak", marks=tuple("fghij"))
    office.press(Qt.Key.Key_F5)
    office.open("anna novak")
    sheet = _choose(office)
    QTest.keyClicks(sheet.search, "nowak")
    office.press(Qt.Key.Key_Return)
    office.settle()
    office.press(Qt.Key.Key_Return)
    office.settle()
    office.wait(lambda: "10 marks together" in words_in(sheet))
    assert office.sheet() is sheet
    assert sheet.yes.isEnabled()
    # The search waits a moment for more letters, and speaks up only then.
    sheet.search.searched.emit("nowak")
    office.settle()
    assert "10 marks together" in words_in(sheet), "nothing else was looked for"
    office.press(Qt.Key.Key_Escape)
    assert office.sheet() is None


def test_who_was_merged_elsewhere_while_something_was_typed_is_asked_about(desk: Desk) -> None:
    anna, anne = desk.add("Anna", note="Side balcony"), desk.add("Anne", phone="030 111111")
    small = desk.house.small
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    desk.house.database.transact(
        merge_customers, small.manager, anne.customer_id, anna.customer_id, request_id=uuid4().hex
    )
    desk.fill(phone="030 222222")
    desk.control(Qt.Key.Key_S)
    sheet = desk.sheet()
    assert isinstance(sheet, ConflictSheet)
    assert set(sheet.choices) == {"name", "phone"}
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    stored = desk.house.database.read(load_customer, small.cashier, anne.customer_id)
    assert (stored.name, stored.phone, stored.note) == ("Anne", "030 222222", "Side balcony")
    assert desk.page.record.customer_id == anne.customer_id


def test_back_leads_from_the_comparison_to_the_choice(office: Desk) -> None:
    office.add("Anna Novak")
    office.add("Anna Novak")
    office.press(Qt.Key.Key_F5)
    office.open("anna")
    sheet = _choose(office)
    office.press(Qt.Key.Key_Return)
    office.settle()
    office.press(Qt.Key.Key_Escape)
    assert office.sheet() is sheet
    assert sheet.yes.isEnabled()
    office.line.cut = True
    office.press(Qt.Key.Key_Return)
    office.settle()
    assert "cannot be reached" in words_in(sheet)


def test_a_cashier_is_not_offered_it_and_a_counter_is_told_where_it_is_done(desk: Desk, office: Desk) -> None:
    desk.add("Anna")
    for each in (desk, office):
        each.screen.activateWindow()
        each.wait(each.screen.isActiveWindow)
        each.press(Qt.Key.Key_F5)
        each.open("anna")
    assert not desk.page.parts.buttons[-1].isVisible()
    office.press(Qt.Key.Key_F7)
    assert office.page.office.erase_button.isEnabled()
    office.page.office.show_may_here(may=False)
    assert "at a computer of the office" in words_in(office.page.office)
    assert not office.page.office.merge_button.isEnabled()
