"""Best seats: the rule that proposes places for a party, and what else it can offer when there are none.

best_seats(house, Wish(7, category=1))  ->  Proposal, or NoProposal with its reason and alternatives
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.picking.blocks import best_block
from pos_app.domain.picking.house import COMPANION, ORDINARY, WHEELCHAIR
from pos_app.domain.picking.proposals import NoProposal, Part, Proposal, Reason, Wish
from pos_app.domain.picking.splits import Splits
from pos_app.domain.picking.wheelchairs import blocks_of, wheelchair_party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pos_app.domain.picking.house import PickingHouse

MOST_ALTERNATIVES: Final = 3


def best_seats(house: PickingHouse, wish: Wish) -> Proposal | NoProposal:
    """Return the best free places for a wish: side by side in one row, else split over neighbouring rows of a zone.

    In this order: fewest single seats left over beside the block, fewest restricted views, least mean distance to
    the focal point, nearest to the middle; then the lowest row and position. The same question about the same
    house has the same answer.
    """
    found = _find(house, wish)
    if found is not None:
        return found
    reason, free = _reason(house, wish)
    return NoProposal(wish, reason, free, alternatives(house, wish))


def alternatives(house: PickingHouse, wish: Wish) -> tuple[Proposal, ...]:
    """Return the nearest that can be had when a wish cannot be met.

    Split in the same category and zone, if the wish would not be; together elsewhere; and only when there is none of
    these: split anywhere, scattered, or fewer.
    """
    split = None if wish.may_split else _find(house, replace(wish, may_split=True))
    found = ((split,) if split else ()) + together_elsewhere(house, wish)
    if found:
        return found[:MOST_ALTERNATIVES]
    last = _find(house, replace(wish, category=None, zone=None, may_split=True)) or _scattered(house, wish)
    return (last,) if last else ()


def together_elsewhere(house: PickingHouse, wish: Wish) -> tuple[Proposal, ...]:
    """Return where the whole party could sit in one block: in another zone; in another category, the next one first."""
    found: list[Proposal] = []
    together = replace(wish, may_split=False)
    for some in _departures(house, together):
        proposal = next(filter(None, (_find(house, other) for other in some)), None)
        if proposal is not None and proposal not in found:
            found.append(proposal)
    return tuple(found)


def _departures(house: PickingHouse, wish: Wish) -> Iterator[Iterable[Wish]]:
    """Yield groups of wishes that depart from one in the same way; the first of a group that can be met will do."""
    if wish.zone is not None:
        yield [replace(wish, zone=None)]
    if wish.category is not None:
        asked = wish.category
        others = sorted(set(house.places.category) - {asked}, key=lambda other: (abs(other - asked), -other))
        for zone in dict.fromkeys((wish.zone, None)):
            yield (replace(wish, zone=zone, category=other) for other in [*others, None])


def _find(house: PickingHouse, wish: Wish) -> Proposal | None:
    eligible = house.eligible(wish.category, wish.zone)
    if wish.wheelchairs:
        slots = wheelchair_party(house, wish, eligible)
        if slots is None or (not wish.may_split and len(blocks_of(house, slots)) > 1):
            return None
        return propose(house, slots)
    first = best_block(house, wish.count, eligible, running=house.running, avoid_orphans=wish.avoid_orphans)
    if first is not None:
        return propose(house, list(range(first, first + wish.count)))
    if not wish.may_split or eligible.count(ORDINARY) < wish.count:
        return None
    blocks = Splits(house, wish.count, eligible, house.running, avoid_orphans=wish.avoid_orphans).best()
    if blocks is None:
        return None
    return propose(house, [slot for first, size in blocks for slot in range(first, first + size)])


def propose(house: PickingHouse, slots: list[int]) -> Proposal:
    """Put slots into words: the seats, their blocks and what is to be said about them."""
    places, at = house.places, house.at
    parts = tuple(
        Part(places.row[at[block[0]]], places.zone[at[block[0]]], tuple(places.seat[at[slot]] for slot in block))
        for block in blocks_of(house, slots)
    )
    seats = tuple(seat for part in parts for seat in part.seats)
    categories = {places.category[at[slot]] for slot in slots}
    return Proposal(
        seats=seats,
        parts=parts,
        category=categories.pop() if len(categories) == 1 else None,
        split=len(parts) > 1,
    )


def _reason(house: PickingHouse, wish: Wish) -> tuple[Reason, int]:
    eligible = house.eligible(wish.category, wish.zone)
    ordinary, chairs, companions = (eligible.count(code) for code in (ORDINARY, WHEELCHAIR, COMPANION))
    if wish.wheelchairs > chairs:
        return Reason.NO_WHEELCHAIR_PLACE, chairs
    if wish.wheelchairs:
        if wish.companions and wish.count > chairs + companions + ordinary - (chairs - wish.wheelchairs):
            return Reason.NO_COMPANION_PLACE, companions
        return (Reason.TOO_SCATTERED if wish.may_split else Reason.NOT_TOGETHER), ordinary + chairs + companions
    if ordinary < wish.count:
        return Reason.NOT_ENOUGH, ordinary
    return (Reason.TOO_SCATTERED if wish.may_split else Reason.NOT_TOGETHER), ordinary


def _scattered(house: PickingHouse, wish: Wish) -> Proposal | None:
    """Return free seats for as many of a party as there are any for: in rows across taken ones, or anywhere."""
    if wish.wheelchairs:
        return None
    wider = (house.eligible(wish.category, wish.zone), house.eligible(None, None))
    eligible = max(wider, key=lambda flags: min(flags.count(ORDINARY), wish.count))
    across = Splits(
        house, wish.count, eligible, house.running, avoid_orphans=wish.avoid_orphans, across_taken=True
    ).best()
    if across is not None:
        return propose(house, [slot for first, size in across for slot in range(first, first + size)])
    slots: list[int] = []
    for size in range(wish.count, 0, -1):
        while len(slots) + size <= wish.count:
            first = best_block(house, size, eligible, running=house.running, avoid_orphans=False)
            if first is None:
                break
            slots += range(first, first + size)
            eligible = bytearray(eligible)
            eligible[first : first + size] = bytes(size)
    return propose(house, slots) if slots else None
