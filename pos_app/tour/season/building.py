"""A venue in the manager's tour: a plan from a file, a plan drawn by numbers, and the plan editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos_app.tour.season.manager import Chapter
from pos_app.tour.season.papers import PLAN, write_plan_file
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.screens.admin.venues.name_sheet import NameSheet
from pos_app.ui.screens.admin.venues.save_sheet import SaveSheet
from pos_app.ui.screens.admin.venues.section import VenuesSection

if TYPE_CHECKING:
    from pos_app.ui.screens.admin.venues.editor_map import EditorMap

VENUE: Final = "Harbour Stage"
STUDIO: Final = "Studio"
_HALF_A_SEAT: Final = 9


class Building(Chapter):
    """Opens a house."""

    @property
    def _section(self) -> VenuesSection:
        return self._manager.section("venues", VenuesSection)

    @property
    def _map(self) -> EditorMap:
        return self._section.editor.map

    def look(self) -> None:
        """Open the section."""
        self._manager.open("Venues", "venues")
        self._stage.wait_for("the venues are read", lambda: self._section.venues.list.table.shown)

    def begin_venue(self) -> None:
        """Ctrl+N, a name, an address, a clock."""
        self._hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self._hands.fill(name=VENUE, address="Quay 4, 0150 Oslo", time_zone="Europe/Oslo", currency="EUR")

    def save_venue(self) -> None:
        """Ctrl+S."""
        self._hands.save()
        self._stage.wait_for("it is in the table", lambda: len(self._section.venues.list.table.shown) > 1)

    def open_plans(self) -> None:
        """Go to its seating plans: there is none."""
        self._hands.press("Seating plans")
        self._stage.wait_for("its plans are read", self._section.plans.list.empty.isVisible)

    def import_plan(self) -> None:
        """Choose a file: it is shown with what is odd about it, and nothing is stored."""
        path = write_plan_file(self._stage.folder)
        self._hands.choose_file("Import a seating plan…", path)
        self._stage.wait_for("the file is shown", lambda: self._section.importing.drawn is not None)

    def store_plan(self) -> None:
        """Store it."""
        self._hands.press("Store this plan")
        self._wait_for_plan(PLAN)

    def begin_drawing(self) -> None:
        """Draw a plan by numbers."""
        self._hands.press("Draw a plan…")
        self._hands.fill(
            name=STUDIO, categories="A, B", curve="0", zone="Floor", rows="6", seats="12", aisles="6", wheelchair="A1"
        )
        self._wait_for_drawing(6 * 12)

    def add_zone(self) -> None:
        """Add a second zone, in another category, with numbers from the middle."""
        self._hands.press("Add a zone behind the others")
        self._hands.fill(zone="Tribune", rows="3", seats="14", aisles="7", category="B", numbering="odd left")
        self._wait_for_drawing(6 * 12 + 3 * 14)

    def store_drawing(self) -> None:
        """Store it."""
        self._hands.press("Store this plan")
        self._wait_for_plan(STUDIO)

    def begin_rename(self) -> None:
        """Ask for another name."""
        self._hands.press("Rename…")
        self._hands.wait_for_sheet(NameSheet)

    def open_editor(self) -> None:
        """Leave the name as it is, and open the plan on the map, with its tools."""
        self._hands.leave_sheet()
        self._hands.press("Edit plan")
        self._stage.wait_for("the plan is in the editor", lambda: self._map.drawn is not None)

    def choose_seats(self) -> None:
        """Draw a frame over seats."""
        board = self._map
        first, last = board.seat_center(2), board.seat_center(16)
        self._drag(first - QPoint(_HALF_A_SEAT, _HALF_A_SEAT), last + QPoint(_HALF_A_SEAT, _HALF_A_SEAT))
        self._stage.wait_for("seats are chosen", lambda: len(board.chosen) > 1)

    def set_category(self) -> None:
        """Put them into the other category, with the key of the category."""
        self._hands.key(Qt.Key.Key_2)
        self._wait_for_edit()

    def mark_seat(self) -> None:
        """Mark a seat as one with a restricted view."""
        QTest.mouseClick(
            self._map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._map.seat_center(30)
        )
        self._hands.press("Restricted")
        self._wait_for_edit()

    def ask_numbers(self) -> None:
        """Ask how a row is to be numbered: double-click it, N."""
        at = self._map.seat_center(40)
        QTest.mouseDClick(self._map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self._hands.press("Number…")
        self._hands.wait_for_sheet(FormSheet)
        self._hands.fill(way="Right to left")

    def number(self) -> None:
        """Number it."""
        self._hands.press("Number them")
        self._hands.wait_for_no_sheet()
        self._wait_for_edit()

    def ask_category(self) -> None:
        """Ask for a new category."""
        self._hands.press("New category…")
        self._hands.wait_for_sheet(FormSheet)
        self._hands.fill(name="Standing")

    def add_category(self) -> None:
        """Add it."""
        self._hands.press("Add it")
        self._hands.wait_for_no_sheet()
        self._wait_for_edit()

    def draw_area(self) -> None:
        """Draw a rectangle for guests without seats, and say how many there is room for."""
        board = self._map
        # A step back, so that there is room below the last row.
        QTest.keyClick(board, Qt.Key.Key_Minus)
        self._hands.press("Add area")
        below = board.seat_center(len(board.drawn.preview.seat_guids) - 1 if board.drawn else 0)
        self._drag(below + QPoint(-160, 24), below + QPoint(0, 56))
        self._hands.wait_for_sheet(FormSheet)
        self._hands.fill(name="Bar", capacity="40", category="Standing")

    def add_area(self) -> None:
        """Add it."""
        self._hands.press("Add it")
        self._hands.wait_for_no_sheet()
        self._wait_for_edit()

    def ask_to_save(self) -> None:
        """What saving does is said first."""
        self._hands.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self._hands.wait_for_sheet(SaveSheet)

    def save_plan(self) -> None:
        """Save, and go back to the plans."""
        self._hands.press("Save")
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("nothing is unsaved", lambda: not self._section.unsaved())
        self._hands.press("Plans")
        self._wait_for_plan(STUDIO)

    def _drag(self, start: QPoint, end: QPoint) -> None:
        board, left, plain = self._map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(board, left, plain, start)
        QTest.mouseMove(board, (start + end) / 2)
        QTest.mouseMove(board, end)
        QTest.mouseRelease(board, left, plain, end)

    def _wait_for_plan(self, name: str) -> None:
        plans = self._section.plans
        self._stage.wait_for(
            f"“{name}” is shown", lambda: plans.isVisible() and plans.opened and plans.opened.plan.name == name
        )

    def _wait_for_drawing(self, seats: int) -> None:
        page = self._section.generator
        self._stage.wait_for(
            f"{seats} seats are drawn", lambda: (draft := page.draft()) is not None and draft.seat_count == seats
        )

    def _wait_for_edit(self) -> None:
        drafting, done = self._section.editor.drafting, list[bool]()
        drafting.when_idle(lambda: done.append(True))
        self._stage.wait_for("the edit is on the map", lambda: done and drafting.is_dirty)
