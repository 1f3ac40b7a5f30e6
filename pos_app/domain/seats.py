"""Seats as they are seen: kinds, states, how a place is named, and many places written short."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

from pos_app.domain.sentences import NOTHING, say, say_count, say_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.domain.sentences import Sentence

_PART: Final = re.compile(r"[0-9]+|[^0-9]+")


class SeatKind(StrEnum):
    """What a seat is for."""

    SEAT = "seat"
    WHEELCHAIR = "wheelchair"
    COMPANION = "companion"
    RESTRICTED = "restricted"


class SeatState(StrEnum):
    """The state column of performance_seat."""

    FREE = "free"
    CLAIMED = "claimed"
    SOLD = "sold"


class ClaimKind(StrEnum):
    """Whose claim it is, while a seat is claimed."""

    BASKET = "basket"
    RESERVATION = "reservation"
    OFFER = "offer"
    HOUSE = "house"
    BLOCKED = "blocked"


class Guard(IntEnum):
    """The column guarded of performance_seat: who may take a seat that is free."""

    NONE = 0
    """No waiting list is open."""
    FIRST_CALL = 1
    """The waiting list has first call: only what makes offers may take it."""
    FITS_NOBODY = 2
    """A list is open, and nobody on it fits: on sale, as with 0."""


class MapState(IntEnum):
    """What a till paints; small integers, so that a map of 60,000 seats is one byte a seat."""

    FREE = 0
    MINE = 1
    HELD = 2
    """Held by another basket: somebody has it for the moment."""
    SOLD = 3
    HOUSE = 4
    BLOCKED = 5
    RESERVED = 6
    """Kept under a name, unpaid, until a time."""
    OFFERED = 7
    """Offered until a time to a party that waited."""
    FIRST_CALL = 8
    """Nobody has it, and the waiting list is served first."""
    RESALE = 9
    """Free to buy, and given back for resale by somebody whose ticket is good until then."""


FOR_SALE: Final = (MapState.FREE, MapState.RESALE)
"""What anybody can put into a basket."""


@dataclass(frozen=True, slots=True, order=True)
class SeatKey:
    """One place of one performance; the primary key of performance_seat."""

    performance_id: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a seat is, in the house's own words. Parts that a house does not use are empty.

    zone: for general admission the name of the area, and neither row nor number.
    """

    zone: str
    row: str
    number: str
    kind: SeatKind = SeatKind.SEAT

    @property
    def is_unseen(self) -> bool:
        """Tell whether this is one of the places of an area that nobody sees."""
        return not (self.row or self.number)

    def spoken(self) -> Sentence:
        """Return the place as one line: "Stalls centre, row G, seat 18"."""
        zone, row, seat = self.zone, self.row, self.number
        match bool(zone), bool(row), bool(seat):
            case True, True, True:
                return say("{zone}, row {row}, seat {seat}", zone=zone, row=row, seat=seat)
            case True, True, False:
                return say("{zone}, row {row}", zone=zone, row=row)
            case True, False, True:
                return say("{zone}, seat {seat}", zone=zone, seat=seat)
            case False, True, True:
                return say("row {row}, seat {seat}", row=row, seat=seat)
            case False, True, False:
                return say("row {row}", row=row)
            case False, False, True:
                return say("seat {seat}", seat=seat)
            case _:
                return say_list(zone) if zone else NOTHING


@dataclass(frozen=True, slots=True)
class PlaceRuns:
    """Seat ids as pairs of the first and the last of each run, sorted. 5,000 places are most often one pair."""

    runs: tuple[tuple[int, int], ...] = ()

    def __len__(self) -> int:
        """Return how many places there are."""
        return sum(last - first + 1 for first, last in self.runs)

    def __contains__(self, seat_id: object) -> bool:
        """Tell whether a seat is one of the places."""
        if not isinstance(seat_id, int):
            return False
        at = bisect_right(self.runs, (seat_id, seat_id))
        return any(first <= seat_id <= last for first, last in self.runs[max(0, at - 1) : at + 1])


def runs_of(seat_ids: Iterable[int]) -> PlaceRuns:
    """Write seat ids, in any order, as runs."""
    runs: list[tuple[int, int]] = []
    for seat_id in sorted(set(seat_ids)):
        if runs and seat_id == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], seat_id)
        else:
            runs.append((seat_id, seat_id))
    return PlaceRuns(tuple(runs))


def tell_places(places: Iterable[Place]) -> Sentence:
    """Return places as "Stalls, row G, seats 12-15, 18; Gallery, 3 places", row by row in the order they come."""
    rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    unseen: defaultdict[str, int] = defaultdict(int)
    for place in places:
        if place.is_unseen:
            unseen[place.zone] += 1
        else:
            rows[place.zone, place.row].append(place.number)
    told = [_row(zone, row, numbers) for (zone, row), numbers in rows.items()]
    told += [
        say_count("{zone}, {count} place", "{zone}, {count} places", count, zone=zone) for zone, count in unseen.items()
    ]
    return say_list(*told)


def _row(zone: str, row: str, numbers: list[str]) -> Sentence:
    if len(numbers) == 1:
        return Place(zone, row, numbers[0]).spoken()
    seats = told_numbers(numbers)
    match bool(zone), bool(row):
        case True, True:
            return say("{zone}, row {row}, seats {seats}", zone=zone, row=row, seats=seats)
        case True, False:
            return say("{zone}, seats {seats}", zone=zone, seats=seats)
        case False, True:
            return say("row {row}, seats {seats}", row=row, seats=seats)
        case _:
            return say("seats {seats}", seats=seats)


def told_numbers(numbers: Iterable[str]) -> str:
    """Write numbers as "3 to 5, 8", with a dash; what is no plain number stands by itself, after the others."""
    written = [number for number in numbers if number]
    plain = sorted({int(number) for number in written if number.isascii() and number.isdigit()})
    others = [number for number in written if not (number.isascii() and number.isdigit())]
    runs: list[list[int]] = []
    for number in plain:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = [str(first) if first == last else f"{first}\N{EN DASH}{last}" for first, last in runs]
    return ", ".join(words + others)


def reading_order(place: Place) -> tuple[object, ...]:
    """Return what places are sorted by as a person counts them: "Box 2" before "Box 10", row Z before row AA."""
    return _parts(place.zone), _parts(place.row, short_first=True), _parts(place.number, short_first=True)


def _parts(label: str, *, short_first: bool = False) -> tuple[tuple[bool, int, str], ...]:
    """Part a label into its numbers and its words. short_first: of words the shorter comes first."""
    parts = _PART.findall(label.casefold())
    return tuple(
        (False, int(part), "") if part[0] in "0123456789" else (True, len(part) if short_first else 0, part)
        for part in parts
    )
