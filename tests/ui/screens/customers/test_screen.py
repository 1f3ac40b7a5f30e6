"""A cashier looks for customers, makes one, corrects one; two do it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.records import archive_customer, load_customer, save_customer
from pos_app.ui.records.conflict_sheet import ConflictSheet
from pos_app.ui.records.leave_sheet import LeaveSheet
from tests.kinds import SQLITE
from tests.ui.screens.customers.conftest import words_in

if TYPE_CHECKING:
    from tests.ui.screens.customers.conftest import Desk

pytestmark = [SQLITE, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


def test_an_empty_house_says_what_to_do_first_and_a_name_is_enough(desk: Desk) -> None:
    empty = desk.page.found.empty
    assert empty.isVisible()
    assert "No customers in use" in words_in(empty)
    assert "A name is enough" in words_in(empty)
    desk.control(Qt.Key.Key_N)
    QTest.keyClicks(desk.line_of("name"), "Anna Novak")
    desk.control(Qt.Key.Key_S)
    assert desk.names == ["Anna Novak"]
    assert desk.page.record.name == "Anna Novak"
    assert f"Number {desk.page.record.customer_id}" in words_in(desk.page.facts)
    assert "was made" in words_in(desk.page.banner)


def test_one_is_found_by_what_anybody_would_type(desk: Desk) -> None:
    anna = desk.add("Anna Nováková", email="anna@example.org", phone="+420 601 234 567")
    desk.add("Bert O'Brien", phone="(030) 99 88 77", marks=("Press",))
    for words in ("novakova", "anna@ex", "234567", f"#{anna.customer_id}"):
        desk.look_for(words)
        assert desk.names == ["Anna Nováková"], words
    desk.look_for("obrien")
    assert desk.names == ["Bert O'Brien"]
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.page.record.name == "Bert O'Brien"
    assert desk.page.found.table.hasFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.line_of("name").hasFocus()


def test_enter_before_the_answer_waits_for_it_and_takes_the_first(desk: Desk) -> None:
    desk.add("Anna")
    desk.add("Berta")
    desk.look_for("")
    QTest.keyClicks(desk.page.found.search, "anna")
    QTest.keyClick(desk.page.found.search, Qt.Key.Key_Return)
    desk.settle()
    assert desk.names == ["Anna"]
    assert desk.page.record.name == "Anna"


def test_who_is_not_found_is_made_with_what_was_typed(desk: Desk) -> None:
    desk.add("Anna")
    for words, field in (("Zoe Zelenka", "name"), ("zoe@example.org", "email"), ("0301 555 666", "phone")):
        desk.look_for(words)
        assert "Nothing matches" in words_in(desk.page.found.empty)
        desk.control(Qt.Key.Key_N)
        assert desk.line_of(field).text() == words
        desk.control(Qt.Key.Key_D)


def test_a_number_of_nobody_is_told(desk: Desk) -> None:
    desk.add("Anna")
    desk.look_for("#99")
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.page.record is None
    assert "no customer of the number 99" in words_in(desk.page.banner)


def test_a_mark_narrows_the_list_and_archived_ones_are_listed_when_asked_for(desk: Desk) -> None:
    assert not desk.page.mark_box.isVisible(), "nobody has a mark yet"
    desk.add("Anna", marks=("Press", "Wheelchair"))
    away = desk.add("Berta")
    desk.house.database.transact(archive_customer, desk.house.small.cashier, away.customer_id)
    desk.press(Qt.Key.Key_F5)
    desk.settle()
    assert desk.names == ["Anna"]
    desk.page.found.look_at("all")
    desk.settle()
    assert sorted(desk.names) == ["Anna", "Berta"]
    box = desk.page.mark_box
    assert [box.itemText(at) for at in range(box.count())] == ["All marks", "Press", "Wheelchair"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    desk.settle()
    assert desk.names == ["Anna"]
    desk.look_for("berta")
    assert "Nothing matches" in words_in(desk.page.found.empty)
    desk.page.found.empty.asked.emit()
    desk.settle()
    assert sorted(desk.names) == ["Anna", "Berta"]


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(desk: Desk) -> None:
    desk.add("Anna", email="anna@example.org")
    desk.control(Qt.Key.Key_N)
    desk.fill(name="   ", email="anna at example", phone="call me")
    desk.control(Qt.Key.Key_S)
    form = desk.page.form
    assert form.problem("name") == "Type a name."
    assert "no e-mail address" in form.problem("email")
    assert "no letters" in form.problem("phone")
    assert desk.line_of("phone").text() == "call me"
    desk.fill(name="Anne", email="ANNA@example.org", phone="030 123456")
    desk.control(Qt.Key.Key_S)
    assert "has this address already" in form.problem("email")
    assert desk.line_of("name").text() == "Anne"


def test_a_long_name_in_a_problem_leaves_the_form_as_wide_as_it_is(desk: Desk) -> None:
    desk.add("W" * 200, email="anna@example.org")
    desk.control(Qt.Key.Key_N)
    usual = desk.page.form.minimumSizeHint().width()
    desk.fill(name="Anne", email="anna@example.org")
    desk.control(Qt.Key.Key_S)
    assert "Take that customer" in desk.page.form.problem("email")
    assert desk.page.form.minimumSizeHint().width() <= usual + 40


def test_alike_ones_are_offered_while_a_new_one_is_typed_and_one_key_takes_the_first(desk: Desk) -> None:
    anna = desk.add("Anna Nováková", email="anna@example.org")
    desk.control(Qt.Key.Key_N)
    QTest.keyClicks(desk.line_of("name"), "anna novakova")
    desk.wait(desk.page.alike.isVisible)
    assert "Anna Nováková" in desk.page.alike.buttons[0].words
    desk.press(Qt.Key.Key_F8)
    sheet = desk.sheet()
    assert isinstance(sheet, LeaveSheet), "what was typed is given up knowingly"
    sheet.discard_chosen.emit()
    sheet.close_sheet()
    desk.settle()
    assert desk.page.record.customer_id == anna.customer_id
    assert not desk.page.alike.isVisible()


def test_two_change_one_customer_and_the_second_is_asked(desk: Desk) -> None:
    anna = desk.add("Anna", phone="030 111111")
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    other = CustomerDraft("Anna", phone="030 222222", note="Calls on Mondays")
    desk.house.database.transact(save_customer, desk.house.small.manager, anna, other)
    desk.fill(phone="030 333333")
    desk.control(Qt.Key.Key_S)
    sheet = desk.sheet()
    assert isinstance(sheet, ConflictSheet)
    assert set(sheet.choices) == {"phone", "note"}
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    desk.settle()
    stored = desk.house.database.read(load_customer, desk.house.small.cashier, anna.customer_id)
    assert (stored.phone, stored.note) == ("030 333333", "Calls on Mondays")


def test_one_who_is_put_away_leaves_the_list_and_comes_back_by_undo(desk: Desk) -> None:
    desk.add("Anna")
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    desk.page.editor.archive_button.click()
    desk.settle()
    assert desk.names == []
    assert "was archived" in words_in(desk.page.banner)
    desk.act_on_banner()
    desk.settle()
    assert desk.names == ["Anna"]
    assert not desk.page.record.archived


def test_a_silent_server_is_told_and_what_was_typed_stays(desk: Desk) -> None:
    desk.add("Anna")
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    desk.fill(phone="030 123456")
    desk.line.cut = True
    desk.control(Qt.Key.Key_S)
    assert "cannot be reached" in words_in(desk.page.banner)
    assert desk.line_of("phone").text() == "030 123456"
    desk.line.cut = False
    desk.act_on_banner()
    desk.settle()
    assert desk.page.record.phone == "030 123456"


def test_walking_to_another_asks_about_what_is_unsaved(desk: Desk) -> None:
    desk.add("Anna")
    desk.add("Berta")
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    desk.fill(phone="030 123456")
    desk.look_for("")
    desk.page.found.table.setFocus()
    desk.press(Qt.Key.Key_Up)
    sheet = desk.sheet()
    assert isinstance(sheet, LeaveSheet)
    sheet.save_chosen.emit()
    sheet.close_sheet()
    desk.settle()
    assert desk.page.record.name == "Berta"
    rows = {row.name: row for row in desk.page.found.table.records}
    assert rows["Anna"].phone == "030 123456"


def test_marks_are_ticked_or_typed_and_what_stands_in_the_line_counts(desk: Desk) -> None:
    desk.control(Qt.Key.Key_N)
    desk.fill(name="Anna")
    marks = desk.page.marks
    assert [button.mark for button in marks.buttons] == ["Wheelchair", "Press", "Subscriber", "School", "Staff"]
    marks.buttons[1].click()
    QTest.keyClicks(marks.line, "Choir")
    QTest.keyClick(marks.line, Qt.Key.Key_Return)
    QTest.keyClicks(marks.line, "Balcony")
    desk.control(Qt.Key.Key_S)
    assert desk.page.record.marks == ("Press", "Choir", "Balcony")
    assert [button.mark for button in marks.buttons if button.isChecked()] == ["Press", "Choir", "Balcony"]
    # A mark that is in use takes none of the usual ones away.
    desk.control(Qt.Key.Key_N)
    desk.settle()
    offered = [button.mark for button in marks.buttons]
    assert offered == ["Balcony", "Choir", "Press", "Wheelchair", "Subscriber", "School", "Staff"]
    desk.open("anna")
    marks.line.setText("x" * 31)
    marks.line.textEdited.emit("x" * 31)
    desk.control(Qt.Key.Key_S)
    assert "30 letters" in desk.page.form.problem("marks")


def test_tab_walks_the_screen_as_the_eyes_do(desk: Desk) -> None:
    desk.add("Anna", marks=("Press",))
    desk.press(Qt.Key.Key_F5)
    desk.open("anna")
    desk.page.found.new_button.setFocus()
    walked = []
    for _ in range(13):
        desk.press(Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    page = desk.page
    expected = [page.found.search, page.mark_box, page.found.table, page.parts.buttons[0]]
    expected += [desk.line_of(name) for name in ("name", "email", "phone")]
    expected += [page.marks.line, page.marks.buttons[0]]
    assert [widget for widget in walked if widget in expected] == expected
