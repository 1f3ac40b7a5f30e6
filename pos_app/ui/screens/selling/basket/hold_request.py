"""What a till asks of its hold: seats that were clicked, the best seats, places of an area."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pos_app.domain.errors import OtherCurrency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.basket_lines import BasketLine
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.background import Reply


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line as it stood in the basket, with the prices of its performance."""

    line: BasketLine
    offer: PerformanceOffer


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """One wish, and what was open at that moment: another performance may be by the answer.

    begin: asks the server, given the basket's key and whether late sales are allowed; it may be called again.
    placed_in: finds the basket in the answer, None when it is empty now. seats: those that are asked for, none where
    the server chooses. is_whole: what the answer does not name has left the basket.
    gives: seats of the basket that go back in the same step.
    lines: of seats that were in the basket before, as they were; the others are new lines.
    on_held, on_refused: told of the outcome; on_refused says whether it has dealt with the error.
    """

    offer: PerformanceOffer | None
    plan: SeatPlan | None
    begin: Callable[[str, bool], Reply[Any]]
    placed_in: Callable[[Any], PlacedHold | None]
    seats: tuple[SeatKey, ...] = ()
    key: str = ""
    is_whole: bool = False
    gives: tuple[SeatKey, ...] = ()
    lines: tuple[KnownLine, ...] = ()
    on_held: Callable[[Any], object] | None = None
    on_refused: Callable[[Exception], bool] | None = None

    @property
    def performance_ids(self) -> frozenset[int]:
        """The performances that are asked about."""
        if self.seats or self.offer is None:
            return frozenset(seat.performance_id for seat in self.seats)
        return frozenset({self.offer.performance_id})

    def why_not_beside(self, basket: Basket) -> OtherCurrency | None:
        """Return why this cannot be paid together with what is in the basket, as far as that is known here."""
        offer = self.offer
        if offer is None or offer.performance_id not in self.performance_ids:
            return None
        try:
            basket.require_currency(offer)
        except OtherCurrency as refusal:
            return refusal
        return None


@dataclass(slots=True)
class LateSales:
    """The performances of one basket that may be sold though they have begun: the cashier has said so, once."""

    _ids: set[int] = field(default_factory=set)

    @property
    def ids(self) -> tuple[int, ...]:
        """The performances, sorted."""
        return tuple(sorted(self._ids))

    def allow(self, performance_ids: Iterable[int]) -> None:
        """Sell these too."""
        self._ids.update(performance_ids)

    def allows_any(self, performance_ids: Iterable[int]) -> bool:
        """Tell whether one of these may be sold late."""
        return not self._ids.isdisjoint(performance_ids)


def add_first_line(basket: Basket, requests: Iterable[HoldRequest], seat: SeatKey) -> bool:
    """Put a held seat into the basket as the first of these requests that knows it would; False when none does."""
    return any(add_line(basket, request, seat) for request in requests)


def add_line(basket: Basket, request: HoldRequest, seat: SeatKey) -> bool:
    """Put a held seat into the basket; False when no price is set for it, or one in another currency."""
    if basket.holds(seat):
        return True
    if (known := next((one for one in request.lines if one.line.seat == seat), None)) is not None:
        basket.put_back(known.line, known.offer)
        return True
    offer, plan = request.offer, request.plan
    if offer is None or plan is None or offer.performance_id != seat.performance_id:
        return False
    category = plan.category_of(seat.seat_id)
    try:
        basket.add(
            offer,
            seat,
            plan.place_of(seat.seat_id),
            category.category_id,
            category.name,
            position=int(plan.position[index]) if (index := plan.index_of(seat.seat_id)) >= 0 else None,
        )
    except (ValueError, OtherCurrency):
        return False
    return True
