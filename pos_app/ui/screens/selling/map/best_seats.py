"""Best seats at a key: asked of the server, held at once, shown on the map; and what to do when there are none.

The key once more takes the next best in place of those that it took last; with Shift it takes others beside them.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import InvalidInput, OutcomeUnknown
from pos_app.domain.picking.proposals import NoSeatsTogether, Wish
from pos_app.domain.seats import SeatKey
from pos_app.services.selling.best_seats import EarlierTry, hold_best_seats
from pos_app.services.selling.proposal_words import describe
from pos_app.ui.screens.selling.basket.hold_request import HoldRequest
from pos_app.ui.screens.selling.basket.swapping import swap_seats
from pos_app.ui.screens.selling.basket.undoing import Change
from pos_app.ui.screens.selling.map.best_words import BestWords
from pos_app.ui.screens.selling.map.last_proposal import LastProposal, charge_borrowed, seat_guests
from pos_app.ui.screens.selling.map.zone_menu import WHOLE_HOUSE
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.picking.proposals import Proposal
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.services.selling.best_seats import HeldBest
    from pos_app.ui.background import Reply
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.undoing import Undoing
    from pos_app.ui.screens.selling.map.panel import MapPanel
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
        undoing: Undoing,
        zone: Callable[[], int],
        may_choose: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """zone: its index, or WHOLE_HOUSE."""
        super().__init__(parent)
        self._office = office
        self._hold = hold
        self._live = live
        self._undoing = undoing
        self._zone = zone
        self._may_choose = may_choose
        self._words = BestWords(self)
        self._last: dict[int, LastProposal] = {}
        """By the performance: one that was left is gone back to."""
        self._unheard: LastProposal | None = None
        """What may be held though its answer was lost."""
        self._is_asking = False
        self._next: deque[Callable[[], None]] = deque()

    def hearings(self, board: MapPanel) -> list[Hearing]:
        """Return what leads to the best seats, and what shows them."""
        return [
            (self.ask, board.best.asked),
            (self.add, board.best.asked_beside),
            (self.follow_basket, self._hold.basket_changed),
            (self.settle, self._hold.settled),
            (board.bring_into_sight, self.found),
        ]

    def ask(self, count: int, category_id: int, wheelchair: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Hold the best seats of the open performance (see BestBar.asked), or the next best in place of the last."""
        self._ask_for(count, category_id, wheelchair=wheelchair, beside=False)

    def add(self, count: int, category_id: int, wheelchair: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Hold the best seats beside all that the basket holds."""
        self._ask_for(count, category_id, wheelchair=wheelchair, beside=True)

    def follow_basket(self) -> None:
        """Some of the last proposal may have been given back: what is chosen by hand then is no longer replaced."""
        basket, unheard = self._hold.basket, self._unheard
        if unheard is not None and all(map(basket.holds, unheard.seats)):
            self._last[unheard.performance_id], self._unheard = unheard, None
        kept = {performance: last.still_in(basket) for performance, last in self._last.items()}
        self._last = {performance: last for performance, last in kept.items() if last is not None}

    def settle(self) -> None:
        """Nothing is under way any more: a key that waited for an answer that will not come waits no longer."""
        if not self._hold.is_waiting:
            self._stop_asking()

    def _stop_asking(self) -> None:
        self._is_asking = False
        self._next.clear()

    def _ask_for(self, count: int, category_id: int, *, wheelchair: bool, beside: bool) -> None:
        # First: what putting the last sale away says, stays.
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
        if self._is_asking:
            # Pressed twice: the second goes by what the first has found.
            self._next.append(lambda: self._ask(offer, plan, wish, beside=beside))
        else:
            self._ask(offer, plan, wish, beside=beside)

    def _ask(self, offer: PerformanceOffer, plan: SeatPlan, wish: Wish, *, beside: bool) -> None:
        self._is_asking = True
        self._unheard = None
        last = None if beside else self._last.get(offer.performance_id)
        seats = () if last is None else last.seats
        wanted = wish if last is None else replace(wish, without=last.turned_down(wish))
        earlier = EarlierTry()

        def begin(key: str, late: bool) -> Reply[HeldBest]:  # noqa: FBT001 - as HoldRequest calls it
            return self._office.write(
                self,
                hold_best_seats,
                key,
                offer.performance_id,
                wanted,
                after_start=late,
                plan=plan,
                earlier=earlier,
                instead=[seat.seat_id for seat in seats],
            )

        def held(answer: HeldBest) -> None:
            self._on_held(answer, offer, plan, wish, last)
            self._go_on()

        def refused(error: Exception) -> bool:
            if isinstance(error, NoSeatsTogether):
                self._offer_instead(error, offer, plan, wish, seats)
            elif isinstance(error, OutcomeUnknown) and earlier.held is not None:
                seen = frozenset(earlier.held.proposal.seats)
                self._unheard = LastProposal(
                    offer.performance_id, wish, tuple(_keys(offer, earlier.held.proposal)), wanted.without | seen
                )
            if not isinstance(error, NoSeatsTogether):
                # Told to have failed: what was pressed meanwhile is not done after that.
                self._next.clear()
            self._go_on()
            return isinstance(error, NoSeatsTogether)

        self._hold.ask(
            HoldRequest(offer, plan, begin, lambda held: held.placed, gives=seats, on_held=held, on_refused=refused)
        )

    def _go_on(self) -> None:
        self._is_asking = False
        if self._next:
            self._next.popleft()()

    def _on_held(
        self, held: HeldBest, offer: PerformanceOffer, plan: SeatPlan, wish: Wish, last: LastProposal | None
    ) -> None:
        given = self._undoing.lines_of(held.given)
        if given or held.proposal.borrowed:
            self._hold.change(lambda basket: seat_guests(basket, [one.line for one in given], held))
            self._hold.drop(held.given)
        seats = tuple(_keys(offer, held.proposal))
        seen = frozenset(held.proposal.seats)
        if last is not None and not held.again:
            seen |= last.turned_down(wish)
        before = self._last.get(offer.performance_id) if last is None else replace(last, seen=last.seen | seen)
        self._last[offer.performance_id] = LastProposal(offer.performance_id, wish, seats, seen)
        self._show(seats, plan)
        change = Change(held.placed.taken, given, on_undone=lambda: self._begin_again_from(before))
        message = self._message(held, offer, plan, wish, last)
        if not all(map(self._hold.basket.holds, change.taken)):
            # It is said already that a seat has no price.
            self._undoing.remember(change)
        elif change.taken or change.given:
            self._undoing.tell(message, change)
        else:
            self.said.emit(message)

    def _begin_again_from(self, before: LastProposal | None) -> None:
        """The last proposal was taken back: the one before stands in its place, and neither is offered next."""
        kept = None if before is None else before.still_in(self._hold.basket)
        if kept is not None:
            self._last[kept.performance_id] = kept

    def _show(self, seats: Sequence[SeatKey], plan: SeatPlan) -> None:
        self.proposed.emit(list(seats))
        if self._live.plan is plan:
            self.found.emit([plan.index_of(seat.seat_id) for seat in seats])

    def _message(
        self, held: HeldBest, offer: PerformanceOffer, plan: SeatPlan, wish: Wish, last: LastProposal | None
    ) -> Message:
        message = self._words.held(held, plan, instead=last is not None)
        if not held.alternatives:
            return message
        other, seats = held.alternatives[0], _keys(offer, held.proposal)
        action = self.tr("Take {0}").format(spoken(describe(plan, other, wish)))
        return replace(
            message, action=action, on_action=lambda: self._take(offer, plan, other, wish, seats), level=Level.WARNING
        )

    def _offer_instead(
        self, error: NoSeatsTogether, offer: PerformanceOffer, plan: SeatPlan, wish: Wish, old: Sequence[SeatKey]
    ) -> None:
        if not error.alternatives:
            self.said.emit(message_for(error))
            return
        nearest = error.alternatives[0]
        action = self.tr("Take {0}").format(spoken(describe(plan, nearest, wish)))
        words = Message(spoken(error.message), spoken(error.advice), Level.WARNING, action)
        self.said.emit(replace(words, on_action=lambda: self._take(offer, plan, nearest, wish, old)))

    def _take(
        self, offer: PerformanceOffer, plan: SeatPlan, proposal: Proposal, wish: Wish, old: Sequence[SeatKey]
    ) -> None:
        """Hold what was offered, in place of those seats of a proposal that are in the basket still."""
        if self._live.offer is None or self._live.offer.performance_id != offer.performance_id:
            return
        if not self._may_choose():
            return
        seats = _keys(offer, proposal)
        given = [seat for seat in old if self._hold.basket.holds(seat)]

        def done(change: Change) -> None:
            self._hold.change(lambda basket: charge_borrowed(basket, seats, proposal))
            taken = LastProposal(offer.performance_id, wish, tuple(seats), frozenset(proposal.seats))
            self._last[offer.performance_id] = taken
            self._show(seats, plan)
            self._undoing.tell(self._words.taken(proposal, plan), change)

        if given:
            swap_seats(self._office, self._hold, (offer, plan), given, seats, done)
        else:
            self._hold.take(seats, on_held=lambda placed: done(Change(taken=placed.taken)))


def _keys(offer: PerformanceOffer, proposal: Proposal) -> list[SeatKey]:
    return [SeatKey(offer.performance_id, seat) for seat in proposal.seats]
