"""Seats by their price on the selling map: cheap ones side by side for a sale, the dearest for an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos_app.domain.seats import MapState
from pos_app.tour.stage import fail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.tour.selling import Selling
    from pos_app.tour.stage import Stage


class Picking:
    """Clicks seats."""

    def __init__(self, stage: Stage, selling: Selling) -> None:
        self._stage = stage
        self._selling = selling

    def cheap_seats(self, count: int) -> None:
        """Click so many seats side by side where they cost least."""
        free = set(self._free())
        runs = [run for at in free if (run := self._run(at, count, free))]
        if not runs:
            fail(f"no {count} free seats side by side")
        self._click(min(runs, key=lambda run: (self._price(run[0]), run[0])))
        basket = self._selling.sell.hold.basket
        self._stage.wait_for("the seats are held", lambda: len(basket.lines) == count)

    def dearest_seat(self) -> None:
        """Click the seat that costs most."""
        self._click([max(self._free(), key=lambda at: (self._price(at), -at))])

    def _free(self) -> list[int]:
        plan, board = self._selling.sell.live.plan, self._selling.sell.map_panel.map
        if plan is None:
            fail("no performance is open")
        seats = range(len(plan.seat_id))
        return [at for at in seats if plan.kind[at] == 0 and board.state_of(at) == MapState.FREE]

    def _run(self, first: int, count: int, free: set[int]) -> list[int]:
        """Return seats side by side, this one the first; [] where they are not free."""
        plan = self._selling.sell.live.plan
        run = range(first, first + count)
        if plan is None or not free.issuperset(run):
            return []
        side_by_side = all(
            plan.row_of[at] == plan.row_of[first] and plan.position[at] == plan.position[first] + at - first
            for at in run
        )
        return list(run) if side_by_side else []

    def _price(self, at: int) -> int:
        plan, offer = self._selling.sell.live.plan, self._selling.sell.live.offer
        if plan is None or offer is None:
            fail("no performance is open")
        return offer.full_price(plan.categories[int(plan.category[at])].category_id) or 0

    def _click(self, seats: Sequence[int]) -> None:
        board = self._selling.sell.map_panel.map
        for at in seats:
            spot = board.seat_center(at)
            QTest.mouseClick(
                board, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(spot.x(), spot.y())
            )
