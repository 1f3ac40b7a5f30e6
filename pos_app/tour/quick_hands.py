"""The quick ways of the sell screen, in the tour: best seats, a promo code, places of general admission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.demo.promotions import WINTER
from pos_app.demo.season import SEASON
from pos_app.tour.stage import fail

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.tour.selling import Selling
    from pos_app.tour.stage import Stage

STANDING_GUESTS: Final = 4


class QuickHands:
    """Sells by keys what Selling sells by clicks."""

    def __init__(self, stage: Stage, foyer: Foyer, selling: Selling) -> None:
        self._stage = stage
        self._foyer = foyer
        self._selling = selling

    def best_seats(self) -> None:
        """Press 2 on the map, then F4."""
        sell = self._selling.sell
        sell.map_panel.map.setFocus()
        QTest.keyClick(sell.map_panel.map, Qt.Key.Key_2)
        QTest.keyClick(self._foyer.window, Qt.Key.Key_F4)
        self._stage.wait_for("the best seats are held", lambda: len(sell.hold.basket.lines) == 2)
        places = [line.place for line in sell.hold.basket.lines]
        if len({(place.zone, place.row) for place in places}) != 1:
            fail("the best two do not sit in one row")

    def promo_code(self) -> None:
        """Press F11, type a code, press Enter: the total falls."""
        sell = self._selling.sell
        before = sell.hold.basket.totals().total_minor
        QTest.keyClick(self._foyer.window, Qt.Key.Key_F11)
        field = sell.basket_panel.promo.field
        QTest.keyClicks(field, WINTER.lower())
        QTest.keyClick(field, Qt.Key.Key_Return)
        self._stage.wait_for("the code is taken", lambda: sell.hold.basket.promo is not None)
        if sell.hold.basket.totals().total_minor >= before:
            fail("the code saves nothing")

    def general_admission(self) -> None:
        """Open an evening with standing places, click the area, type how many, press Enter."""
        sell = self._selling.sell
        standing = {one.title for one in SEASON if one.standing}
        if not self._selling.open_first(lambda one: one.title in standing and one.free >= STANDING_GUESTS):
            fail("no performance with general admission is on sale")
        live, board = sell.live, sell.map_panel.map
        self._stage.wait_for("the area is shown", lambda: live.plan is not None and live.plan.areas)
        self._stage.wait_for("its places are counted", lambda: live.free_in(0) >= STANDING_GUESTS)
        QTest.mouseClick(board, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, board.area_spot(0))
        stepper = sell.areas.stepper
        self._stage.wait_for("it asks how many", stepper.isVisible)
        self._stage.rest()
        field = stepper.focusProxy() or stepper
        QTest.keyClicks(field, str(STANDING_GUESTS))
        QTest.keyClick(field, Qt.Key.Key_Return)
        self._stage.wait_for("they are held", lambda: len(sell.hold.basket.lines) == STANDING_GUESTS)
        self._stage.wait_for("they are one row of the basket", lambda: len(sell.basket_panel.rows()) == 1)
