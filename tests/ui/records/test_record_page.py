from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pos_app.domain.errors import NotFound, NotPermitted, OutcomeUnknown, ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.ui.records.leave_sheet import LeaveSheet
from pos_app.ui.records.page import RecordPage
from pos_app.ui.words.messages import Message
from tests.ui.records.conftest import FakeHalls, hall_fields, hall_kind, press

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.records.conftest import Desk

# A window of Qt's own, unlike the program's, follows the least size of what lies in it.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
CTRL = Qt.KeyboardModifier.ControlModifier


def said(desk: Desk) -> str:
    message = desk.page.banner.message
    return f"{message.text} {message.advice}".strip()


def type_here(words: str) -> None:
    """Type wherever the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, words)


def archived(desk: Desk, hall_id: int) -> bool:
    return desk.halls.halls[hall_id].archived


def title(desk: Desk) -> str:
    return desk.page.editor._title.words


def test_no_part_of_a_page_is_a_window_even_for_a_moment(qtbot: QtBot, themed: QApplication) -> None:
    class Watch(QObject):
        windows: ClassVar[list[QWidget]] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.windows.append(watched)
            return False

    watch = Watch()
    themed.installEventFilter(watch)
    page = RecordPage(hall_kind(), FakeHalls(), hall_fields)
    qtbot.addWidget(page)
    themed.removeEventFilter(watch)
    assert watch.windows == []


def test_a_record_is_made_found_and_changed_by_keys_alone(desk: Desk) -> None:
    press(desk, Qt.Key.Key_N, CTRL)
    type_here("Attic")
    press(desk, Qt.Key.Key_S, CTRL)
    assert desk.halls.halls[5].name == "Attic"
    assert desk.halls.halls[5].seats == 100
    press(desk, Qt.Key.Key_F, CTRL)
    type_here("stud")
    press(desk, Qt.Key.Key_Return)
    press(desk, Qt.Key.Key_Return)
    assert title(desk) == "Studio"
    press(desk, Qt.Key.Key_End)
    type_here(" 2")
    press(desk, Qt.Key.Key_S, CTRL)
    assert desk.halls.halls[2].name == "Studio 2"
    press(desk, Qt.Key.Key_Escape)
    assert desk.page.list.table.hasFocus()


def test_what_cannot_be_read_or_saved_is_told_beside_its_field(desk: Desk) -> None:
    desk.open(1)
    desk.type("seats", "many")
    desk.type("rent_minor", "1.2345")
    desk.page.save()
    assert "whole number from 0 to 60,000" in desk.page.form.problem("seats")
    assert "2 decimal places" in desk.page.form.problem("rent_minor")
    assert desk.halls.saves == 0
    desk.type("seats", "10")
    assert not desk.page.form.problem("seats")
    desk.type("rent_minor", "")
    desk.type("name", "Studio")
    desk.page.save()
    assert desk.page.form.problem("name") == "There is a hall of this name."
    assert QApplication.focusWidget() is desk.page.form.editor("name").focusProxy()
    assert desk.halls.halls[1].name == "Main House"


def test_saving_can_be_undone(desk: Desk) -> None:
    desk.open(1)
    before = desk.halls.halls[1]
    desk.type("seats", "1300")
    desk.page.save()
    assert desk.halls.halls[1].seats == 1300
    assert "was saved" in said(desk)
    assert desk.page.banner.press_action()
    assert desk.halls.halls[1] == before
    desk.page.start_new({"name": "Attic"})
    desk.page.save()
    assert desk.page.banner.press_action()
    assert archived(desk, 5)


def test_a_record_is_put_away_and_brought_back(desk: Desk) -> None:
    desk.open(2)
    desk.page.editor.archive_button.click()
    assert archived(desk, 2)
    assert "Studio" not in desk.names
    assert desk.page.banner.press_action()
    assert not archived(desk, 2)
    assert title(desk) == "Studio"
    desk.page.list.views.choose("archived")
    desk.page.list.views.chosen.emit("archived")
    assert desk.names == ["Old Barn"]
    desk.open(4)
    assert not desk.page.form.editor("name").isEnabled()
    desk.page.editor.restore_button.click()
    assert not archived(desk, 4)
    assert "Old Barn" in desk.names


@pytest.mark.parametrize("answer", ["save", "discard", "stay"])
def test_another_row_is_opened_once_the_changes_are_settled(desk: Desk, answer: str) -> None:
    desk.open(1)
    desk.type("seats", "1300")
    table = desk.page.list.table
    table.setFocus()
    press(desk, Qt.Key.Key_Down)
    sheet = desk.sheet()
    assert isinstance(sheet, LeaveSheet)
    assert table.current == 1
    key = {"save": Qt.Key.Key_Return, "stay": Qt.Key.Key_Escape, "discard": Qt.Key.Key_D}[answer]
    press(desk, key, CTRL if answer == "discard" else Qt.KeyboardModifier.NoModifier)
    assert desk.halls.halls[1].seats == (1300 if answer == "save" else 1200)
    assert title(desk) == ("Main House" if answer == "stay" else "Studio")
    assert table.current == (1 if answer == "stay" else 2)
    assert desk.page.form.is_dirty == (answer == "stay")


def test_a_save_that_fails_on_the_way_out_keeps_the_person_here(desk: Desk) -> None:
    desk.open(1)
    desk.type("name", "Studio")
    desk.page.start_new()
    desk.sheet().save.click()
    assert title(desk) == "Main House"
    assert desk.page.form.problem("name")
    assert desk.page.form.is_dirty


@pytest.mark.parametrize(
    "error",
    [
        ServerUnreachable(say("The server cannot be reached."), advice=say("Try again.")),
        OutcomeUnknown(say("The connection broke.")),
        NotFound(say("This hall is not there any more.")),
    ],
)
def test_when_the_server_goes_in_the_middle_nothing_typed_is_lost(desk: Desk, error: Exception) -> None:
    desk.open(1)
    desk.type("seats", "1300")
    desk.halls.broken = error
    desk.page.save()
    assert "What you typed is still here." in said(desk)
    assert desk.page.form.values()["seats"] == 1300
    assert desk.page.form.editor("seats").isEnabled()
    desk.halls.unreadable = error
    desk.page.refresh()
    assert desk.page.form.values()["seats"] == 1300
    assert desk.names == ["Foyer", "Main House", "Studio"]
    desk.halls.broken = desk.halls.unreadable = None
    desk.page.save()
    assert desk.halls.halls[1].seats == 1300


def test_what_was_said_of_a_save_that_failed_goes_when_it_is_given_up(desk: Desk) -> None:
    desk.open(1)
    desk.type("seats", "1300")
    desk.halls.broken = NotPermitted(say("You cannot do this."))
    desk.page.save()
    assert "You cannot do this." in said(desk)
    desk.page.discard()
    assert not desk.page.banner.message.text
    desk.page.say(Message("The lights are on."))
    desk.page.discard()
    assert "The lights are on." in said(desk)


def test_while_it_is_being_saved_nothing_can_be_typed_and_nobody_leaves(desk: Desk) -> None:
    desk.halls.slow = True
    desk.open(1)
    desk.type("seats", "1300")
    desk.page.save()
    assert not desk.page.form.editor("seats").isEnabled()
    assert not desk.page.editor.save_button.isEnabled()
    desk.page.save()
    left: list[bool] = []
    desk.page.leave(lambda: left.append(True))
    assert not left
    desk.halls.arrive()
    assert left == [True]
    assert desk.halls.saves == 1
    assert desk.page.form.editor("seats").isEnabled()


def test_an_empty_list_says_what_to_do_first_and_an_unreadable_one_why(desk: Desk) -> None:
    halls = dict(desk.halls.halls)
    desk.halls.halls.clear()
    desk.page.refresh()
    empty = desk.page.list.empty
    assert empty.isVisible()
    assert empty._sentence.text() == "Make the first one."
    empty._button.click()
    assert desk.page.is_new
    desk.page.discard()
    desk.page.list.table.show_records(())
    desk.halls.unreadable = ServerUnreachable(say("The server cannot be reached."))
    desk.page.refresh()
    assert empty._title.text() == "The server cannot be reached."
    desk.halls.unreadable = None
    desk.halls.halls.update(halls)
    empty._button.click()
    assert desk.names == ["Foyer", "Main House", "Studio"]
    desk.page.list.search.setText("nowhere")
    desk.page.list.search.searched.emit("nowhere")
    assert empty._title.text() == "Nothing matches"
    empty._button.click()
    assert len(desk.names) == 3


def test_what_has_not_changed_asks_nothing(desk: Desk) -> None:
    desk.open(1)
    desk.type("seats", "77")
    desk.type("seats", "1200")
    assert not desk.page.unsaved()
    desk.page.start_new()
    assert desk.page.is_new
    assert not desk.page.unsaved()
    desk.open(2)
    assert title(desk) == "Studio"


def test_the_keyboard_stays_in_the_page_when_its_button_goes(desk: Desk) -> None:
    desk.window.addToolBar("Top").addWidget(QPushButton("Dark"))
    desk.open(2)
    desk.page.editor.archive_button.setFocus()
    press(desk, Qt.Key.Key_Space)
    assert archived(desk, 2)
    assert QApplication.focusWidget() is desk.page.list.table
    desk.page.banner._action.setFocus()
    press(desk, Qt.Key.Key_Space)
    assert not archived(desk, 2)
    assert QApplication.focusWidget() is desk.page.list.table
    desk.type("name", "Small Studio")
    desk.page.editor.save_button.setFocus()
    press(desk, Qt.Key.Key_Space)
    assert desk.halls.halls[2].name == "Small Studio"
    assert QApplication.focusWidget() is desk.page.list.table
