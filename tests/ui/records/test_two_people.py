"""Two people at work on one record: the second one to save is told what changed, and chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.ui.records.conflict_sheet import MINE, THEIRS, ConflictSheet
from tests.ui.records.conftest import press

if TYPE_CHECKING:
    from tests.ui.records.conftest import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
CTRL = Qt.KeyboardModifier.ControlModifier


def archived(desk: Desk, hall_id: int) -> bool:
    return desk.halls.halls[hall_id].archived


def test_two_people_at_one_record_choose_field_by_field(desk: Desk) -> None:
    desk.open(1)
    desk.type("seats", "1300")
    desk.type("name", "Big House")
    desk.halls.change(1, seats=1100, note="hers", rent_minor=5)
    desk.page.save()
    sheet = desk.sheet()
    assert isinstance(sheet, ConflictSheet)
    # The name is mine alone, so nobody is asked; the note and the rent are theirs alone.
    assert {name: choice.current for name, choice in sheet.choices.items()} == {
        "seats": MINE,
        "rent_minor": THEIRS,
        "note": THEIRS,
    }
    sheet.choices["rent_minor"].choose(MINE)
    sheet.yes.click()
    now = desk.halls.halls[1]
    assert (now.name, now.seats, now.note, now.rent_minor) == ("Big House", 1300, "hers", 90_000)
    assert not desk.page.form.is_dirty


def test_whoever_goes_back_to_the_form_finds_everything_as_typed_and_is_asked_again(desk: Desk) -> None:
    desk.open(1)
    desk.type("seats", "1300")
    desk.halls.change(1, seats=1100)
    desk.page.save()
    press(desk, Qt.Key.Key_Escape)
    assert desk.page.form.values()["seats"] == 1300
    assert desk.halls.halls[1].seats == 1100
    desk.page.save()
    press(desk, Qt.Key.Key_T, CTRL)
    press(desk, Qt.Key.Key_Return)
    assert desk.halls.halls[1].seats == 1100
    assert desk.page.form.values()["seats"] == 1100


def test_changes_of_different_fields_are_put_together_without_a_question(desk: Desk) -> None:
    desk.open(1)
    desk.type("seats", "1300")
    desk.halls.change(1, seats=1300, heated=False)
    desk.page.save()
    assert desk.sheet() is None
    assert desk.halls.halls[1].seats == 1300


def test_a_record_that_somebody_put_away_meanwhile_is_brought_back_or_left(desk: Desk) -> None:
    desk.open(1)
    desk.type("seats", "1300")
    desk.halls.change(1, archived=True)
    desk.page.save()
    press(desk, Qt.Key.Key_Escape)
    assert archived(desk, 1)
    assert desk.page.form.values()["seats"] == 1300
    desk.page.save()
    press(desk, Qt.Key.Key_Return)
    assert not archived(desk, 1)
    assert desk.halls.halls[1].seats == 1300


def test_what_somebody_changed_before_they_put_it_away_is_not_overwritten(desk: Desk) -> None:
    desk.open(1)
    desk.type("seats", "1300")
    desk.halls.change(1, seats=1100, note="hers", archived=True)
    desk.page.save()
    press(desk, Qt.Key.Key_Return)
    assert not archived(desk, 1)
    sheet = desk.sheet()
    assert isinstance(sheet, ConflictSheet)
    assert set(sheet.choices) == {"seats", "note"}
    sheet.yes.click()
    now = desk.halls.halls[1]
    assert (now.seats, now.note, now.archived) == (1300, "hers", False)
    desk.type("seats", "1400")
    desk.halls.change(1, archived=True, name="Great House")
    desk.page.save()
    press(desk, Qt.Key.Key_Return)
    sheet = desk.sheet()
    assert isinstance(sheet, ConflictSheet)
    sheet.yes.click()
    assert (desk.halls.halls[1].seats, desk.halls.halls[1].name) == (1400, "Great House")


def test_what_others_changed_is_shown_when_the_list_is_read_again_unless_something_is_unsaved(desk: Desk) -> None:
    desk.open(1)
    desk.halls.change(1, seats=1)
    desk.page.refresh()
    assert desk.page.form.values()["seats"] == 1
    desk.type("name", "Mine")
    desk.halls.change(1, seats=2)
    desk.page.refresh()
    assert desk.page.form.values() | {"seats": 1, "name": "Mine"} == desk.page.form.values()
    desk.page.save()
    assert isinstance(desk.sheet(), ConflictSheet)
