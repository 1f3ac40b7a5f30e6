"""Places of general admission: asked for by number beside the area, held for the basket, counted on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.services.selling.area_holds import MOST_PLACES, set_places
from pos_app.ui.screens.selling.basket.hold_request import HoldRequest
from pos_app.ui.widgets.area_stepper import AreaStepper

if TYPE_CHECKING:
    from pos_app.domain.roles import Actor
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.background import Background, Reply
    from pos_app.ui.screens.selling.basket.hold import HoldDesk
    from pos_app.ui.screens.selling.map.choosing import Choosing
    from pos_app.ui.seat_map import SeatMap
    from pos_app.ui.seat_map.live_map import LiveMap


class AreaDesk(QObject):
    """Opens the stepper at an area, and holds as many places as it says.

    Signals: acted(): the hand went on, what was said before is out of date.
    """

    acted = Signal()

    def __init__(
        self,
        background: Background,
        desk: HoldDesk,
        live: LiveMap,
        actor: Actor,
        seats: SeatMap,
        choosing: Choosing,
    ) -> None:
        super().__init__(choosing)
        self._background = background
        self._desk = desk
        self._live = live
        self._actor = actor
        self._map = seats
        self._choosing = choosing
        self._area = -1
        self.stepper = AreaStepper(seats)
        self.stepper.chosen.connect(self._on_chosen)
        self.stepper.closed.connect(seats.setFocus)
        seats.area_activated.connect(self._on_area)
        live.states_changed.connect(self._on_states)
        live.plan_loaded.connect(self.stepper.hide)

    def _on_area(self, area: int) -> None:
        plan = self._live.plan
        if plan is None or not self._choosing.may_choose():
            return
        self.acted.emit()
        self._area = area
        self.stepper.ask(plan.areas[area].name, free=self._live.free_in(area), mine=self._mine(), most=MOST_PLACES)
        self.stepper.open_at(self._map.area_spot(area))

    def _on_states(self) -> None:
        if self.stepper.isVisible():
            self.stepper.set_counts(free=self._live.free_in(self._area), mine=self._mine())

    def _on_chosen(self, total: int) -> None:
        self._map.setFocus()
        offer, plan = self._live.offer, self._live.plan
        if offer is not None and plan is not None and self._choosing.may_choose():
            self._ask(offer, plan, plan.areas[self._area].area_id, total)

    def _ask(self, offer: PerformanceOffer, plan: SeatPlan, area_id: int, total: int) -> None:
        def begin(key: str, late: bool) -> Reply[PlacedHold | None]:  # noqa: FBT001 - as HoldRequest calls it
            return self._background.write(
                self, set_places, self._actor, key, offer.performance_id, area_id, total, after_start=late
            )

        self._desk.ask(HoldRequest(offer, plan, begin, lambda placed: placed, is_whole=True))

    def _mine(self) -> int:
        """Count the places of the area that are in the basket."""
        offer, plan = self._live.offer, self._live.plan
        if offer is None or plan is None:
            return 0
        places = plan.areas[self._area].places
        own = (seat for seat in self._desk.basket.seats if seat.performance_id == offer.performance_id)
        return sum(seat.seat_id in places for seat in own)
