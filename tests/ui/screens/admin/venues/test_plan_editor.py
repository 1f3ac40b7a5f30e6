from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.plan_part_edits import add_category
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.venues.plan_stories import hall
from tests.ui.screens.admin.venues.conftest import ALT, CTRL, NONE, SHIFT

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import DraftSeat, PlanDraft
    from pos_app.ui.screens.admin.venues.editor_page import EditorPage
    from tests.ui.screens.admin.venues.conftest import Venues


def seats(draft: PlanDraft) -> dict[str, DraftSeat]:
    return {seat.guid: seat for _, _, seat in draft.seats()}


def row(draft: PlanDraft, guid: str) -> list[str]:
    found = next(row for zone in draft.zones for row in zone.rows if row.guid == guid)
    return [seat.number for seat in found.seats]


@SQLITE
def test_seats_are_chosen_by_click_band_row_and_all(venues: Venues, editor: EditorPage) -> None:
    venues.click("stalls-b-3")
    assert venues.chosen() == {"stalls-b-3"}
    venues.click("stalls-b-4", "stalls-c-1", modifier=CTRL)
    venues.click("stalls-b-3", modifier=SHIFT)
    assert venues.chosen() == {"stalls-b-4", "stalls-c-1"}
    corner = QPoint(-14, -14)
    venues.drag(venues.spot("balcony-j-1") + corner, venues.spot("balcony-k-2") - corner)
    assert venues.chosen() == {"balcony-j-1", "balcony-j-2", "balcony-k-1", "balcony-k-2"}
    QTest.mouseDClick(editor.map, Qt.MouseButton.LeftButton, NONE, venues.spot("stalls-a-1"))
    assert venues.chosen() == {f"stalls-a-{at}" for at in range(1, 9)}
    assert editor.tools.title.text() == "8 seats chosen"
    assert editor.tools.where.text() == "Stalls, row A"
    venues.press(Qt.Key.Key_A, CTRL)
    assert len(venues.chosen()) == 49
    venues.press(Qt.Key.Key_Escape)
    assert venues.chosen() == set()


@SQLITE
def test_the_keyboard_alone_walks_chooses_and_marks(venues: Venues, editor: EditorPage) -> None:
    editor.map.setFocus()
    for _ in range(2):
        venues.press(Qt.Key.Key_Right, SHIFT)
    assert len(venues.chosen()) == 2
    venues.press(Qt.Key.Key_Return)
    assert len(venues.chosen()) > 2
    first = min(venues.chosen())
    venues.press(Qt.Key.Key_V)
    venues.press(Qt.Key.Key_2)
    draft = editor.drafting.draft
    assert (seats(draft)[first].kind, seats(draft)[first].category) == (SeatKind.RESTRICTED, "B")


@SQLITE_FIRST
def test_what_is_done_is_undone_redone_saved_and_read_again(venues: Venues, editor: EditorPage) -> None:
    before = editor.drafting.draft
    venues.click("stalls-d-5")
    venues.press(Qt.Key.Key_Delete)
    venues.click("stalls-d-6")
    venues.press(Qt.Key.Key_W)
    for _ in range(3):
        venues.press(Qt.Key.Key_Right, ALT)
    assert len(editor.drafting.draft.guids) == 48
    assert seats(editor.drafting.draft)["stalls-d-6"].x == seats(before)["stalls-d-6"].x + 15
    venues.press(Qt.Key.Key_Z, CTRL)
    assert seats(editor.drafting.draft)["stalls-d-6"] != seats(before)["stalls-d-6"]
    assert seats(editor.drafting.draft)["stalls-d-6"].x == seats(before)["stalls-d-6"].x
    venues.press(Qt.Key.Key_Z, CTRL)
    venues.press(Qt.Key.Key_Z, CTRL)
    assert editor.drafting.draft == before
    assert not editor.save_button.isEnabled()
    for _ in range(3):
        venues.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert editor.unsaved() == ("Changes of the plan “Small hall”",)
    venues.save_all()
    stored = venues.draft("Small hall")
    assert len(stored.guids) == 48
    assert seats(stored)["stalls-d-6"].kind is SeatKind.WHEELCHAIR
    assert stored == editor.drafting.draft
    assert editor.unsaved() == ()


@SQLITE
def test_seats_are_dragged_and_stay_chosen_where_the_map_stands(venues: Venues, editor: EditorPage) -> None:
    editor.map.zoom_in()
    editor.map._on_zoom_rested()
    venues.click("stalls-c-5", "stalls-c-6", modifier=SHIFT)
    x, y = seats(editor.drafting.draft)["stalls-c-5"].x, seats(editor.drafting.draft)["stalls-c-5"].y
    view, start = editor.map._view, venues.spot("stalls-c-5")
    venues.drag(start, start + QPoint(60, 30))
    moved = seats(editor.drafting.draft)["stalls-c-5"]
    assert abs(moved.x - x - 60 / view.scale) < 0.1
    assert abs(moved.y - y - 30 / view.scale) < 0.1
    assert venues.chosen() == {"stalls-c-5", "stalls-c-6"}
    assert editor.map._view == view


@SQLITE
def test_rows_are_numbered_and_rows_and_zones_named(venues: Venues, editor: EditorPage) -> None:
    QTest.mouseDClick(editor.map, Qt.MouseButton.LeftButton, NONE, venues.spot("balcony-j-1"))
    venues.press(Qt.Key.Key_N)
    sheet = venues.office.sheet()
    sheet.form.change_values({"way": "right_to_left", "first": 11})
    sheet.yes.click()
    venues.settle()
    assert row(editor.drafting.draft, "balcony-j") == ["16", "15", "14", "13", "12", "11"]
    QTest.mouseDClick(editor.map, Qt.MouseButton.LeftButton, CTRL, venues.spot("balcony-k-1"))
    venues.press(Qt.Key.Key_N)
    sheet = venues.office.sheet()
    sheet.form.change_values({"way": "snake", "first": 1})
    sheet.yes.click()
    venues.settle()
    assert row(editor.drafting.draft, "balcony-k") == ["12", "11", "10", "9", "8", "7"]
    venues.press(Qt.Key.Key_R)
    sheet = venues.office.sheet()
    sheet.form.change_values({"first": "3", "names": "numbers"})
    sheet.yes.click()
    venues.settle()
    assert [row.label for row in editor.drafting.draft.zones[1].rows] == ["3", "4"]
    venues.press(Qt.Key.Key_Z)
    sheet = venues.office.sheet()
    sheet.field.line.setText("Circle")
    sheet.yes.click()
    venues.settle()
    assert editor.drafting.draft.zones[1].name == "Circle"
    assert editor.tools.where.text() == "Circle, rows 3, 4"


@SQLITE
def test_categories_are_added_renamed_recoloured_and_removed(venues: Venues, editor: EditorPage) -> None:
    tools = editor.tools
    tools.categories.add_button.click()
    sheet = venues.office.sheet()
    sheet.form.change_values({"name": "Box", "color": "no colour"})
    sheet.yes.click()
    assert "Type a colour" in sheet.form.problem("color")
    sheet.form.change_values({"color": "#ff0000"})
    sheet.yes.click()
    venues.settle()
    venues.click("stalls-a-1")
    venues.press(Qt.Key.Key_3)
    editor.commands.ask_category("A")
    sheet = venues.office.sheet()
    sheet.form.change_values({"name": "Premium", "color": "#00ff00"})
    sheet.yes.click()
    venues.settle()
    editor.commands.ask_category("B")
    next(one for one in venues.office.sheet().findChildren(type(sheet.yes)) if one.words == "Remove…").click()
    sheet = venues.office.sheet()
    sheet.form.change_values({"seats_to": "Box"})
    sheet.yes.click()
    venues.settle()
    venues.save_all()
    stored = venues.draft("Small hall")
    assert [(one.name, one.color) for one in stored.categories] == [("Premium", "#00ff00"), ("Box", "#ff0000")]
    assert seats(stored)["stalls-a-1"].category == seats(stored)["balcony-j-1"].category == "Box"
    editor.commands.ask_category()
    sheet = venues.office.sheet()
    sheet.form.change_values({"name": "Box"})
    sheet.yes.click()
    venues.settle()
    assert "There is a category “Box” already." in sheet.form.problem("name")
    assert sheet.is_open
    sheet.form.change_values({"name": "Loge"})
    sheet.yes.click()
    venues.settle()
    assert venues.office.sheet() is None
    assert editor.drafting.draft.category_names() == ("Premium", "Box", "Loge")


@SQLITE
def test_what_cannot_be_is_said_in_the_sheet_and_what_was_drawn_and_typed_stays(
    venues: Venues, editor: EditorPage
) -> None:
    venues.press(Qt.Key.Key_A)
    start = venues.spot("balcony-k-1") + QPoint(-130, -30)
    venues.drag(start, start + QPoint(60, 60))
    sheet = venues.office.sheet()
    sheet.form.change_values({"name": "", "capacity": 30})
    sheet.yes.click()
    venues.settle()
    assert sheet.is_open
    assert sheet.form.problem("name")
    sheet.form.change_values({"name": "Bar"})
    sheet.yes.click()
    venues.settle()
    assert [area.capacity for _, area in editor.drafting.draft.areas() if area.name == "Bar"] == [30]
    venues.click("stalls-a-1")
    editor.commands.ask_rows()
    sheet = venues.office.sheet()
    sheet.field.line.setText("x" * 100)
    sheet.yes.click()
    venues.settle()
    assert sheet.is_open
    assert sheet.field.line.text() == "x" * 100
    sheet.field.line.setText("x" * 300)
    sheet.yes.click()
    venues.settle()
    assert "300 characters, of at most 200" in sheet.form.problem("name")
    sheet.field.line.setText("Q")
    sheet.yes.click()
    venues.settle()
    assert venues.office.sheet() is None
    assert not editor.banner.isVisible()


@SQLITE
def test_a_zone_is_not_left_without_a_name(venues: Venues, editor: EditorPage) -> None:
    venues.click("stalls-a-1")
    for words in ("", "   "):
        editor.commands.ask_zone()
        sheet = venues.office.sheet()
        sheet.field.line.setText(words)
        sheet.yes.click()
        venues.settle()
        assert sheet.is_open
        assert "A zone needs a name" in sheet.form.problem("name")
        sheet.cancel()
    assert editor.map.selection().where() == "Stalls, row A"
    assert not editor.drafting.is_dirty


@SQLITE
def test_a_zone_that_came_without_a_name_is_told_so(venues: Venues) -> None:
    nameless = tuple(replace(zone, name="") if zone.guid == "stalls" else zone for zone in hall().zones)
    editor = venues.edit(venues.add(replace(hall(), zones=nameless)).plan.plan_id)
    venues.click("stalls-a-1")
    assert editor.map.selection().where() == "a zone without a name, row A"


@SQLITE
def test_places_that_are_there_twice_are_named_before_a_plan_is_saved(venues: Venues, editor: EditorPage) -> None:
    venues.click("stalls-a-1")
    venues.press(Qt.Key.Key_W)
    assert not venues.save().doubled
    venues.office.sheet().no.click()
    editor.commands.ask_rows()
    sheet = venues.office.sheet()
    sheet.field.line.setText("B")
    sheet.yes.click()
    venues.settle()
    sheet = venues.save()
    assert sheet.doubled.startswith("There twice, so that nobody could tell them apart: Stalls, row B, seat 1;")
    assert sheet.yes.isEnabled()


@SQLITE
def test_an_area_is_drawn_changed_and_the_focal_point_set(venues: Venues, editor: EditorPage) -> None:
    venues.press(Qt.Key.Key_A)
    assert editor.tools.area_button.isChecked()
    assert "Draw the rectangle" in editor.hint.text()
    start = venues.spot("balcony-k-1") + QPoint(-130, -30)
    venues.drag(start, start + QPoint(60, 60))
    sheet = venues.office.sheet()
    sheet.form.change_values({"name": "Bar", "capacity": 30, "category": "A"})
    sheet.yes.click()
    venues.settle()
    assert not editor.tools.area_button.isChecked()
    bar = next(area for _, area in editor.drafting.draft.areas() if area.name == "Bar")
    assert bar.capacity == 30
    QTest.mouseClick(editor.map, Qt.MouseButton.LeftButton, NONE, start + QPoint(30, 30))
    sheet = venues.office.sheet()
    sheet.form.change_values({"capacity": 25, "zone": "balcony"})
    sheet.yes.click()
    venues.settle()
    assert [(zone.guid, area.capacity) for zone, area in editor.drafting.draft.areas() if area.name == "Bar"] == [
        ("balcony", 25)
    ]
    assert editor.map.area_at((start + QPoint(30, 30)).toPointF()) >= 0
    # Nothing is sold by a plan: an area tells its room, in either theme, and not what is left of it.
    for dark in (True, False):
        editor.map.set_dark(dark)
        assert editor.map._shown_scene().area_painter.count_words(40) == "Room for 40"
    venues.press(Qt.Key.Key_F)
    QTest.mouseClick(editor.map, Qt.MouseButton.LeftButton, NONE, QPoint(80, 90))
    venues.settle()
    focus = editor.map._view.to_plan(QPoint(80, 90).toPointF())
    assert abs(editor.drafting.draft.focus[0] - focus.x()) < 0.01
    venues.save_all()
    assert venues.draft("Small hall") == editor.drafting.draft
    assert venues.stored()["Small hall"].places == 49 + 40 + 25


@SQLITE
def test_keys_that_come_faster_than_the_drawing_are_all_done_and_one_undo_takes_them_back(
    venues: Venues, editor: EditorPage
) -> None:
    venues.click("stalls-a-1")
    x = seats(editor.drafting.draft)["stalls-a-1"].x
    for _ in range(10):
        venues.office.press(Qt.Key.Key_Right, ALT)
    venues.office.press(Qt.Key.Key_W)
    assert editor.unsaved() != ()
    venues.settle()
    moved = seats(editor.drafting.draft)["stalls-a-1"]
    assert moved.x == pytest.approx(x + 50)
    assert moved.kind is SeatKind.WHEELCHAIR
    venues.press(Qt.Key.Key_Z, CTRL)
    venues.press(Qt.Key.Key_Z, CTRL)
    assert seats(editor.drafting.draft)["stalls-a-1"].x == x
    assert editor.unsaved() == ()


@SQLITE
def test_an_area_and_the_focal_point_are_placed_by_keys(venues: Venues, editor: EditorPage) -> None:
    editor.map.setFocus()
    venues.press(Qt.Key.Key_A)
    venues.press(Qt.Key.Key_Return)
    sheet = venues.office.sheet()
    sheet.form.change_values({"name": "Bar"})
    sheet.yes.click()
    venues.settle()
    assert "Bar" in [area.name for _, area in editor.drafting.draft.areas()]
    venues.press(Qt.Key.Key_F)
    venues.press(Qt.Key.Key_Escape)
    assert not editor.tools.focus_button.isChecked()
    before = editor.drafting.draft.focus
    venues.press(Qt.Key.Key_F)
    venues.press(Qt.Key.Key_Return)
    assert editor.drafting.draft.focus != before


@SQLITE
def test_a_sheet_hears_of_its_own_edit_and_not_of_one_that_was_on_its_way(venues: Venues, editor: EditorPage) -> None:
    drafting = editor.drafting
    told: list[Exception | None] = []
    venues.click("stalls-a-1")
    editor.commands.remove()  # it is worked on now
    drafting.edit(lambda draft: add_category(draft, "A", "#112233"), heard=told.append)
    venues.settle()
    assert ["already" in str(one) for one in told] == [True]
    assert "stalls-a-1" not in drafting.draft.guids
