"""The desk's sections, and that nothing typed is lost whatever way a person leaves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from pos_app.ui.screens.admin.screen import AdminScreen, Section
from pos_app.ui.widgets.sheets.confirm import confirm
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.ui.background import Background
    from tests.ui.screens.admin.conftest import Office

pytestmark = SQLITE


class Notepad(QWidget):
    """A section with one line that is unsaved while it is not empty."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        QVBoxLayout(self).addWidget(self.line)
        self.setFocusProxy(self.line)

    def unsaved(self) -> tuple[str, ...]:
        return (f"The note “{self.line.text()}”",) if self.line.text() else ()

    def leave(self, go_on: Callable[[], object]) -> None:
        if not self.unsaved():
            go_on()
            return
        sheet = confirm(self, "Discard?", "", yes="Discard")
        sheet.confirmed.connect(self.line.clear)
        sheet.confirmed.connect(go_on)


def sections(_background: Background) -> tuple[Section, ...]:
    return (
        Section("notes", "Notes", "pencil-simple", Notepad),
        Section("empty", "Empty", "house", lambda: QLabel("Nothing")),
    )


@pytest.fixture
def office(make_office: Callable[..., Office]) -> Office:
    return make_office(sections)


def notes(office: Office) -> Notepad:
    found = office.desk.section("notes")
    assert isinstance(found, Notepad)
    return found


def words(sheet: QWidget) -> str:
    return " ".join(label.text() for label in sheet.findChildren(QLabel))


def test_the_first_section_is_open_and_has_the_keyboard_and_others_are_not_built_yet(office: Office) -> None:
    assert office.desk.current == "notes"
    assert notes(office).line.hasFocus()
    assert list(office.desk._made) == ["notes"]
    office.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert office.desk.current == "empty"
    assert office.desk._buttons["empty"].isChecked()


def test_the_first_section_is_open_whoever_has_the_keyboard(office: Office) -> None:
    other = AdminScreen(sections(office.background))
    other.setParent(office.window)
    other.show()
    assert notes(office).line.hasFocus()
    assert other.current == "notes"


def test_another_section_is_opened_once_the_changes_are_settled(office: Office) -> None:
    notes(office).line.setText("half a sent")
    office.desk._buttons["empty"].click()
    assert office.desk.current == "notes"
    assert office.desk._buttons["notes"].isChecked()
    office.sheet().cancel()
    assert office.desk.current == "notes"
    assert notes(office).line.text() == "half a sent"
    office.desk._buttons["empty"].click()
    office.sheet().yes.click()
    assert office.desk.current == "empty"


def test_the_lock_keeps_what_is_unsaved(office: Office) -> None:
    notes(office).line.setText("half a sent")
    office.window.lock()
    assert office.window.is_locked
    office.window.unlock()
    assert notes(office).line.text() == "half a sent"
    assert office.desk.isVisible()


def test_somebody_else_at_the_lock_is_told_whose_changes_would_be_lost(office: Office) -> None:
    left: list[bool] = []
    office.window.signed_out.connect(lambda: left.append(True))
    notes(office).line.setText("half a sent")
    office.window.lock()
    office.window.lock_screen.somebody_else.click()
    sheet = office.sheet()
    assert "Mario Manager" in words(sheet)
    assert "half a sent" in words(sheet)
    sheet.cancel()
    assert office.window.is_locked
    assert left == []
    office.window.lock_screen.somebody_else.click()
    office.sheet().yes.click()
    assert left == [True]


def test_with_nothing_unsaved_somebody_else_is_not_kept_waiting(office: Office) -> None:
    left: list[bool] = []
    office.window.signed_out.connect(lambda: left.append(True))
    office.window.lock()
    office.window.lock_screen.somebody_else.click()
    assert left == [True]


def test_the_window_stays_open_until_the_changes_are_settled(office: Office) -> None:
    notes(office).line.setText("half a sent")
    assert not office.window.close()
    assert office.window.isVisible()
    office.sheet().cancel()
    assert notes(office).line.text() == "half a sent"
    office.window.close()
    office.sheet().yes.click()
    assert not office.window.isVisible()


def test_a_locked_window_is_closed_only_after_the_same_question(office: Office) -> None:
    notes(office).line.setText("half a sent")
    office.window.lock()
    assert not office.window.close()
    assert "half a sent" in words(office.sheet())
    office.sheet().cancel()
    assert office.window.isVisible()
    office.window.close()
    office.sheet().yes.click()
    assert not office.window.isVisible()


def test_a_window_with_nothing_unsaved_closes_at_once(office: Office) -> None:
    assert office.window.close()


def test_another_screen_may_be_looked_at_in_between(make_office: Callable[..., Office]) -> None:
    office = make_office(sections, QLabel("Selling"))
    notes(office).line.setText("half a sent")
    office.window.show_screen("sell")
    assert office.sheet() is None
    assert not office.window.close()
    assert office.window.current_screen == "manage"
    assert notes(office).line.text() == "half a sent"
