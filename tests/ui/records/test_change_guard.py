from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow

from pos_app.ui.records.change_guard import ChangeGuard
from pos_app.ui.records.conflict_sheet import ConflictSheet
from pos_app.ui.records.leave_sheet import LeaveSheet
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


class Page:
    """A window with something unsaved in it, and its guard."""

    def __init__(self, qtbot: QtBot, *, can_save: bool) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.window.show()
        self.lost: tuple[str, ...] = ("A name",)
        self.done: list[str] = []
        self.guard = ChangeGuard(
            self.window,
            "Save it first?",
            unsaved=lambda: self.lost,
            save=self._save if can_save else None,
            discard=self._discard,
        )

    def leave(self) -> None:
        self.guard.leave(lambda: self.done.append("left"))

    def sheet(self) -> Any:
        found = [sheet for sheet in self.window.findChildren(Sheet) if sheet.is_open]
        return found[-1] if found else None

    def _save(self, then: Callable[[], object] | None) -> None:
        self.lost = ()
        self.done.append("saved")
        if then is not None:
            then()

    def _discard(self) -> None:
        self.lost = ()
        self.done.append("discarded")


@pytest.fixture
def page(qtbot: QtBot, themed: QApplication) -> Page:
    return Page(qtbot, can_save=True)


def test_a_page_without_changes_is_left_at_once(page: Page) -> None:
    page.lost = ()
    page.leave()
    assert page.done == ["left"]
    assert page.sheet() is None


def test_what_is_unsaved_is_saved_given_up_or_stayed_with(page: Page) -> None:
    page.leave()
    assert isinstance(page.sheet(), LeaveSheet)
    page.sheet().cancel()
    assert page.done == []
    page.leave()
    page.sheet().save.click()
    assert page.done == ["saved", "left"]
    page.lost = ("A name",)
    page.leave()
    page.sheet().discard.click()
    assert page.done == ["saved", "left", "discarded", "left"]


def test_what_cannot_be_saved_from_here_is_given_up_or_stayed_with(qtbot: QtBot, themed: QApplication) -> None:
    page = Page(qtbot, can_save=False)
    page.leave()
    assert isinstance(page.sheet(), ConfirmSheet)
    page.sheet().cancel()
    assert page.done == []
    page.leave()
    page.sheet().yes.click()
    assert page.done == ["discarded", "left"]


def test_who_leaves_during_a_change_waits_for_its_end_and_is_asked_then_unless_they_are_to_stay(page: Page) -> None:
    told: list[bool] = []
    page.guard.busy_changed.connect(told.append)
    page.guard.begin()
    page.leave()
    assert page.sheet() is None
    page.lost = ()
    page.guard.end()
    assert page.done == ["left"]
    page.lost = ("A name",)
    page.guard.begin()
    page.leave()
    page.guard.end()
    assert isinstance(page.sheet(), LeaveSheet)
    page.sheet().cancel()
    page.guard.begin()
    page.leave()
    page.guard.end(stay=True)
    assert page.sheet() is None
    assert page.done == ["left"]
    assert told == [True, False] * 3


def test_two_versions_are_put_together_and_it_is_asked_about_what_they_changed(page: Page) -> None:
    taken: list[dict[str, object]] = []

    def settle(mine: dict[str, object], theirs: dict[str, object]) -> None:
        page.guard.settle(
            "Somebody else saved it.",
            {"name": "Hall", "seats": 90, "note": ""},
            mine,
            theirs,
            label=str.upper,
            words=lambda _name, value: str(value),
            take=taken.append,
        )

    settle({"name": "Hall", "seats": 80, "note": "x"}, {"name": "Hall", "seats": 80, "note": ""})
    assert taken == [{"name": "Hall", "seats": 80, "note": "x"}]
    settle({"name": "Hall", "seats": 80, "note": "x"}, {"name": "Great hall", "seats": 90, "note": "y"})
    assert len(taken) == 1
    sheet = page.sheet()
    assert isinstance(sheet, ConflictSheet)
    chosen = {choice.accessibleName(): choice.current for choice in sheet.choices.values()}
    assert chosen == {"NAME": "theirs", "NOTE": "mine"}
    sheet.choices["note"].choose("theirs")
    sheet.yes.click()
    assert taken[1:] == [{"name": "Great hall", "seats": 80, "note": "y"}]
