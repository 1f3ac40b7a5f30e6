from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import PosError, SignInRefused
from pos_app.domain.sentences import say
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.records.own_password_sheet import OwnPasswordSheet

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
    sheet.show_refusal(FieldRefused({"name": say("There is one already."), "rule": say("It is over.")}))
    assert sheet.form.problem("name") == "There is one already."
    assert sheet._wrong.text() == "It is over."
    assert (sheet.yes.isEnabled(), sheet.yes.words) == (True, "Make them")
    sheet.yes.click()
    assert not sheet._wrong.isVisible()
    sheet.show_refusal(PosError(say("The server is busy."), advice=say("Try again.")))
    assert sheet._wrong.text() == "The server is busy. Try again."
    assert sheet.form.values()["name"] == "Gifts"


def test_one_field_and_what_is_wrong_with_it_are_seen_without_scrolling(qtbot: QtBot, sheet: FormSheet) -> None:
    fields = [Field("recipient", "To", TextField(longest=20), hint="A line below it.")]
    asking = FormSheet(sheet.window(), "A test letter", fields, {"recipient": ""}, yes="Send it", height=60)
    asking.open()
    bar = asking.form.verticalScrollBar()
    qtbot.waitUntil(lambda: asking.form.viewport().height() >= asking.form.inside.minimumSizeHint().height())
    assert bar.maximum() == 0
    asking.show_refusal(
        FieldRefused({"recipient": say("This is no e-mail address, and it takes two lines to say. " * 2)})
    )
    qtbot.waitUntil(lambda: asking.form.viewport().height() >= asking.form.inside.minimumSizeHint().height())
    QApplication.processEvents()
    assert bar.maximum() == 0
    assert asking.rect().contains(asking.panel.geometry())


def test_what_is_about_no_field_can_be_said_of_the_first(sheet: FormSheet) -> None:
    sheet.take(PosError(say("It cannot be called so."), advice=say("Choose another name.")))
    assert sheet.form.problem("name") == "It cannot be called so. Choose another name."
    assert sheet.is_open


@pytest.mark.parametrize(
    "refusal",
    [
        SignInRefused(say("That password is not right."), advice=say("Please try again.")),
        FieldRefused({"own_password": say("That password is not right.")}),
    ],
)
def test_whoever_typed_a_wrong_password_types_the_right_one_in_its_place(sheet: FormSheet, refusal: Exception) -> None:
    asking = OwnPasswordSheet(sheet.window(), "Make a new recovery sheet?", "Mario", yes="Make it")
    given: list[object] = []
    asking.given.connect(given.append)
    asking.open()
    line = asking.form.editor("own_password").focusProxy()
    assert line is not None
    for password in ("curtain-falls", "curtain-rises"):
        QTest.keyClicks(line, password)
        asking.yes.click()
        asking.show_refusal(refusal)
    assert given == ["curtain-falls", "curtain-rises"]
