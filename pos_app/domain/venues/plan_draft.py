"""A whole seating plan in memory: read from a file, generated, or loaded to be edited.

Nothing in it changes. An edit (plan_seat_edits) makes a new draft that shares every zone, row and seat that it left
alone, so that an undo is the draft from before, and a hundred of them cost little.

Positions are plan units; y grows away from the top, and a seat is about 18 units wide. A seat is placed relative to its
row, a row to its zone, a zone to the plan, as in the interchange format. All are rounded to a millionth, so that what
is added up and taken apart again is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING, Final

from pos_app.domain.seats import Place, SeatKind
from pos_app.domain.sentences import say
from pos_app.domain.texts import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pos_app.domain.sentences import Sentence
    from pos_app.domain.venues.plan_shapes import PlanShape

MOST_SEATS: Final = 60_000
MOST_ZONES: Final = 1_000
MOST_ROWS: Final = 20_000
MOST_SHAPES: Final = 20_000
MOST_CATEGORIES: Final = 200
MOST_CAPACITY: Final = 60_000

LONGEST_GUID: Final = 64
LONGEST_AREA_GUID: Final = 56
"""A place of an area is called by the area's guid, a dash and its number."""
LONGEST_NUMBER: Final = 20
LONGEST_LABEL: Final = 40
LONGEST_NAME: Final = 200

SEAT_RADIUS: Final = 10.0
SEAT_PITCH: Final = 23.0
_AISLE: Final = 1.6
"""Seats that are so many times the row's usual distance apart have an aisle between them."""
_LABEL_ABOVE: Final = 38.0

Point = tuple[float, float]


def rounded(value: float) -> float:
    """Return a coordinate as it is kept: to a millionth of a unit, and never minus zero."""
    return round(value, 6) + 0.0


@dataclass(frozen=True, slots=True)
class DraftSeat:
    """One place. x, y: from its row; angle: degrees clockwise from looking straight up the plan.

    uuid, radius and start_direction are kept for the file alone.
    """

    guid: str
    number: str
    category: str
    x: float
    y: float
    kind: SeatKind = SeatKind.SEAT
    angle: float = 0.0
    uuid: str = ""
    radius: float = SEAT_RADIUS
    start_direction: str = ""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Seats side by side, from one end to the other; x, y: from its zone. label: what is printed as the row.

    row_label, seat_label and number_position are kept for the file alone.
    """

    guid: str
    label: str
    seats: tuple[DraftSeat, ...]
    x: float = 0.0
    y: float = 0.0
    row_label: str = ""
    seat_label: str = ""
    number_position: str = ""

    def positions(self) -> tuple[int, ...]:
        """Return each seat's place within the row, which decides who sits beside whom: an aisle leaves one out."""
        steps = [abs(complex(b.x - a.x, b.y - a.y)) for a, b in zip(self.seats[:-1], self.seats[1:], strict=True)]
        usual = median(steps) if steps else 0.0
        found, at = [0] * bool(self.seats), 0
        for step in steps:
            at += 2 if usual and step > _AISLE * usual else 1
            found.append(at)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class DraftArea:
    """General admission: room without seats for so many guests. shape: from its zone; its guid is the area's."""

    guid: str
    name: str
    capacity: int
    category: str
    shape: PlanShape


@dataclass(frozen=True, slots=True)
class DraftZone:
    """A named part of the house. label: where its name is painted, from the plan's corner; None: above its seats."""

    guid: str
    name: str
    rows: tuple[DraftRow, ...] = ()
    areas: tuple[DraftArea, ...] = ()
    scenery: tuple[PlanShape, ...] = ()
    x: float = 0.0
    y: float = 0.0
    label: Point | None = None
    zone_id: str = ""

    def seats(self) -> Iterator[tuple[DraftRow, DraftSeat]]:
        """Yield its seats with their rows, in order."""
        for row in self.rows:
            for seat in row.seats:
                yield row, seat

    def label_place(self) -> Point:
        """Return where its name is painted, from the plan's corner."""
        if self.label is not None:
            return self.label
        spots = [(self.x + row.x + seat.x, self.y + row.y + seat.y) for row, seat in self.seats()]
        if not spots:
            spots = [(self.x + x, self.y + y) for area in self.areas for x, y in area.shape.corners()]
            if not spots:
                return self.x, self.y
            xs, ys = [x for x, _ in spots], [y for _, y in spots]
            return rounded((min(xs) + max(xs)) / 2), rounded((min(ys) + max(ys)) / 2)
        xs = [x for x, _ in spots]
        return rounded((min(xs) + max(xs)) / 2), rounded(min(y for _, y in spots) - _LABEL_ABOVE)


@dataclass(frozen=True, slots=True)
class DraftCategory:
    """Where you sit; color: CSS. stored_as: its name in the database, so that renamed it keeps its prices."""

    name: str
    color: str
    stored_as: str = field(default="", compare=False)


@dataclass(frozen=True)
class PlanDraft:
    """A whole plan. focus: what everybody looks at, the middle of the stage's edge. categories: the dearest first."""

    name: str
    width: float
    height: float
    focus: Point
    categories: tuple[DraftCategory, ...]
    zones: tuple[DraftZone, ...]

    @cached_property
    def seat_count(self) -> int:
        """How many seats are drawn, without the places of areas."""
        return sum(len(row.seats) for zone in self.zones for row in zone.rows)

    @cached_property
    def place_count(self) -> int:
        """How many guests it has room for: seats, and the capacity of areas."""
        return self.seat_count + sum(area.capacity for zone in self.zones for area in zone.areas)

    @cached_property
    def guids(self) -> frozenset[str]:
        """The guids of all its seats."""
        return frozenset(seat.guid for _, _, seat in self.seats())

    def seats(self) -> Iterator[tuple[DraftZone, DraftRow, DraftSeat]]:
        """Yield all seats with their rows and zones, in order."""
        for zone in self.zones:
            for row, seat in zone.seats():
                yield zone, row, seat

    def areas(self) -> Iterator[tuple[DraftZone, DraftArea]]:
        """Yield all areas of general admission with their zones, in order."""
        for zone in self.zones:
            for area in zone.areas:
                yield zone, area

    def category_names(self) -> tuple[str, ...]:
        """Return the names of the categories, in order."""
        return tuple(category.name for category in self.categories)

    def bounds(self) -> tuple[float, float, float, float] | None:
        """Return left, top, right, bottom of all that is drawn, by the middles of seats; None when nothing is."""
        spots = [(zone.x + row.x + seat.x, zone.y + row.y + seat.y) for zone, row, seat in self.seats()]
        for zone in self.zones:
            shapes = (*zone.scenery, *(area.shape for area in zone.areas))
            spots += [(zone.x + x, zone.y + y) for shape in shapes for x, y in shape.corners()]
        if not spots:
            return None
        xs, ys = zip(*spots, strict=True)
        return min(xs), min(ys), max(xs), max(ys)


def doubled_places(zones: Iterable[DraftZone]) -> tuple[Sentence, ...]:
    """Name the places that guests could not tell apart from one drawn before, in the order of the drawing."""
    seen: set[tuple[str, str, str]] = set()
    doubled: list[Sentence] = []
    for zone in zones:
        for row, seat in zone.seats():
            place = zone.name, row.label, seat.number
            told = name_key(zone.name), name_key(row.label), name_key(seat.number)
            if told in seen:
                doubled.append(place_name(*place))
            seen.add(told)
    return tuple(doubled)


def place_name(zone: str, row: str, number: str) -> Sentence:
    """Name a place of a draft: "Stalls, row G, seat 18"."""
    return Place(zone, row, number).spoken() or say("a place without a name")
