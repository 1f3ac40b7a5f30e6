"""Other seats for some of the basket, in one step on the server; who sits there goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.selling import swaps
from pos_app.ui.screens.selling.basket.hold_request import HoldRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtCore import QObject

    from pos_app.domain.roles import Actor
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.background import Background, Reply
    from pos_app.ui.screens.selling.basket.hold import HoldDesk


def swap_seats(
    owner: QObject,
    background: Background,
    desk: HoldDesk,
    actor: Actor,
    evening: tuple[PerformanceOffer, SeatPlan],
    before: Collection[SeatKey],
    after: Collection[SeatKey],
    on_done: Callable[[], object],
) -> None:
    """Hold what is new in `after`, and give back what is no longer in it; all or nothing."""
    offer, plan = evening
    new, old = sorted(set(after) - set(before)), sorted(set(before) - set(after))

    def begin(key: str, late: bool) -> Reply[PlacedHold]:  # noqa: FBT001 - as HoldRequest calls it
        return background.write(owner, swaps.swap_seats, actor, key, new, old, after_start=late)

    def held(_placed: PlacedHold) -> None:
        basket = desk.basket
        types = {line.seat: line.ticket_type.ticket_type_id for line in basket.lines}
        for one, other in zip(old, new, strict=False):
            if one in types:
                basket.change_type(other, types[one])
        desk.drop(old)
        on_done()

    desk.ask(HoldRequest(offer, plan, begin, lambda placed: placed, tuple(new), on_held=held))
