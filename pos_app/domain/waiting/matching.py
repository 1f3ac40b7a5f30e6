"""Who is offered what: parties in the order of their turn, each the first places that fit it, as long as there are any.

Side by side are seats of one row whose positions follow each other, as where best seats are chosen (domain/picking);
of an area any places will do, for nobody sees them. A party is served whole or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from pos_app.domain.seats import SeatKind
from pos_app.domain.waiting.passing import PassedOver, PassOver

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_KEPT_FOR_SOME: Final = frozenset({SeatKind.WHEELCHAIR, SeatKind.COMPANION})
"""No chair stands there, or it belongs to who sits beside: offered to nobody who did not ask for its category."""
_ALONE: Final = 1


class FreePlace(NamedTuple):
    """A free place. row: None in an area; area: None in a row. position: within the row, where a gap is an aisle."""

    seat_id: int
    category: int
    zone: int
    row: int | None
    position: int
    area: int | None = None
    kind: str = SeatKind.SEAT


@dataclass(frozen=True, slots=True)
class FreePlaces:
    """What is free of one performance, in any order."""

    places: tuple[FreePlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Who waits. categories, zones: ids that will do, empty: any. together: side by side, or in one area."""

    entry_id: int
    seats: int
    categories: frozenset[int] = frozenset()
    zones: frozenset[int] = frozenset()
    together: bool = True


@dataclass(frozen=True, slots=True)
class Matched:
    """What comes of a pass. offers: sorted seats by entry, in the order of turn. left_over: seats that fit nobody.

    passed_over: by entry, of those for whom something was free when their turn came, and who were given nothing.
    """

    offers: tuple[tuple[int, tuple[int, ...]], ...] = ()
    left_over: tuple[int, ...] = ()
    passed_over: Mapping[int, PassedOver] = field(default_factory=dict)


class _Wants(NamedTuple):
    """What a party looks for; two that look for the same are answered alike."""

    seats: int
    categories: frozenset[int]
    zones: frozenset[int]
    together: bool


def match(entries: Sequence[Party], free: FreePlaces) -> Matched:
    """Serve the parties in their order. Pure, and the same answer for the same places, however they are sorted."""
    house = _House(free.places)
    offers: list[tuple[int, tuple[int, ...]]] = []
    passed: dict[int, PassedOver] = {}
    refused: dict[_Wants, PassedOver] = {}
    for party in entries:
        if not house.left:
            break
        wants = _Wants(party.seats, party.categories, party.zones, party.together)
        # What was free for nobody like this party is not free for it either: there is only ever less.
        why = refused.get(wants)
        if why is None:
            chosen = house.choose(wants)
            if isinstance(chosen, PassedOver):
                why = refused[wants] = chosen
            else:
                house.take(chosen)
                offers.append((party.entry_id, tuple(sorted(chosen))))
                continue
        passed[party.entry_id] = why
    return Matched(tuple(offers), tuple(sorted(house.left)), passed)


class _House:
    """The free places, in pieces of places that are side by side."""

    def __init__(self, places: Iterable[FreePlace]) -> None:
        self.left: dict[int, FreePlace] = {one.seat_id: one for one in sorted(places, key=_in_order)}
        self._pieces = _pieces_of(self.left.values())

    def choose(self, wants: _Wants) -> tuple[int, ...] | PassedOver:
        """Return seats for what is wanted, or why there are none."""
        fitting = [part for piece in self._pieces for part in _fitting(piece, wants)]
        found = sum(map(len, fitting))
        if not found:
            return PassedOver(PassOver.NO_CATEGORY)
        if found < wants.seats:
            return PassedOver(PassOver.TOO_FEW, found)
        wide = [part for part in fitting if len(part) >= wants.seats]
        if wide:
            return _cut(min(wide, key=lambda part: _waste(part, wants.seats)), wants.seats)
        return PassedOver(PassOver.NOT_TOGETHER) if wants.together else _gathered(fitting, wants.seats)

    def take(self, seats: Iterable[int]) -> None:
        """Take seats out; what was beside them falls into pieces."""
        gone = set(seats)
        touched = [piece for piece in self._pieces if any(one.seat_id in gone for one in piece)]
        self._pieces = [piece for piece in self._pieces if piece not in touched]
        for seat in gone:
            del self.left[seat]
        rest = (one for piece in touched for one in piece if one.seat_id not in gone)
        self._pieces += _pieces_of(rest)


def _in_order(place: FreePlace) -> tuple[int, int, int, int]:
    return place.zone, -1 if place.row is None else place.row, place.position, place.seat_id


def _pieces_of(places: Iterable[FreePlace]) -> list[tuple[FreePlace, ...]]:
    """Part places, sorted within their rows, into pieces that are side by side.

    One that has neither row nor area is alone.
    """
    groups: defaultdict[tuple[int, int, int], list[FreePlace]] = defaultdict(list)
    for one in places:
        if one.area is not None:
            key = (0, one.area, 0)
        elif one.row is not None:
            key = (1, one.zone, one.row)
        else:
            key = (2, one.seat_id, 0)
        groups[key].append(one)
    return [piece for (kind, _, _), some in groups.items() for piece in ([tuple(some)] if kind == 0 else _runs(some))]


def _runs(places: Sequence[FreePlace]) -> list[tuple[FreePlace, ...]]:
    runs: list[list[FreePlace]] = []
    for one in places:
        if runs and one.position - runs[-1][-1].position == 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return [tuple(run) for run in runs]


def _fitting(piece: tuple[FreePlace, ...], wants: _Wants) -> list[tuple[FreePlace, ...]]:
    """Return the parts of a piece that will do, side by side each; most often it is the piece itself."""
    fits = [_fits(one, wants) for one in piece]
    if all(fits):
        return [piece]
    if not any(fits):
        return []
    some = [one for one, does in zip(piece, fits, strict=True) if does]
    return [tuple(some)] if piece[0].area is not None else _runs(some)


def _fits(place: FreePlace, wants: _Wants) -> bool:
    if wants.zones and place.zone not in wants.zones:
        return False
    if wants.categories:
        return place.category in wants.categories
    return place.kind not in _KEPT_FOR_SOME


def _waste(part: tuple[FreePlace, ...], seats: int) -> tuple[bool, bool, int, tuple[int, int, int, int]]:
    """Return by what one part is better than another: no single seat left over, none cut up, and the shorter one."""
    over = len(part) - seats
    in_row = part[0].area is None
    return in_row and over == _ALONE, bool(over), len(part), _in_order(part[0])


def _cut(part: tuple[FreePlace, ...], seats: int) -> tuple[int, ...]:
    return tuple(one.seat_id for one in part[:seats])


def _gathered(parts: list[tuple[FreePlace, ...]], seats: int) -> tuple[int, ...]:
    """Return seats for a party that may be split: as few parts as may be, the last one cut as little as may be."""
    chosen: list[int] = []
    rest = sorted(parts, key=lambda part: (-len(part), _in_order(part[0])))
    while len(chosen) < seats:
        needed = seats - len(chosen)
        wide = [part for part in rest if len(part) >= needed]
        best = min(wide, key=lambda part: _waste(part, needed)) if wide else rest[0]
        rest.remove(best)
        chosen += _cut(best, min(needed, len(best)))
    return tuple(chosen)
