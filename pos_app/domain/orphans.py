"""Single seats that a hand-picked basket would leave over, and the nearest way to sit that leaves none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.picking.house import ORDINARY

if TYPE_CHECKING:
    from collections.abc import Collection

    from pos_app.domain.picking.house import PickingHouse


def orphans_left(house: PickingHouse, chosen: Collection[int]) -> tuple[int, ...]:
    """Return the seats that would each stay behind alone if `chosen` were taken, and that were not alone before.

    A seat is alone when it is free and has no free ordinary seat beside it; wheelchair places and those of
    companions are never alone. The chosen seats count as free before, whatever the house says of them.
    """
    slots = {house.slot_of(i) for i in map(house.index_of, chosen) if i >= 0}
    ours = {slot for slot in slots if house.code(house.at[slot]) == ORDINARY}
    flags = house.flags

    def stays_free(slot: int) -> bool:
        return flags[slot] == ORDINARY and slot not in slots

    beside = sorted({slot + step for slot in ours for step in (-1, 1)})
    return tuple(
        house.places.seat[house.at[slot]]
        for slot in beside
        if stays_free(slot) and not stays_free(slot - 1) and not stays_free(slot + 1)
    )
