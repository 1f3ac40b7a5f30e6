"""Other seats for some of the basket, in one step on the server; who sits there goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.selling import swaps
from pos_app.ui.screens.selling.basket.hold_request import HoldRequest, KnownLine
from pos_app.ui.screens.selling.basket.undoing import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold


def swap_seats(
    office: Office,
    hold: BasketHold,
    evening: tuple[PerformanceOffer, SeatPlan],
    before: Collection[SeatKey],
    after: Collection[SeatKey],
    on_done: Callable[[Change], object],
) -> None:
    """Hold what is new in `after`, and give back what is no longer in it; all or nothing. on_done: told what it did."""
    offer, plan = evening
    new, old = sorted(set(after) - set(before)), sorted(set(before) - set(after))

    def begin(key: str, late: bool) -> Reply[PlacedHold]:  # noqa: FBT001 - as HoldRequest calls it
        return office.write(hold, swaps.swap_seats, key, new, old, after_start=late)

    def held(_placed: PlacedHold) -> None:
        basket = hold.basket
        given = tuple(
            KnownLine(line, basket.offers[line.seat.performance_id]) for line in basket.lines if line.seat in old
        )
        hold.move(old, new)
        on_done(Change(taken=tuple(new), given=given))

    hold.ask(HoldRequest(offer, plan, begin, lambda placed: placed, tuple(new), gives=tuple(old), on_held=held))
