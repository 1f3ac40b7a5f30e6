"""A card number that was refused does not stay in its field, and undoing does not bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from pos_app.domain.card_numbers import CardNumberRefused, tell_card_number
from pos_app.ui.records.fields.text_fields import TextAreaField, TextField
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.sheets.reason import ReasonSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("themed")
TYPED = "Ann 4111 1111 1111 1111"
LEFT = "Ann **** **** **** 1111"


def test_a_line_keeps_the_last_four_digits(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    QTest.keyClicks(line, TYPED)
    hide_card_numbers(line)
    line.undo()
    assert line.text() == LEFT


def test_an_area_keeps_the_last_four_digits(qtbot: QtBot) -> None:
    area = QPlainTextEdit()
    qtbot.addWidget(area)
    QTest.keyClicks(area, TYPED)
    hide_card_numbers(area)
    area.undo()
    assert area.toPlainText() == LEFT


def test_other_texts_are_left_alone_and_may_be_undone(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    QTest.keyClicks(line, "Ann")
    hide_card_numbers(line)
    assert line.text() == "Ann"
    assert line.isUndoAvailable()


@pytest.mark.parametrize("kind", [TextField, TextAreaField])
def test_a_field_of_a_form_that_is_wrong_hides_it(qtbot: QtBot, kind: type[TextField | TextAreaField]) -> None:
    field = kind()
    qtbot.addWidget(field)
    edits: list[object] = []
    field.edited.connect(lambda: edits.append(field.typed()))
    field.show_value(TYPED)
    field.show_wrong(False)
    assert field.value() == TYPED
    field.show_wrong(True)
    assert field.value() == LEFT
    assert edits == []


def test_a_reason_that_was_refused_hides_it_and_says_why(qtbot: QtBot) -> None:
    screen = QWidget()
    qtbot.addWidget(screen)
    screen.resize(800, 600)
    with qtbot.waitExposed(screen):
        screen.show()
    sheet = ReasonSheet(screen, "Why?", choices=(), yes="Yes")
    sheet.open()
    sheet.reason_field.setText(TYPED)
    sheet.show_refusal(CardNumberRefused(tell_card_number("reason"), field="reason"))
    assert sheet.reason_field.text() == LEFT
    assert "stands in the reason" in sheet._wrong.text()
