from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.seats import ClaimKind, SeatKind
from pos_app.domain.venues.plan_numbers import Numbering
from pos_app.domain.venues.plan_seat_edits import renumber, set_category
from pos_app.services.season.kept_seats import keep_back
from pos_app.services.venues.plan_store import save_plan
from pos_app.services.venues.plans import rename_plan
from tests.kinds import SQLITE, SQLITE_FIRST
from tests.services.venues.plan_stories import findings, opened, plan_of
from tests.small_house import sell_seats
from tests.ui.screens.admin.venues.conftest import CTRL, SHIFT

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import DraftSeat, PlanDraft
    from pos_app.ui.screens.admin.venues.editor_page import EditorPage
    from tests.ui.screens.admin.venues.conftest import Venues


def seats(draft: PlanDraft) -> dict[str, DraftSeat]:
    return {seat.guid: seat for _, _, seat in draft.seats()}


@SQLITE_FIRST
def test_a_plan_with_sales_becomes_a_new_version_and_names_the_orders_in_the_way(venues: Venues) -> None:
    house, small = venues.house, venues.house.small
    sale = house.database.transact(sell_seats, small, small.seats_of(1, [1]))
    house.database.transact(sell_seats, small, small.seats_of(3, [5], small.gala_id))
    editor = venues.edit(small.plan_id)
    venues.click("1-1", "5-1", modifier=SHIFT)
    venues.press(Qt.Key.Key_Delete)
    sheet = venues.save()
    assert sheet.accessibleName() == "Save as version 2?"
    assert sale.number.replace("-", "") in sheet.hindrances[0].replace("-", "")
    assert sheet.moves.offered == {small.gala_id}
    sheet.yes.click()
    venues.settle()
    assert "version 2" in venues.said(editor)
    saved = venues.stored()["Stalls only"]
    assert (saved.version, saved.places) == (2, 48)
    assert plan_of(house, small.performance_id) == small.plan_id
    assert plan_of(house, small.gala_id) == saved.plan_id
    assert findings(house) == ""
    editor.back_button.click()
    page = venues.section.plans
    page._wanted = small.plan_id
    page.refresh()
    venues.settle()
    assert not page.look.edit_button.isVisible()
    page.look.move_button.click()
    venues.settle()
    sheet = venues.office.sheet()
    assert sheet.moves.offered == frozenset()
    assert not sheet.yes.isEnabled()
    sheet.cancel()
    editor = venues.edit(saved.plan_id)
    venues.click("2-2")
    venues.press(Qt.Key.Key_V)
    venues.save_all()
    assert venues.stored()["Stalls only"].version == 3


@SQLITE
def test_a_performance_that_stays_behind_is_moved_to_the_new_version_later(venues: Venues) -> None:
    house, small = venues.house, venues.house.small
    editor = venues.edit(small.plan_id)
    venues.click("4-4")
    venues.press(Qt.Key.Key_Delete)
    house.database.transact(sell_seats, small, small.seats_of(4, [4], small.gala_id))
    sheet = venues.save()
    sheet.moves.choose(small.performance_id, goes_over=False)
    sheet.yes.click()
    venues.settle()
    assert plan_of(house, small.performance_id) == plan_of(house, small.gala_id) == small.plan_id
    assert editor.unsaved() == ()
    editor.back_button.click()
    page = venues.section.plans
    page._wanted = small.plan_id
    page.refresh()
    venues.settle()
    page.look.move_button.click()
    venues.settle()
    assert venues.office.sheet().moves.offered == {small.performance_id}
    venues.office.sheet().yes.click()
    venues.settle()
    assert page.banner.message.text == "1 performance moved to version 2."
    assert plan_of(house, small.performance_id) == venues.stored()["Stalls only"].plan_id


@SQLITE_FIRST
def test_two_managers_at_one_plan_are_told_and_choose(venues: Venues, editor: EditorPage) -> None:
    house, small = venues.house, venues.house.small
    plan_id = venues.stored()["Small hall"].plan_id
    theirs = opened(house, plan_id)
    wanted = set_category(theirs.draft, {"stalls-a-1"}, "B")
    theirs = house.database.transact(save_plan, small.elsewhere(small.manager), theirs, wanted).opened
    house.database.transact(rename_plan, small.elsewhere(small.manager), theirs.plan, "Great hall")
    venues.click("stalls-a-2")
    venues.press(Qt.Key.Key_V)
    sheet = venues.save()
    assert sheet.accessibleName() == "Changed meanwhile"
    sheet.yes.click()
    venues.settle()
    # Now it is told what mine would do to theirs.
    assert "2 places are changed" in venues.office.sheet().sentence
    venues.office.sheet().yes.click()
    venues.settle()
    now = seats(venues.draft("Great hall"))
    assert (now["stalls-a-1"].category, now["stalls-a-2"].kind) == ("A", SeatKind.RESTRICTED)
    theirs = opened(house, plan_id)
    changed = renumber(theirs.draft, {"stalls-a-3"}, Numbering.LEFT_TO_RIGHT, first=99)
    house.database.transact(save_plan, small.elsewhere(small.manager), theirs, changed)
    venues.click("stalls-a-4")
    venues.press(Qt.Key.Key_C)
    sheet = venues.save()
    theirs_button = next(one for one in sheet.findChildren(type(sheet.yes)) if one.words.startswith("Take theirs"))
    buttons = sheet.findChildren(type(sheet.yes))
    venues.office.wait(lambda: all(button.width() >= button.sizeHint().width() for button in buttons))
    theirs_button.click()
    assert "is lost" in venues.office.sheet().accessibleDescription()
    venues.office.sheet().yes.click()
    venues.settle()
    assert seats(editor.drafting.draft)["stalls-a-3"].number == "99"
    assert editor.unsaved() == ()


@SQLITE
def test_when_the_server_goes_the_drawing_stays_and_is_saved_later(venues: Venues, editor: EditorPage) -> None:
    venues.click("stalls-a-1")
    venues.press(Qt.Key.Key_Delete)
    venues.office.line.cut = venues.office.line.blind = True
    venues.press(Qt.Key.Key_S, CTRL)
    assert "Your drawing is still here." in venues.said(editor)
    venues.office.line.blind = False
    assert editor.banner.press_action()
    venues.settle()
    venues.office.sheet().yes.click()
    venues.settle()
    assert "Your drawing is still here." in venues.said(editor)
    venues.office.line.cut = False
    assert editor.banner.press_action()
    venues.settle()
    venues.office.sheet().yes.click()
    venues.settle()
    assert venues.stored()["Small hall"].places == 88


@SQLITE
def test_leaving_with_changes_asks_and_saves_or_gives_up(venues: Venues, editor: EditorPage) -> None:
    venues.click("stalls-a-1")
    venues.press(Qt.Key.Key_Delete)
    assert venues.office.desk.unsaved() == ("Changes of the plan “Small hall”",)
    editor.back_button.click()
    venues.office.sheet().cancel()
    assert venues.section.currentWidget() is editor
    editor.back_button.click()
    venues.office.sheet().save.click()
    venues.settle()
    venues.office.sheet().yes.click()
    venues.settle()
    assert venues.section.currentWidget() is venues.section.plans
    assert venues.stored()["Small hall"].places == 88
    venues.section.plans.look.edit_button.click()
    venues.settle()
    venues.click("stalls-a-2")
    venues.press(Qt.Key.Key_Delete)
    editor.back_button.click()
    venues.office.sheet().discard.click()
    venues.settle()
    assert venues.stored()["Small hall"].places == 88
    assert venues.office.desk.unsaved() == ()


@SQLITE
def test_a_kept_place_of_an_unsold_plan_is_not_removed_and_named(venues: Venues) -> None:
    house, small = venues.house, venues.house.small
    keep = KeepDraft(ClaimKind.HOUSE, "Press")
    house.database.transact(keep_back, small.manager, "one", small.performance_id, [small.seat_id(4, 4)], keep)
    editor = venues.edit(small.plan_id)
    venues.click("4-4")
    venues.press(Qt.Key.Key_Delete)
    sheet = venues.save()
    assert sheet.accessibleName() == "This plan cannot be saved so"
    assert sheet.hindrances == ["Stalls, row D, seat 4 (kept back by the house) would be gone"]
    assert not sheet.yes.isEnabled()
    sheet.cancel()
    venues.press(Qt.Key.Key_Z, CTRL)
    assert editor.unsaved() == ()
