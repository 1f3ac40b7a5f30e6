"""Best seats: the rule that proposes places for a party, and what else it can offer when there are none.

best_seats(house, Wish(7, category=1))  ->  Proposal, or NoProposal with its reason and alternatives
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, Final

from pos_app.domain.picking.blocks import best_block
from pos_app.domain.picking.house import COMPANION, ORDINARY, RESERVED_COST, WHEELCHAIR
from pos_app.domain.picking.proposals import NoProposal, Part, Proposal, Reason, Wish
from pos_app.domain.picking.splits import Splits
from pos_app.domain.picking.wheelchairs import blocks_of, wheelchair_party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pos_app.domain.picking.house import PickingHouse

MOST_ALTERNATIVES: Final = 3


def best_seats(house: PickingHouse, wish: Wish) -> Proposal | NoProposal:
    """Return the best free places for a wish: side by side in one row, else split over neighbouring rows of a zone.

    In this order: fewest single seats left over beside the block, fewest restricted views, the best sight of the stage
    (its distance, and how far to the side one sits), nearest to its axis; then the lowest row and position. The same
    question about the same house has the same answer.
    """
    found = _find(house, wish)
    if found is not None:
        return found
    reason, free = _reason(house, wish)
    return NoProposal(wish, reason, free, alternatives(house, wish))


def alternatives(house: PickingHouse, wish: Wish) -> tuple[Proposal, ...]:
    """Return the nearest that can be had when a wish cannot be met.

    Split in the same category and zone, if the wish would not be; together elsewhere; and only when there is none of
    these: split anywhere, on places that are kept for wheelchairs and companions, scattered, or fewer.
    """
    split = None if wish.may_split else _find(house, replace(wish, may_split=True))
    found = ((split,) if split else ()) + together_elsewhere(house, wish)
    if found:
        return found[:MOST_ALTERNATIVES]
    last = _find(house, replace(wish, category=None, zone=None, may_split=True))
    offers = (last,) if last else (_on_kept_places(house, wish), _scattered(house, wish))
    return tuple(dict.fromkeys(filter(None, offers)))


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
    eligible = _eligible(house, wish)
    if wish.wheelchairs:
        party = wheelchair_party(house, wish, eligible)
        return None if party is None else propose(house, party.slots, party.borrowed)
    slots = _seat(house, wish, eligible, house.running)
    return None if slots is None else propose(house, slots)


def _seat(house: PickingHouse, wish: Wish, eligible: bytearray, running: Sequence[int]) -> list[int] | None:
    """Return the slots of the best seats of a party without wheelchairs."""
    first = best_block(house, wish.count, eligible, running=running, avoid_orphans=wish.avoid_orphans)
    if first is not None:
        return list(range(first, first + wish.count))
    if not wish.may_split or eligible.count(ORDINARY) < wish.count:
        return None
    blocks = Splits(house, wish.count, eligible, running, avoid_orphans=wish.avoid_orphans).best()
    return None if blocks is None else [slot for first, size in blocks for slot in range(first, first + size)]


def _eligible(house: PickingHouse, wish: Wish) -> bytearray:
    return house.eligible(wish.category, wish.zone, wish.without)


def _on_kept_places(house: PickingHouse, wish: Wish) -> Proposal | None:
    """Return where a party could sit if places for companions were given away, or else those for wheelchairs too.

    Together where they can, and then on as few of them as can be. None where there is no room even then, where enough
    other seats are free, or where wheelchairs come along.
    """
    everything = house.eligible(None, None, wish.without)
    if wish.wheelchairs or everything.count(ORDINARY) >= wish.count:
        return None
    anywhere = replace(wish, category=None, zone=None, may_split=True)
    for kept in ((COMPANION,), (COMPANION, WHEELCHAIR)):
        given = everything.translate(bytes(ORDINARY if code in kept else code for code in range(256)))
        dear = (RESERVED_COST * (code in kept) for code in everything)
        running = list(map(add, house.running, accumulate(dear, initial=0)))
        slots = _seat(house, anywhere, given, running)
        if slots is not None:
            return propose(house, slots, [slot for slot in slots if everything[slot] in kept])
    return None


def propose(house: PickingHouse, slots: list[int], borrowed: Sequence[int] = ()) -> Proposal:
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
        borrowed=tuple(places.seat[at[slot]] for slot in borrowed),
    )


def _reason(house: PickingHouse, wish: Wish) -> tuple[Reason, int]:
    eligible = _eligible(house, wish)
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
    wider = (_eligible(house, wish), house.eligible(None, None, wish.without))
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
