"""Following the other tills: poll for changes once a second, compare a checksum every ten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.errors import ServerBusy, ServerUnreachable
from pos_app.domain.venues.plan_records import PlanOutdated
from pos_app.services.season.offers import load_offer
from pos_app.services.seats.map_data import SeatStates
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_checksum, load_repair, load_states
from pos_app.ui.seat_map.model.prepared import prepare_plan
from pos_app.ui.seat_map.newer_prices import NewerPrices
from pos_app.ui.seat_map.reload_turn import ReloadTurn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.seats import MapState
    from pos_app.services.seats.map_data import SeatClaim, SeatPlan
    from pos_app.ui.background import Background
    from pos_app.ui.seat_map.model.prepared import MapSight, PreparedPlan

POLL_MS: Final = 1000
POLLS_A_CHECK: Final = 10
_PLANS_KEPT: Final = 8
_FIRST_FRAMES_MS: Final = 60


class LiveMap(QObject):
    """The states of one performance, kept true while it is on screen.

    Signals:
        plan_loaded(SeatPlan, PerformanceOffer, PreparedPlan): a performance was opened.
        states_changed(SeatStates): all states, or those that changed.
        offer_changed(PerformanceOffer): the prices of the open performance are others now.
        answered(): the server answered.
        failed(Exception): it did not; polling goes on.
    """

    plan_loaded = Signal(object, object, object)
    states_changed = Signal(object)
    offer_changed = Signal(object)
    answered = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, sight: Callable[[], MapSight], parent: QObject | None = None) -> None:
        """sight: how the map would show a plan now."""
        super().__init__(parent)
        self._background = background
        self._sight = sight
        self._plans: dict[int, PreparedPlan] = {}
        self._offer: PerformanceOffer | None = None
        self._plan: SeatPlan | None = None
        self._hold_id: int | None = None
        self._states: NDArray[np.int8] = np.zeros(0, dtype=np.int8)
        self._claims: dict[int, SeatClaim] = {}
        self._area_free: dict[int, int] = {}
        self._crc: NDArray[np.uint32] = np.zeros(0, dtype=np.uint32)
        self._cursor = ""
        self._wanted: int | None = None
        self._opening = 0
        self._is_opening = False
        self._is_running = False
        self._generation = 0
        self._waiting = False
        self._hushed = 0
        self._is_stale = False
        self._polls = 0
        self._reload = ReloadTurn(self._load_states, self)
        self._prices = NewerPrices(background, self)
        self._prices.read.connect(self.take_offer)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def offer(self) -> PerformanceOffer | None:
        """The performance that is open."""
        return self._offer

    @property
    def plan(self) -> SeatPlan | None:
        """Its plan."""
        return self._plan

    @property
    def states(self) -> NDArray[np.int8]:
        """Return the states (MapState) of the plan's seats as they are now; yours to keep."""
        return self._states.copy()

    def holder_of(self, index: int) -> str:
        """Return who holds a seat elsewhere, "" where that is not known."""
        return self._claims[index].holder if index in self._claims else ""

    def claims_of(self, indexes: Sequence[int]) -> dict[int, SeatClaim]:
        """Return who holds these seats elsewhere, or why the house keeps them, where that is known."""
        return {index: self._claims[index] for index in indexes if index in self._claims}

    def free_in(self, area: int) -> int:
        """Return how many places of an area (its index) are left for anyone."""
        return self._area_free.get(area, 0)

    @property
    def is_open(self) -> bool:
        """Tell whether a performance is open, or being opened."""
        return self._wanted is not None

    def open(self, performance_id: int) -> None:
        """Open a performance: its offer, its plan (kept from the last time) and its states; tried until it answers."""
        self._wanted = performance_id
        self._opening += 1
        self._is_opening = True
        self._disbelieve()
        self._offer, self._plan, self._cursor = None, None, ""
        opening = self._opening
        self._background.read_latest(self, "offer", load_offer, performance_id).then(
            lambda offer: self._on_offer(offer, opening), lambda error: self._on_not_opened(error, opening)
        )

    def take_offer(self, offer: PerformanceOffer) -> None:
        """Go on with newer prices of the performance, if it is the open one."""
        if self._offer is not None and self._offer.performance_id == offer.performance_id:
            self._offer = offer
            self.offer_changed.emit(offer)

    def set_running(self, running: bool) -> None:  # noqa: FBT001 - a plain state
        """Poll while the screen is shown, and only then."""
        self._is_running = running
        if running and not self._timer.isActive():
            self._timer.start()
            self._on_tick()
        elif not running:
            self._timer.stop()

    def see_as(self, hold_id: int | None) -> None:
        """See the map as the basket of this hold; answers asked for before are not believed."""
        if hold_id != self._hold_id:
            self._hold_id = hold_id
            self.refresh()

    def hush(self) -> None:
        """Ask nothing while this till changes seats itself: an answer from in between would show the past."""
        self._hushed += 1
        self._is_stale = self._is_stale or self._waiting
        self._disbelieve()

    def resume(self) -> None:
        """The change is answered: follow again."""
        self._hushed -= 1
        if not self._hushed and self._is_stale:
            self.refresh()

    def refresh(self) -> None:
        """Read all states anew, as soon as this till changes nothing itself."""
        self._disbelieve()
        self._load_states()

    def tell(self, indexes: Sequence[int], state: MapState) -> None:
        """Show what this till has just learned by its own doing; older answers under way are not believed."""
        if self._offer is None or not indexes:
            return
        interrupted = self._waiting
        self._disbelieve()
        index = np.array(indexes, dtype=np.int32)
        told = np.full(len(index), int(state), np.int8)
        self._states[index] = told
        self.states_changed.emit(SeatStates(self._offer.performance_id, index, told, {}, self._cursor))
        if interrupted:
            self._load_states()

    def _disbelieve(self) -> None:
        """Let answers that are still under way be of the past."""
        self._generation += 1
        self._waiting = False
        self._reload.stop()

    def _load_plan(self, offer: PerformanceOffer, opening: int) -> None:
        kept = self._plans.get(offer.plan_id)
        if kept is not None and kept.plan.revision == offer.plan_revision:
            self._on_plan(kept, opening)
            return
        self._background.read_latest(self, "plan", load_plan, offer.plan_id).then(
            lambda plan: self._prepare(plan, opening), lambda error: self._on_not_opened(error, opening)
        )

    def _prepare(self, plan: SeatPlan, opening: int) -> None:
        if opening == self._opening:
            self._background.compute(self, prepare_plan, plan, self._sight()).then(
                lambda prepared: self._on_plan(prepared, opening), lambda error: self._on_not_opened(error, opening)
            )

    def _load_first_states(self) -> None:
        """Do not wait for the next poll; but the screen may be left by now, or a poll was faster."""
        if self._is_running and not self._cursor and not self._waiting:
            self._load_states()

    def _load_states(self) -> None:
        self._is_stale = bool(self._hushed)
        if not self._hushed:
            self._ask(load_states)

    def _ask(self, question: Callable[..., SeatStates], *since: object) -> None:
        if self._offer is None or self._plan is None:
            return
        generation, self._waiting = self._generation, True
        ask = self._background.poll if self._cursor else self._background.read_latest  # a person waits for the first
        ask(self, "states", question, self._offer.performance_id, self._plan, self._hold_id, *since).then(
            lambda states: self._on_states(states, generation), lambda error: self._on_error(error, generation)
        )

    def _compare(self) -> None:
        if self._offer is None:
            return
        generation = self._generation
        self._background.poll(self, "checksum", load_checksum, self._offer.performance_id).then(
            lambda theirs: self._on_checksum(theirs, generation), lambda error: self._on_error(error, generation)
        )

    def _on_tick(self) -> None:
        if self._plan is None and self._wanted is not None and not self._is_opening:
            self.open(self._wanted)
        if self._waiting or self._hushed or self._plan is None or self._reload.isActive():
            return
        self._polls += 1
        if not self._cursor:
            self._load_states()
        else:
            if not self._polls % POLLS_A_CHECK:
                self._compare()
            self._ask(load_changes, self._cursor)

    def _on_offer(self, offer: PerformanceOffer, opening: int) -> None:
        if opening == self._opening:
            self._offer = offer
            self._load_plan(offer, opening)

    def _on_plan(self, prepared: PreparedPlan, opening: int) -> None:
        if opening != self._opening or self._offer is None:
            return
        plan = prepared.plan
        self._plans[plan.plan_id] = prepared
        while len(self._plans) > _PLANS_KEPT:
            self._plans.pop(next(iter(self._plans)))
        self._is_opening = False
        self._plan = plan
        self._states = np.zeros(len(plan.seat_id), dtype=np.int8)
        self.plan_loaded.emit(plan, self._offer, prepared)
        # A worker that unpacks 60,000 states would hold up the first pictures of the plan.
        QTimer.singleShot(_FIRST_FRAMES_MS, self, self._load_first_states)

    def _on_not_opened(self, error: Exception, opening: int) -> None:
        if opening == self._opening:
            self._is_opening = False
            if not isinstance(error, ServerUnreachable | ServerBusy):
                self._wanted = None
        self.failed.emit(error)

    def _on_states(self, states: SeatStates, generation: int) -> None:
        self.answered.emit()
        if generation != self._generation:
            return
        self._waiting = False
        self._cursor = states.cursor
        if states.index is None:
            self._states, self._claims, self._area_free = states.state.copy(), {}, {}
            self._crc = self._crc if states.crc is None else states.crc.copy()
        else:
            self._states[states.index] = states.state
            if states.crc is not None:
                self._crc[states.index] = states.crc
        self._claims.update(states.claims)
        self._area_free.update(states.area_free)
        self._prices.compare(self._offer, states.price_stamp)
        if not states.is_empty:
            self.states_changed.emit(states)
        self._reload.take(flooded=states.flooded)

    def _on_checksum(self, theirs: int | None, generation: int) -> None:
        """Mend the map where the server counts otherwise; an engine without a checksum is read anew each time."""
        if generation != self._generation or self._reload.isActive():
            return
        ours = int(np.bitwise_xor.reduce(self._crc)) if len(self._crc) else 0
        if theirs is None or theirs != ours:
            self._ask(load_repair, self._cursor, self._crc.copy())

    def _on_error(self, error: Exception, generation: int) -> None:
        if generation == self._generation:
            self._waiting = False
            if isinstance(error, PlanOutdated) and self._wanted is not None:
                self._plans.clear()
                self.open(self._wanted)
                return
        self.failed.emit(error)
