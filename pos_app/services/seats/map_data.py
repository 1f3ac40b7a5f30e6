"""The seat map as it travels from the database to the screen: flat arrays, one entry a seat, in one fixed order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pos_app.domain.orders.reserved_note import ReservedNote
    from pos_app.domain.season.kept_seats import KeptNote
    from pos_app.domain.seats import Place, PlaceRuns
    from pos_app.domain.venues.area_shapes import AreaShape
    from pos_app.domain.waiting.offered_note import OfferedNote


@dataclass(frozen=True, slots=True, eq=False)
class PlanZone:
    """A zone of a seating plan: its name and where its name is painted (plan units)."""

    name: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class PlanCategory:
    """A price category of a plan, in the house's order; `color` is the plan's own CSS colour, or ""."""

    category_id: int
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class PlanArea:
    """An area of general admission. zone and category: indexes into those of the plan; capacity: places counted.

    places: the seats behind it, which stand in none of the plan's arrays.
    """

    area_id: int
    name: str
    zone: int
    category: int
    capacity: int
    shape: AreaShape
    places: PlaceRuns


@dataclass(frozen=True, slots=True, eq=False)
class SeatPlan:
    """The drawn plan, the same for all its performances. Arrays have one entry a seat (index i); sorted by seat_id.

    Places of general admission are no entries: they are counted by areas, which are told by their index in `areas`.

    seat_id int32, x/y float64 (plan units, y grows away from the top; seats are about 18 units wide, 23 apart),
    angle float32 (degrees, clockwise), zone int16 (index into zones), category int16 (index into categories),
    kind int8 (0 seat, 1 wheelchair, 2 companion, 3 restricted view), row_of int32 (index into row_labels),
    numbers: the printed seat numbers (text). position int16: the place within its row, for adjacency.
    width/height: size of the plan. focal_x/focal_y: the point everyone looks at (centre of the stage edge).
    """

    plan_id: int
    width: float
    height: float
    focal_x: float
    focal_y: float
    seat_id: NDArray[np.int32]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    angle: NDArray[np.float32]
    zone: NDArray[np.int16]
    row_of: NDArray[np.int32]
    position: NDArray[np.int16]
    category: NDArray[np.int16]
    kind: NDArray[np.int8]
    numbers: tuple[str, ...]
    row_labels: tuple[str, ...]
    zones: tuple[PlanZone, ...]
    categories: tuple[PlanCategory, ...]
    areas: tuple[PlanArea, ...] = ()
    revision: int = 1
    """Which state of the plan this is; it rises with each change."""

    def area_of(self, seat_id: int) -> int:
        """Return the index of the area that a place belongs to, or -1 for a seat that is none."""
        return next((i for i, area in enumerate(self.areas) if seat_id in area.places), -1)

    def place_of(self, seat_id: int) -> Place:
        """Return the place of any seat, be it drawn or one of an area. Raises KeyError for one of another plan."""
        from pos_app.domain.seats import Place

        if (index := self.index_of(seat_id)) >= 0:
            return self.place(index)
        if (area := self.area_of(seat_id)) >= 0:
            return Place(self.areas[area].name, "", "")
        raise KeyError(seat_id)

    def category_of(self, seat_id: int) -> PlanCategory:
        """Return the category of any seat, be it drawn or one of an area. Raises KeyError for one of another plan."""
        if (index := self.index_of(seat_id)) >= 0:
            return self.categories[int(self.category[index])]
        if (area := self.area_of(seat_id)) >= 0:
            return self.categories[self.areas[area].category]
        raise KeyError(seat_id)

    def index_of(self, seat_id: int) -> int:
        """Return the index of a seat, or -1 when the plan has no such seat."""
        # A number of another type would have the whole array converted for each question.
        i = int(self.seat_id.searchsorted(self.seat_id.dtype.type(seat_id)))
        return i if i < len(self.seat_id) and int(self.seat_id[i]) == seat_id else -1

    def place(self, index: int) -> Place:
        """Return the place of the seat at an index."""
        from pos_app.domain.seats import Place, SeatKind

        kinds = (SeatKind.SEAT, SeatKind.WHEELCHAIR, SeatKind.COMPANION, SeatKind.RESTRICTED)
        return Place(
            zone=self.zones[int(self.zone[index])].name,
            row=self.row_labels[int(self.row_of[index])],
            number=self.numbers[index],
            kind=kinds[int(self.kind[index])],
        )


@dataclass(frozen=True, slots=True)
class SeatClaim:
    """Who holds a seat elsewhere and for how long still (seconds left at `SeatStates.read`, None: no limit).

    kept: why the house keeps it back; nobody holds it then. reserved: for whom it is reserved. offered: to whom it is.
    """

    holder: str
    seconds_left: float | None
    kept: KeptNote | None = None
    reserved: ReservedNote | None = None
    offered: OfferedNote | None = None

    @property
    def has_note(self) -> bool:
        """Tell whether it is kept back, reserved or offered, and not just held."""
        return not all(one is None for one in (self.kept, self.reserved, self.offered))


@dataclass(frozen=True, slots=True, eq=False)
class SeatStates:
    """The states of all seats of a performance (SeatMap order), or of the changed ones (with `index`).

    index int32: which seats (None: all). state int8: MapState values as this basket sees them.
    crc uint32: one check a seat, 0 for a free one; their exclusive or over all seats is the server's checksum.
    claims: by seat index, who holds it elsewhere, or why the house keeps it.
    cursor: hand it back to ask for what changed since.
    price_stamp: what it costs now, as PerformanceOffer.price_stamp tells it; "" where it was not asked.
    area_free, area_mine: by area index, the places left and those of this basket; of all areas, or of the changed ones.
    """

    performance_id: int
    index: NDArray[np.int32] | None
    state: NDArray[np.int8]
    claims: dict[int, SeatClaim]
    cursor: str
    crc: NDArray[np.uint32] | None = None
    area_free: dict[int, int] = field(default_factory=dict)
    area_mine: dict[int, int] = field(default_factory=dict)
    price_stamp: str = ""
    flooded: bool = False
    """So many seats changed that none is told: all states are to be read anew."""

    @property
    def is_empty(self) -> bool:
        """Tell whether these are changes, and nothing has changed."""
        return self.index is not None and not len(self.index) and not self.area_free
