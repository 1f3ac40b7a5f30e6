"""Drawing a plan from a few numbers: zones of rows, straight or curved about the stage, with aisles and names."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pos_app.domain.seats import SeatKind
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.domain.venues.plan_draft import (
    LONGEST_NUMBER,
    SEAT_PITCH,
    DraftCategory,
    DraftRow,
    DraftSeat,
    DraftZone,
    PlanDraft,
    rounded,
)
from pos_app.domain.venues.plan_geometry import STAGE_AWAY, settled
from pos_app.domain.venues.plan_limits import PlanRefused, require_size
from pos_app.domain.venues.plan_numbers import Numbering, RowNames, row_name, seat_numbers
from pos_app.domain.venues.plan_part_edits import new_guid
from pos_app.domain.venues.pretix.oddities import repeated_names

if TYPE_CHECKING:
    from collections.abc import Mapping

ROW_DEPTH: Final = 27.0
ZONE_GAP: Final = 84.0
"""Between one zone and the one behind it: an aisle, and room for its name."""
AISLE_SEATS: Final = 1.5
"""An aisle is as wide as so many seats."""
STAGE_DEPTH: Final = 175.0
_FLATTEST_CURVE: Final = 0.001
_MOST_TURN: Final = 150.0
"""Degrees that a row may go round the stage to each side."""
WHEELCHAIR: Final = "w"
COMPANION: Final = "c"
_KINDS: Final = {WHEELCHAIR: SeatKind.WHEELCHAIR, COMPANION: SeatKind.COMPANION}


@dataclass(frozen=True, slots=True)
class ZoneWish:
    """A part of the house, its rows one behind the other.

    seats: in each row, the front one first. category_of_row: category by row (from 0), for rows that are not of
    `category`. aisles_after: an aisle behind so many seats from the left, in every row that is long enough.
    numbering: of each row; continuous: a row goes on where the one before it ended (left to right and right to left
    only). first_number: the lowest one. first_row: what the first row is called, as index (0: A or 1).
    wheelchair: by row, the places from the left (from 0) and what they are: WHEELCHAIR or COMPANION.
    """

    name: str
    seats: tuple[int, ...]
    category: str
    category_of_row: Mapping[int, str] = field(default_factory=dict)
    aisles_after: tuple[int, ...] = ()
    numbering: Numbering = Numbering.LEFT_TO_RIGHT
    continuous: bool = False
    first_number: int = 1
    row_names: RowNames = RowNames.LETTERS
    clear_letters: bool = True
    first_row: int = 0
    wheelchair: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanWish:
    """A whole plan. curvature: 0 for straight rows, 1 for a strong curve about the stage. categories: with colours."""

    name: str
    zones: tuple[ZoneWish, ...]
    categories: tuple[DraftCategory, ...]
    curvature: float = 0.0


def generate_plan(wish: PlanWish) -> PlanDraft:
    """Draw a plan, its focal point at the middle of the stage's edge. Raises PlanRefused for what cannot be drawn."""
    _require_possible(wish)
    longest = max(_width(zone, count) for zone in wish.zones for count in zone.seats)
    radius = _first_radius(wish, longest)
    zones: list[DraftZone] = []
    taken: set[str] = set()
    away = STAGE_AWAY
    for zone in wish.zones:
        guid = new_guid(zone.name, taken)
        taken.add(guid)
        zones.append(_zone(zone, guid, away, radius))
        away += (len(zone.seats) - 1) * ROW_DEPTH + ZONE_GAP
    draft = PlanDraft(clean_line(wish.name, 200), 0.0, 0.0, (0.0, 0.0), wish.categories, tuple(zones))
    return settled(draft, stage_depth=STAGE_DEPTH)


def _zone(zone: ZoneWish, guid: str, away: float, radius: float) -> DraftZone:
    rows = []
    following = zone.first_number
    for turn, count in enumerate(zone.seats):
        distance = away + turn * ROW_DEPTH
        first = following if zone.continuous else zone.first_number
        numbers = seat_numbers(count, zone.numbering, first=first)
        following += count
        label = row_name(zone.first_row + turn, zone.row_names, clear_letters=zone.clear_letters)
        category = zone.category_of_row.get(turn, zone.category)
        seats = []
        for at, across in enumerate(_across(zone, count)):
            x, y, angle = _spot(across, distance, radius)
            kind = _KINDS.get(zone.wheelchair.get((turn, at), ""), SeatKind.SEAT)
            seat_guid = f"{guid}-{label.lower()}-{at + 1}"
            seats.append(DraftSeat(seat_guid, str(numbers[at]), category, x, rounded(y - distance), kind, angle))
        rows.append(DraftRow(f"{guid}-{label.lower()}", label, tuple(seats), 0.0, rounded(distance - away)))
    return DraftZone(guid, clean_line(zone.name, 200), tuple(rows), y=rounded(away))


def _across(zone: ZoneWish, count: int) -> list[float]:
    """Return how far right of the middle each seat of a row stands."""
    offsets, at = [], 0.0
    aisles = frozenset(zone.aisles_after)
    for seat in range(count):
        offsets.append(at)
        at += SEAT_PITCH * (1 + AISLE_SEATS if seat + 1 in aisles and seat + 1 < count else 1)
    return [offset - offsets[-1] / 2 for offset in offsets]


def _spot(across: float, distance: float, radius: float) -> tuple[float, float, float]:
    """Return x, y and angle of a seat. The rows are arcs about one point, `radius` before the stage's edge."""
    if not radius:
        return rounded(across), rounded(distance), 0.0
    turn = across / (radius + distance)
    x, y = (radius + distance) * math.sin(turn), (radius + distance) * math.cos(turn) - radius
    return rounded(x), rounded(y), round(-math.degrees(turn), 3)


def _first_radius(wish: PlanWish, longest: float) -> float:
    """Return how far before the stage's edge the middle of all arcs lies; 0 for straight rows."""
    if wish.curvature < _FLATTEST_CURVE:
        return 0.0
    tightest = longest / math.radians(_MOST_TURN)
    return max(tightest, longest * (1.6 - wish.curvature) / (2 * wish.curvature))


def _width(zone: ZoneWish, count: int) -> float:
    offsets = _across(zone, count)
    return offsets[-1] - offsets[0]


def _require_possible(wish: PlanWish) -> None:
    rows = [count for zone in wish.zones for count in zone.seats]
    require_size(places=sum(rows), zones=len(wish.zones), rows=len(rows), categories=len(wish.categories))
    if min(rows) < 1:
        raise PlanRefused(say("A row has no seats."), advice=say("Type how many, or fewer rows."))
    if not 0.0 <= wish.curvature <= 1.0:
        raise PlanRefused(say("The curve goes from 0 (straight) to 1 (strong)."))
    for at in repeated_names([zone.name for zone in wish.zones]):
        raise PlanRefused(
            say("Two zones are called “{name}”.", name=wish.zones[at].name), advice=say("Rename one of them.")
        )
    known = {category.name for category in wish.categories}
    for zone in wish.zones:
        if not zone.seats:
            raise PlanRefused(
                say("“{zone}” has no rows.", zone=zone.name), advice=say("Type how many seats each of them has.")
            )
        if not clean_line(zone.name, 200):
            raise PlanRefused(say("A zone has no name."), advice=say("Type one."))
        missing = {zone.category, *zone.category_of_row.values()} - known
        if missing:
            raise PlanRefused(
                say("This plan has no category “{category}”.", category=min(missing)), advice=say("Add it first.")
            )
        if zone.first_number < 0 or len(str(zone.first_number + 2 * sum(zone.seats))) > LONGEST_NUMBER:
            raise PlanRefused(say("This number is too long."), advice=say("Start with a lower one."))
        if zone.first_row < 0:
            raise PlanRefused(say("There is no such row to begin with."))
        if zone.continuous and zone.numbering not in {Numbering.LEFT_TO_RIGHT, Numbering.RIGHT_TO_LEFT}:
            raise PlanRefused(say("Rows that go on numbering go from left to right or from right to left."))
