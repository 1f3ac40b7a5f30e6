"""Best seats at a key: asked of the server, held at once, shown on the map; and what to do when there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import InvalidInput
from pos_app.domain.picking.proposals import NoSeatsTogether, Wish
from pos_app.domain.seats import SeatKey
from pos_app.services.selling.best_seats import EarlierTry, hold_best_seats
from pos_app.services.selling.proposal_words import describe
from pos_app.ui.screens.selling.basket.hold_request import HoldRequest
from pos_app.ui.screens.selling.basket.swapping import swap_seats
from pos_app.ui.screens.selling.map.zone_strip import WHOLE_HOUSE
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.picking.proposals import Proposal
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.services.selling.best_seats import HeldBest
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.seat_map.live_map import LiveMap


class BestSeats(QObject):
    """Holds the best seats for the basket, in the zone that is chosen now. may_choose: asked before.

    Signals:
        said(Message): something for the person.
        acted(): the hand went on, what was said before is out of date.
        proposed(list): these seats (SeatKey) were chosen by the rule.
        found(list): their indexes in the open plan.
    """

    said = Signal(object)
    acted = Signal()
    proposed = Signal(list)
    found = Signal(list)

    def __init__(
        self,
        office: Office,
        hold: BasketHold,
        live: LiveMap,
        zone: Callable[[], int],
        may_choose: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """zone: its index, or WHOLE_HOUSE."""
        super().__init__(parent)
        self._office = office
        self._hold = hold
        self._live = live
        self._zone = zone
        self._may_choose = may_choose

    def ask(self, count: int, category_id: int, wheelchair: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Hold the best seats of the open performance (see BestBar.asked)."""
        self.acted.emit()
        if not self._may_choose():
            return
        offer, plan = self._live.offer, self._live.plan
        if offer is None or plan is None:
            return
        category = next((at for at, one in enumerate(plan.categories) if one.category_id == category_id), None)
        zone = self._zone()
        try:
            wish = Wish(
                count,
                category=category,
                zone=None if zone == WHOLE_HOUSE else zone,
                wheelchairs=int(wheelchair),
                companions=count - 1 if wheelchair else 0,
            )
        except InvalidInput as error:
            self.said.emit(message_for(error))
            return
        self._ask(offer, plan, wish)

    def _ask(self, offer: PerformanceOffer, plan: SeatPlan, wish: Wish) -> None:
        earlier = EarlierTry()

        def begin(key: str, late: bool) -> Reply[HeldBest]:  # noqa: FBT001 - as HoldRequest calls it
            return self._office.write(
                self,
                hold_best_seats,
                key,
                offer.performance_id,
                wish,
                after_start=late,
                plan=plan,
                earlier=earlier,
            )

        def refused(error: Exception) -> bool:
            if isinstance(error, NoSeatsTogether):
                self._offer_instead(error, offer, plan, wish)
                return True
            return False

        self._hold.ask(
            HoldRequest(
                offer,
                plan,
                begin,
                lambda held: held.placed,
                on_held=lambda held: self._on_held(held, offer, plan, wish),
                on_refused=refused,
            )
        )

    def _on_held(self, held: HeldBest, offer: PerformanceOffer, plan: SeatPlan, wish: Wish) -> None:
        self._show(_keys(offer, held.proposal), plan)
        if held.proposal.split:
            self._tell_split(held, offer, plan, wish)

    def _show(self, seats: list[SeatKey], plan: SeatPlan) -> None:
        self.proposed.emit(seats)
        if self._live.plan is plan:
            self.found.emit([plan.index_of(seat.seat_id) for seat in seats])

    def _tell_split(self, held: HeldBest, offer: PerformanceOffer, plan: SeatPlan, wish: Wish) -> None:
        words = self.tr("Not all together: {0}.").format(spoken(describe(plan, held.proposal)))
        if not held.alternatives:
            self.said.emit(Message(words, self.tr("No other place has them all together."), Level.WARNING))
            return
        other = held.alternatives[0]
        before, seats = _keys(offer, held.proposal), _keys(offer, other)

        def swap() -> None:
            swap_seats(self._office, self._hold, (offer, plan), before, seats, lambda: self._show(seats, plan))

        action = self.tr("Take {0}").format(spoken(describe(plan, other, wish)))
        self.said.emit(Message(words, "", Level.WARNING, action, swap))

    def _offer_instead(self, error: NoSeatsTogether, offer: PerformanceOffer, plan: SeatPlan, wish: Wish) -> None:
        if not error.alternatives:
            self.said.emit(message_for(error))
            return
        nearest = error.alternatives[0]
        action = self.tr("Take {0}").format(spoken(describe(plan, nearest, wish)))
        self.said.emit(
            Message(
                spoken(error.message), spoken(error.advice), Level.WARNING, action, lambda: self._take(offer, nearest)
            )
        )

    def _take(self, offer: PerformanceOffer, proposal: Proposal) -> None:
        if self._live.offer is None or self._live.offer.performance_id != offer.performance_id:
            return
        seats = _keys(offer, proposal)
        self.proposed.emit(seats)
        self._hold.take(seats)


def _keys(offer: PerformanceOffer, proposal: Proposal) -> list[SeatKey]:
    return [SeatKey(offer.performance_id, seat) for seat in proposal.seats]
