"""A season that is on sale elsewhere, taken over in the manager's tour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.tour.season.manager import Chapter
from pos_app.tour.season.papers import write_season
from pos_app.tour.stage import fail
from pos_app.ui.screens.admin.takeover.page import TakeoverPage
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet

if TYPE_CHECKING:
    from pos_app.tour.season.manager import Manager
    from pos_app.tour.season.programming import Programming

_PLACES: Final = tuple((row, str(seat)) for row in ("D", "E") for seat in range(3, 9))
_WRONG: Final = ("Z", "99")
"""No such seat: it stands in the way of everything."""


class TakingOver(Chapter):
    """Takes sales over, all of them or none."""

    def __init__(self, manager: Manager, programming: Programming) -> None:
        super().__init__(manager)
        self._programming = programming

    @property
    def _page(self) -> TakeoverPage:
        return self._manager.section("takeover", TakeoverPage)

    def look(self) -> None:
        """Open the section: it says what kind of table it wants."""
        self._manager.open("Take over", "takeover")

    def refuse(self) -> None:
        """A table with a seat that is not there: what is in the way is listed, nothing can be taken over."""
        path = write_season(self._stage.folder, self._programming.evenings()[1:], (*_PLACES, _WRONG))
        self._hands.choose_file("Choose a table…", path)
        self._stage.wait_for("what is in the way is listed", lambda: self._page.problems.table.records)
        if self._page.take_button.isEnabled():
            fail("a table with a wrong line could be taken over")

    def preview(self) -> None:
        """The same table, mended: nothing is in the way."""
        path = write_season(self._stage.folder, self._programming.evenings()[1:], _PLACES)
        self._hands.choose_file("Another table…", path)
        self._stage.wait_for("it can be taken over", self._page.take_button.isEnabled)

    def ask(self) -> None:
        """What it does is said first."""
        self._hands.click(self._page.take_button)
        self._hands.wait_for_sheet(ConfirmSheet)

    def take_over(self) -> None:
        """Take it over."""
        self._hands.press(self._page.take_button.text())
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("it is taken over", self._page.banner.isVisible)
