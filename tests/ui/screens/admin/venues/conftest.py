"""The section of venues in a manager's window."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos_app.domain.venues.pretix.writer import write_plan
from pos_app.services.venues.plan_catalogue import list_plans
from pos_app.services.venues.plan_store import add_plan
from pos_app.ui import office as ui_office
from pos_app.ui.screens.admin.screen import Section
from pos_app.ui.screens.admin.venues.operations import VenueOperations
from pos_app.ui.screens.admin.venues.section import VenuesSection
from tests.services.venues.plan_stories import hall, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import OpenPlan, PlanRecord
    from pos_app.ui.background import Background
    from pos_app.ui.screens.admin.venues.editor_page import EditorPage
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@dataclass
class Venues:
    """The section on screen, its hands, and what is stored."""

    office: Office
    section: VenuesSection
    folder: Path

    @property
    def house(self) -> OpenHouse:
        return self.office.house

    @property
    def editor(self) -> EditorPage:
        return self.section.editor

    def settle(self) -> None:
        self.office.settle()
        self.office.wait(lambda: not self.section.generator._pause.isActive())
        self.office.settle()

    def stored(self) -> dict[str, PlanRecord]:
        """The newest version of each plan, by name."""
        found = self.house.database.read(list_plans, self.house.small.manager, self.house.small.venue_id)
        return {one.name: one for one in found if one.newest}

    def draft(self, name: str) -> PlanDraft:
        return opened(self.house, self.stored()[name].plan_id).draft

    def show_plans(self) -> None:
        """Go to the plans of the first venue."""
        page = self.section.venues
        page.open_record(page.list.table.records[0])
        page.plans_button.click()
        self.settle()

    def file(self, draft: PlanDraft, **changes: Any) -> str:
        """Write a plan to a file, with some of its keys changed."""
        path = self.folder / f"{draft.name}.json"
        path.write_text(json.dumps({**json.loads(write_plan(draft)), **changes}))
        return str(path)

    def read(self, path: str) -> None:
        """Choose a file to import, and wait until it is on the map."""
        self.section.ask_file = lambda: path  # type: ignore[method-assign]  # what a person would choose
        self.section.plans.import_button.click()
        self.settle()

    def add(self, draft: PlanDraft) -> OpenPlan:
        small = self.house.small
        return self.house.database.transact(add_plan, small.manager, small.venue_id, draft)

    def edit(self, plan_id: int) -> EditorPage:
        """Open a stored plan in the editor."""
        self.show_plans()
        self.section.plans._wanted = plan_id
        self.section.plans.refresh()
        self.settle()
        self.section.plans.look.edit_button.click()
        self.settle()
        assert self.section.currentWidget() is self.editor
        return self.editor

    def spot(self, guid: str) -> QPoint:
        """Return where a seat is in the editor."""
        drawn = self.editor.map.drawn
        assert drawn is not None
        return self.editor.map.seat_center(drawn.preview.index_of()[guid])

    def click(self, *guids: str, modifier: Qt.KeyboardModifier = NONE) -> None:
        for guid in guids:
            QTest.mouseClick(self.editor.map, Qt.MouseButton.LeftButton, modifier, self.spot(guid))

    def drag(self, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
        seats, left = self.editor.map, Qt.MouseButton.LeftButton
        QTest.mousePress(seats, left, modifier, start)
        QTest.mouseMove(seats, (start + end) / 2)
        QTest.mouseMove(seats, end)
        QTest.mouseRelease(seats, left, modifier, end)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.office.press(key, modifier)
        self.settle()

    def chosen(self) -> set[str]:
        return set(self.editor.map.chosen_guids())

    def save(self) -> Any:
        """Ask to save; return the sheet that says what that will do."""
        self.press(Qt.Key.Key_S, CTRL)
        return self.office.sheet()

    def save_all(self) -> None:
        """Save, and agree to what that will do."""
        self.save().yes.click()
        self.settle()

    def said(self, page: Any) -> str:
        return f"{page.banner.message.text} {page.banner.message.advice}".strip()


@pytest.fixture
def venues(make_office: Callable[..., Office], house: OpenHouse, tmp_path: Path) -> Venues:
    def sections(background: Background) -> tuple[Section, ...]:
        operations = VenueOperations(ui_office.Office(background, house.small.manager))
        return (Section("venues", "Venues", "house", lambda: VenuesSection(operations)),)

    office = make_office(sections)
    return Venues(office, office.open("venues"), tmp_path)


@pytest.fixture
def editor(venues: Venues) -> EditorPage:
    """Give the editor with a small hall of two zones and an area in it."""
    return venues.edit(venues.add(hall()).plan.plan_id)
