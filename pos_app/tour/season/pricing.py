"""What seats cost and which are kept, in the manager's tour: the panels of one performance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.tour.season.manager import Chapter
from pos_app.tour.stage import fail
from pos_app.ui.records.fields.option_sheets import ChoosingSheet
from pos_app.ui.screens.admin.kept_seats.keep_sheet import KeepSheet
from pos_app.ui.screens.admin.kept_seats.panel import KeptSeatsPanel
from pos_app.ui.screens.admin.prices.changes_sheet import ChangesSheet
from pos_app.ui.screens.admin.prices.panel import PricesPanel
from pos_app.ui.screens.admin.prices.percent_sheet import PercentSheet

if TYPE_CHECKING:
    from pos_app.tour.season.manager import Manager
    from pos_app.tour.season.programming import Programming

_ADULTS: Final = ("45.00", "32.00", "18.00")
"""By category, the dearest first."""
_HOUSE_SEATS: Final = (2, 3)
_BLOCKED: Final = 20


class Pricing(Chapter):
    """Fills the grid, and keeps seats back."""

    def __init__(self, manager: Manager, programming: Programming) -> None:
        super().__init__(manager)
        self._programming = programming

    @property
    def _prices(self) -> PricesPanel:
        return self._hands.find(PricesPanel)

    @property
    def _kept(self) -> KeptSeatsPanel:
        return self._hands.find(KeptSeatsPanel)

    def open_prices(self) -> None:
        """Open the grid of the first performance."""
        page = self._programming.page.performances
        self._hands.choose_first(page.list.table)
        self._hands.press("Prices")
        self._stage.wait_for("the grid is shown", lambda: self._prices.form.grid is not None)

    def type_prices(self) -> None:
        """Type what adults pay, Enter by Enter."""
        table = self._prices.form.table
        table.begin()
        for amount in _ADULTS:
            self._hands.type(amount)
            self._hands.key(Qt.Key.Key_Return)
        model = self._prices.form.model
        if [model.text_at(row, 0) for row in range(len(_ADULTS))] != list(_ADULTS):
            fail("the grid does not hold what was typed")

    def ask_percent(self) -> None:
        """Let children pay half of it."""
        self._hands.press("Percent…")
        self._hands.wait_for_sheet(PercentSheet)
        self._hands.fill(target="Child", percent="50", base="Adult")

    def fill_column(self) -> None:
        """Fill the column, and that of seniors in the same way."""
        self._hands.press("Fill the column")
        self._hands.wait_for_no_sheet()
        self._hands.press("Percent…")
        self._hands.wait_for_sheet(PercentSheet)
        self._hands.fill(target="Senior", percent="82.5", base="Adult")
        self._hands.press("Fill the column")
        self._hands.wait_for_no_sheet()

    def choose_others(self) -> None:
        """The same prices for the other two."""
        hands = self._hands
        hands.press("Also for…")
        sheet = hands.wait_for_sheet(ChoosingSheet)
        for row in range(sheet.list.count()):
            hands.tick(sheet, row)

    def ask_to_save(self) -> None:
        """What will change is said first."""
        self._hands.press("Take these")
        self._hands.wait_for_no_sheet()
        self._hands.press("Save")
        self._hands.wait_for_sheet(ChangesSheet)

    def save_prices(self) -> None:
        """Save on all three."""
        self._hands.click(self._hands.wait_for_sheet(ChangesSheet).yes)
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("they are saved", lambda: not self._prices.unsaved() and not self._prices.others)

    def open_kept(self) -> None:
        """Open the map of what is kept back."""
        self._hands.press("Kept seats")
        self._stage.wait_for("the map is shown", lambda: self._kept.plan is not None)

    def choose_house_seats(self) -> None:
        """Click two seats, and ask to keep them for the house."""
        self._click(*_HOUSE_SEATS)
        self._hands.press("Keep for the house…")
        self._hands.wait_for_sheet(KeepSheet)
        self._hands.press("Press")
        self._hands.fill(release="Before the doors", release_before_doors="60")

    def keep(self) -> None:
        """Keep them: they go on sale an hour before the doors open."""
        self._hands.press("Keep them")
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("they are listed", lambda: len(self._kept.list.table.records) == 1)

    def block(self) -> None:
        """Block a seat behind a camera."""
        self._click(_BLOCKED)
        self._hands.press("Block…")
        self._hands.wait_for_sheet(KeepSheet)
        self._hands.press("Camera")

    def keep_blocked(self) -> None:
        """Keep it."""
        self._hands.press("Keep them")
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("both are listed", lambda: len(self._kept.list.table.records) > 1)

    def go_back(self) -> None:
        """Go back to the performances."""
        self._hands.press("Performances")
        page = self._programming.page.performances
        self._stage.wait_for("the performances are shown", page.isVisible)

    def _click(self, *seats: int) -> None:
        board = self._kept.side.map
        for seat in seats:
            at = board.seat_center(seat)
            QTest.mouseClick(board, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self._stage.wait_for("they are chosen", lambda: self._kept.side.chosen.count == len(seats))
