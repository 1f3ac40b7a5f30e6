"""A drawn plan before it is stored: plain points, so that drawing needs no database."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.seats import SeatKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pos_app.domain.venues.area_shapes import AreaShape

SEAT_PITCH: Final = 23.0
"""From seat to seat within a row, in plan units; a seat is about 18 wide."""
ROW_DEPTH: Final = 27.0
ROW_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No I and no O: they look like numbers."""
_MARGIN: Final = 60.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a seat stands: plan units, and degrees clockwise from looking straight up the plan."""

    x: float
    y: float
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class DrawnZone:
    """A part of the house and where its name is painted."""

    name: str
    label: Spot


@dataclass(frozen=True, slots=True)
class DrawnSeat:
    """One place. position counts within the row of its zone, number is the printed one; guid is the same every time."""

    guid: str
    zone: str
    row: str
    number: int
    position: int
    category: str
    kind: SeatKind
    spot: Spot


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """Room without seats for so many guests, a zone of its own; its name and guid are those of the zone."""

    zone: str
    capacity: int
    category: str
    shape: AreaShape

    @property
    def guid(self) -> str:
        """Its name in the plan's own spelling."""
        return self.zone.lower().replace(" ", "-")

    @property
    def middle(self) -> Spot:
        """The middle of its outline."""
        xs, ys = zip(*self.shape.outline(), strict=True)
        return Spot((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


@dataclass(frozen=True, slots=True)
class DrawnPlan:
    """A whole plan. focus: the centre of the stage edge. categories: names with CSS colours, the dearest first."""

    name: str
    width: float
    height: float
    focus: Spot
    categories: Mapping[str, str]
    zones: tuple[DrawnZone, ...]
    seats: tuple[DrawnSeat, ...]
    areas: tuple[DrawnArea, ...] = ()


class Draft:
    """Collects zones, rows and areas, then moves all of it into view."""

    def __init__(self) -> None:
        self._zones: list[DrawnZone] = []
        self._seats: list[DrawnSeat] = []
        self._areas: list[DrawnArea] = []

    def add_zone(self, name: str, label: Spot) -> str:
        """Add a part of the house; returns its name."""
        self._zones.append(DrawnZone(name, label))
        return name

    def add_row(
        self,
        zone: str,
        row: str,
        spots: Sequence[Spot],
        category: str,
        *,
        first_number: int = 1,
        kinds: Mapping[int, SeatKind] | None = None,
    ) -> None:
        """Add seats side by side; kinds: by position, where it is no ordinary seat."""
        place = "-".join(part.lower().replace(" ", "-") for part in (zone, row) if part)
        for position, spot in enumerate(spots):
            number = first_number + position
            kind = (kinds or {}).get(position, SeatKind.SEAT)
            self._seats.append(DrawnSeat(f"{place}-{number}", zone, row, number, position, category, kind, spot))

    def add_area(self, name: str, capacity: int, category: str, shape: AreaShape) -> None:
        """Add room to stand, as a zone of its own."""
        area = DrawnArea(name, capacity, category, shape)
        self.add_zone(name, area.middle)
        self._areas.append(area)

    def finish(self, name: str, focus: Spot, categories: Mapping[str, str], *, stage_depth: float) -> DrawnPlan:
        """Return the plan, moved so that everything, the stage too, lies right of and below zero."""
        edges = [corner for area in self._areas for corner in area.shape.outline()]
        xs = [*(seat.spot.x for seat in self._seats), *(x for x, _ in edges)]
        ys = [*(seat.spot.y for seat in self._seats), *(y for _, y in edges)]
        left, top = min(xs) - _MARGIN, min(min(ys) - _MARGIN, focus.y - stage_depth)

        def moved(spot: Spot) -> Spot:
            return Spot(round(spot.x - left, 2), round(spot.y - top, 2), round(spot.angle, 3))

        return DrawnPlan(
            name=name,
            width=round(max(xs) - left, 2) + _MARGIN,
            height=round(max(ys) - top, 2) + _MARGIN,
            focus=moved(focus),
            categories=categories,
            zones=tuple(replace(zone, label=moved(zone.label)) for zone in self._zones),
            seats=tuple(replace(seat, spot=moved(seat.spot)) for seat in self._seats),
            areas=tuple(
                replace(area, shape=replace(area.shape, x=area.shape.x - left, y=area.shape.y - top))
                for area in self._areas
            ),
        )


def on_circle(radius: float, degrees: float) -> Spot:
    """Return the spot on a circle about the origin, degrees to the right of straight down, facing the origin."""
    turn = math.radians(degrees)
    return Spot(radius * math.sin(turn), radius * math.cos(turn), -degrees)


def seat_degrees(radius: float) -> float:
    """Return how many degrees one seat takes up on a circle."""
    return math.degrees(SEAT_PITCH / radius)


def arc(radius: float, middle_degrees: float, seats: int) -> list[Spot]:
    """Return seats side by side on a circle about the origin, from left to right."""
    step = seat_degrees(radius)
    return [on_circle(radius, middle_degrees + step * (i - (seats - 1) / 2)) for i in range(seats)]
