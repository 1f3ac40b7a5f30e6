from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow

from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import PosError
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form_sheet import FormSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def sheet(qtbot: QtBot, themed: QApplication) -> FormSheet:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    fields = Field("name", "Name", TextField(longest=20)), Field("count", "How many", WholeNumberField(least=1))
    made = FormSheet(window, "Many", fields, {"name": "", "count": 5}, yes="Make them", busy="Making them…", height=200)
    made.open()
    return made


def test_it_is_busy_until_it_is_told_what_became_of_the_answer(sheet: FormSheet) -> None:
    given: list[object] = []
    sheet.given.connect(given.append)
    sheet.form.change_values({"count": 0})
    sheet.yes.click()
    assert given == []
    assert sheet.form.problem("count")
    sheet.form.change_values({"name": "Gifts", "count": 7})
    sheet.yes.click()
    assert given == [{"name": "Gifts", "count": 7}]
    assert (sheet.yes.isEnabled(), sheet.yes.words) == (False, "Making them…")
    sheet.take(None)
    assert not sheet.is_open


def test_a_refusal_stands_beside_its_field_or_below_them_all_and_what_was_typed_stays(sheet: FormSheet) -> None:
    sheet.form.change_values({"name": "Gifts"})
    sheet.yes.click()
    sheet.show_refusal(FieldRefused({"name": "There is one already.", "rule": "It is over."}))
    assert sheet.form.problem("name") == "There is one already."
    assert sheet._wrong.text() == "It is over."
    assert (sheet.yes.isEnabled(), sheet.yes.words) == (True, "Make them")
    sheet.yes.click()
    assert not sheet._wrong.isVisible()
    sheet.show_refusal(PosError("The server is busy.", advice="Try again."))
    assert sheet._wrong.text() == "The server is busy. Try again."
    assert sheet.form.values()["name"] == "Gifts"


def test_what_is_about_no_field_can_be_said_of_the_first(sheet: FormSheet) -> None:
    sheet.take(PosError("It cannot be called so.", advice="Choose another name."))
    assert sheet.form.problem("name") == "It cannot be called so. Choose another name."
    assert sheet.is_open
