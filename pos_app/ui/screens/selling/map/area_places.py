"""Places of general admission: asked for by number beside the area, held for the basket, counted on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.services.selling.area_holds import MOST_PLACES, set_places
from pos_app.ui.screens.selling.basket.hold_request import HoldRequest
from pos_app.ui.widgets.area_stepper import AreaStepper

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.background import Reply
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.undoing import Undoing
    from pos_app.ui.seat_map import SeatMap
    from pos_app.ui.seat_map.live_map import LiveMap


class AreaPlaces(QObject):
    """Opens the stepper at an area, and holds as many places as it says. may_choose: asked before either.

    Signals: acted(): the hand went on, what was said before is out of date.
    """

    acted = Signal()

    def __init__(
        self,
        office: Office,
        hold: BasketHold,
        live: LiveMap,
        seats: SeatMap,
        undoing: Undoing,
        may_choose: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._hold = hold
        self._live = live
        self._map = seats
        self._undoing = undoing
        self._may_choose = may_choose
        self._area = -1
        self.stepper = AreaStepper(seats)
        self.stepper.chosen.connect(self._on_chosen)
        self.stepper.closed.connect(seats.setFocus)

    def hearings(self) -> list[Hearing]:
        """Return what leads to the stepper, and what ends it."""
        return [
            (self.ask, self._map.area_activated),
            (self.recount, self._live.states_changed),
            (self.stepper.hide, self._live.plan_loaded),
        ]

    def ask(self, area: int) -> None:
        """Ask how many places of an area, by its index in the open plan."""
        plan = self._live.plan
        if plan is None:
            return
        self.acted.emit()
        if not self._may_choose():
            return
        self._area = area
        self.stepper.ask(plan.areas[area].name, free=self._live.free_in(area), mine=self._mine(), most=MOST_PLACES)
        self.stepper.open_at(self._map.area_spot(area))

    def recount(self) -> None:
        """Say in the stepper how many there are now."""
        if self.stepper.isVisible():
            self.stepper.set_counts(free=self._live.free_in(self._area), mine=self._mine())

    def _on_chosen(self, total: int) -> None:
        self._map.setFocus()
        offer, plan = self._live.offer, self._live.plan
        if offer is not None and plan is not None and self._may_choose():
            self._ask(offer, plan, plan.areas[self._area].area_id, total)

    def _ask(self, offer: PerformanceOffer, plan: SeatPlan, area_id: int, total: int) -> None:
        def begin(key: str, late: bool) -> Reply[PlacedHold | None]:  # noqa: FBT001 - as HoldRequest calls it
            return self._office.write(self, set_places, key, offer.performance_id, area_id, total, after_start=late)

        before = self._undoing.lines_of(self._hold.basket.seats)

        def held(_placed: PlacedHold | None) -> None:
            self._undoing.tell_difference(before)

        self._hold.ask(HoldRequest(offer, plan, begin, lambda placed: placed, is_whole=True, on_held=held))

    def _mine(self) -> int:
        """Count the places of the area that are in the basket."""
        offer, plan = self._live.offer, self._live.plan
        if offer is None or plan is None:
            return 0
        places = plan.areas[self._area].places
        own = (seat for seat in self._hold.basket.seats if seat.performance_id == offer.performance_id)
        return sum(seat.seat_id in places for seat in own)
