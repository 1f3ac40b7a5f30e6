"""A person writes a note, sees how it will arrive and to how many, and sends it after one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.db.clock import utc_now
from pos_app.domain.customers.records import CustomerDraft
from pos_app.ui.screens.letters.note.sheet import NoteSheet
from tests.kinds import SQLITE
from tests.services.letters.written import change_customer, customer, letters, sold_to

if TYPE_CHECKING:
    from tests.houses import OpenHouse
    from tests.ui.screens.letters.conftest import Desk

pytestmark = [SQLITE, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

CONTROL = Qt.KeyboardModifier.ControlModifier


def notes(house: OpenHouse) -> list[tuple[int | None, str]]:
    """Whom notes went to, and their subjects."""
    return [(one.customer_id, one.facts["subject"]) for one in letters(house) if one.kind == "note"]


def note_sheet(desk: Desk) -> Any:
    """Ask for a note, and return the sheet."""
    desk.press(Qt.Key.Key_N, CONTROL)
    sheet = desk.sheet() or next(one for one in desk.screen.window().findChildren(NoteSheet) if one.is_open)
    assert isinstance(sheet, NoteSheet)
    return sheet


def type_note(desk: Desk, sheet: Any, subject: str, text: str) -> None:
    """Type both, and wait until the letter beside them is set."""
    with desk.qtbot.waitSignal(sheet.preview.settled):
        sheet.subject.setFocus()
        QTest.keyClicks(sheet.subject, subject)
        sheet.text.area.setFocus()
        QTest.keyClicks(sheet.text.area, text)
    desk.wait(lambda: text in sheet.preview.page.toPlainText())


def choose(desk: Desk, sheet: Any, performance_id: int) -> None:
    sheet.recipients.box.setCurrentIndex(sheet.recipients.box.findData(performance_id))
    desk.settle()


def guests(house: OpenHouse) -> tuple[int, int]:
    """Two guests who can be reached, and one who cannot."""
    small = house.small
    anna, bert = customer(house), customer(house, CustomerDraft("Bert", "bert@example.org"))
    for row, whose in enumerate((anna, bert, customer(house, CustomerDraft("Carl"))), 1):
        sold_to(house, small.seats_of(row, (1,)), whose)
    return anna, bert


def test_the_guests_of_a_performance_are_written_to_after_one_question(managers_desk: Desk) -> None:
    desk, house = managers_desk, managers_desk.house
    anna, bert = guests(house)
    desk.come()
    sheet = note_sheet(desk)
    choose(desk, sheet, house.small.performance_id)
    reach = sheet.preview.reach.text()
    assert "It goes to 2 customers." in reach
    assert "1 customer is not reached" in reach
    type_note(desk, sheet, "The doors", "They open at six.")
    assert "The doors" in sheet.preview.subject.text()
    assert "Anna Novak" in sheet.preview.page.toPlainText()
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert notes(house) == []
    assert "Send this note to 2 customers?" in sheet.question.accessibleName()
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert notes(house) == [(anna, "The doors"), (bert, "The doors")]
    assert desk.screen.banner.message.text == "The note goes to 2 customers."
    desk.wait(lambda: "The doors" in desk.words)
    assert len(desk.listed) == len(letters(house))


def test_what_is_empty_or_a_card_number_is_told_beside_its_field(managers_desk: Desk) -> None:
    desk, house = managers_desk, managers_desk.house
    guests(house)
    desk.come()
    sheet = note_sheet(desk)
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert "Choose whom" in sheet.wrong["recipients"].text()
    assert "needs a subject" in sheet.wrong["subject"].text()
    assert "Type what" in sheet.wrong["text"].text()
    choose(desk, sheet, house.small.performance_id)
    assert sheet.wrong["recipients"].text() == ""
    type_note(desk, sheet, "4111 1111 1111 1111", "Hello")
    assert sheet.wrong["subject"].text() == ""
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert sheet.question is None
    assert "card" in sheet.wrong["subject"].text()
    assert "4111 1111" not in sheet.subject.text()
    assert sheet.text.typed() == "Hello"
    assert notes(house) == []


def test_a_cashier_writes_to_one_customer_and_hears_who_may_not_be_written_to(desk: Desk) -> None:
    house = desk.house
    anna = customer(house)
    desk.come()
    desk.screen.show_letters_of(customer_id=anna, words="Letters of Anna Novak")
    desk.settle()
    sheet = note_sheet(desk)
    assert not sheet.recipients.ways.isVisible()
    assert sheet.recipients.finder.name == "Anna Novak"
    assert "has not said that letters may come" in sheet.wrong["recipients"].text()
    desk.press(Qt.Key.Key_Escape)
    change_customer(house, anna, letters_at=utc_now())
    sheet = note_sheet(desk)
    type_note(desk, sheet, "Lost glove", "We found it.")
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert "anna@example.org" in sheet.question.accessibleName().replace("\N{ZERO WIDTH SPACE}", "")
    desk.press(Qt.Key.Key_Return)
    assert notes(house) == [(anna, "Lost glove")]


def test_what_is_typed_is_not_lost_by_one_key(managers_desk: Desk) -> None:
    desk = managers_desk
    guests(desk.house)
    desk.come()
    sheet = note_sheet(desk)
    choose(desk, sheet, desk.house.small.performance_id)
    type_note(desk, sheet, "The doors", "They open at six.")
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Escape)
    assert sheet.is_open
    assert sheet.subject.text() == "The doors"
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Return)
    assert not sheet.is_open
    assert notes(desk.house) == []


def test_a_note_whose_answer_was_lost_is_written_once(managers_desk: Desk) -> None:
    desk, house = managers_desk, managers_desk.house
    anna, bert = guests(house)
    desk.come()
    sheet = note_sheet(desk)
    choose(desk, sheet, house.small.performance_id)
    type_note(desk, sheet, "The doors", "They open at six.")
    desk.line.loses_answers = True
    for _ in range(2):
        desk.press(Qt.Key.Key_Return, CONTROL)
        desk.press(Qt.Key.Key_Return)
        desk.settle()
        desk.line.loses_answers = False
    assert not sheet.is_open
    assert notes(house) == [(anna, "The doors"), (bert, "The doors")]
