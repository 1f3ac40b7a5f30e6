"""What is played, in the manager's tour: ticket types, an event with its picture, three performances."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.domain.local_times import wall_time
from pos_app.tour.season.manager import Chapter
from pos_app.tour.season.papers import PLAN, TITLE, draw_poster
from pos_app.ui.screens.admin.events.page import EventsPage
from pos_app.ui.screens.admin.events.performances.cancel_sheet import CancelSheet
from pos_app.ui.screens.admin.events.performances.dates_sheet import DatesSheet
from pos_app.ui.screens.admin.events.performances.words import when_words
from pos_app.ui.screens.admin.ticket_types.page import TicketTypesPage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pos_app.domain.season.performances import ListedPerformance

TICKET_TYPES: Final = (("Adult", "A"), ("Child", "C"), ("Senior", "S"))
_DAYS_AHEAD: Final = 9
_PERFORMANCES: Final = 3
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class Programming(Chapter):
    """Makes what is on sale."""

    @property
    def page(self) -> EventsPage:
        """Return the section of events."""
        return self._manager.section("events", EventsPage)

    @property
    def performances(self) -> Sequence[ListedPerformance]:
        """Return the performances, the first one first."""
        return sorted(self.page.performances.season, key=lambda one: one.starts_at)

    def evenings(self) -> tuple[str, ...]:
        """Return the performances as another box office writes them, the first one first."""
        walls = (wall_time(one.starts_at, one.time_zone).wall for one in self.performances)
        return tuple(f"{TITLE} {wall:%Y-%m-%d %H:%M}" for wall in walls)

    def look_at_types(self) -> None:
        """Open the ticket types: there are none."""
        self._manager.open("Ticket types", "ticket_types")
        page = self._manager.section("ticket_types", TicketTypesPage)
        self._stage.wait_for("they are read", page.list.empty.isVisible)

    def make_types(self) -> None:
        """Make three."""
        for at, (name, letter) in enumerate(TICKET_TYPES, 1):
            self._hands.key(Qt.Key.Key_N, _CONTROL)
            self._hands.fill(name=name, letter=letter, sort=str(at * 10))
            self._hands.save()

    def look(self) -> None:
        """Open the events: there is none."""
        self._manager.open("Events", "events")
        self._stage.wait_for("they are read", self.page.events.list.empty.isVisible)

    def look_too_early(self) -> None:
        """The performances say what to do first."""
        self._hands.press("Performances")
        self._stage.wait_for("they are read", self.page.performances.list.empty.isVisible)

    def begin_event(self) -> None:
        """Ctrl+N, a title, a description, a picture."""
        self._hands.press("Events", self.page.parts)
        self._hands.key(Qt.Key.Key_N, _CONTROL)
        self._hands.fill(
            title=TITLE,
            kind="Theatre",
            description="Two brothers, one lamp, and a winter without ships. One interval.",
        )
        self._hands.choose_file("Choose a file…", draw_poster(self._stage.folder))
        self._stage.wait_for("the picture is shown", lambda: self.page.events.artwork.value() is not None)

    def save_event(self) -> None:
        """Ctrl+S."""
        self._hands.save()
        self._hands.choose_row(self.page.events.list.table, TITLE)

    def begin_performance(self) -> None:
        """Give it a first performance, in nine days."""
        self._hands.press("Give it performances")
        self._stage.wait_for("performances can be made", self.page.performances.list.new_button.isVisible)
        self._hands.key(Qt.Key.Key_N, _CONTROL)
        self._hands.fill(
            event_id=TITLE, plan_id=PLAN, starts_at=self._first_evening(), doors_at="45", ticket_fee_minor="0.50"
        )

    def save_performance(self) -> None:
        """Ctrl+S."""
        self._hands.save()
        self._stage.wait_for("it is there", lambda: len(self.performances) == 1)

    def choose_dates(self) -> None:
        """The same again, on the two days after."""
        hands = self._hands
        hands.press("Same again…")
        hands.wait_for_sheet(DatesSheet)
        hands.key(Qt.Key.Key_Return)
        hands.key(Qt.Key.Key_Right)
        hands.key(Qt.Key.Key_Return)

    def repeat(self) -> None:
        """Ctrl+Enter makes them."""
        self._hands.key(Qt.Key.Key_Return, _CONTROL)
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("three are there", lambda: len(self.performances) == _PERFORMANCES)

    def choose_several(self) -> None:
        """Choose all of them: what can be done to several is beside the table."""
        self._hands.key(Qt.Key.Key_Escape)
        self._hands.key(Qt.Key.Key_A, _CONTROL)
        self._stage.wait_for("several are chosen", self.page.performances.several.isVisible)

    def change_several(self) -> None:
        """Say what a change of all does, before it is made."""
        self._hands.fill(hold_minutes="20")
        self._hands.press("Change…")
        self._stage.wait_for("it asks", lambda: self._hands.place is not self._manager.foyer.window)

    def agree(self) -> None:
        """Change them, and choose none any more."""
        self._hands.press("Change them")
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("they are changed", lambda: not self.page.unsaved())
        self._hands.press("Choose none")

    def ask_to_cancel(self) -> None:
        """Cancel the last one: whom it concerns is listed first."""
        self._manager.open("Events", "events")
        last, page = self.performances[-1], self.page.performances
        self._hands.choose_row(page.list.table, when_words(last))
        self._stage.wait_for(
            "it is in the form", lambda: page.record is not None and page.record.performance_id == last.performance_id
        )
        self._hands.press("Cancel…")
        self._hands.wait_for_sheet(CancelSheet)
        self._hands.press("Illness")

    def cancel(self) -> None:
        """Enter does it."""
        self._hands.click(self._hands.wait_for_sheet(CancelSheet).yes)
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("it is cancelled", lambda: self.performances[-1].cancelled)

    def _first_evening(self) -> datetime:
        """Return half past seven in nine days, on the clock of the venue."""
        page = self.page.performances
        now = wall_time(page.clock.now(), page.fields.time_zone).wall
        return now.replace(hour=19, minute=30) + timedelta(_DAYS_AHEAD)
