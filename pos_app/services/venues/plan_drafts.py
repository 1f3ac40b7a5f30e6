"""Reading a stored plan to be edited."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from pos_app.db.models import Area, PlanRow, PriceCategory, Seat, SeatingPlan, Zone
from pos_app.domain.errors import NotFound
from pos_app.domain.seats import SeatKind
from pos_app.domain.sentences import say
from pos_app.domain.venues.area_shapes import read_shape
from pos_app.domain.venues.plan_draft import (
    SEAT_RADIUS,
    DraftArea,
    DraftCategory,
    DraftRow,
    DraftSeat,
    DraftZone,
    PlanDraft,
    rounded,
)
from pos_app.domain.venues.plan_shapes import shape_from_area
from pos_app.domain.venues.pretix.areas import read_shape_of
from pos_app.domain.venues.pretix.notes import Notes
from pos_app.services.venues.plan_documents import load_details, shifted, single_guids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.venues.plan_draft import Point
    from pos_app.domain.venues.plan_shapes import PlanShape
    from pos_app.services.venues.plan_documents import PlanDetails

_KINDS: Final = {str(kind): kind for kind in SeatKind}
_NO_ROW: Final[list[Any]] = [0.0, 0.0, "", "", ""]


def load_plan_draft(session: Session, plan_id: int) -> PlanDraft:
    """Return a stored plan as a draft. Raises NotFound."""
    plan = session.execute(
        select(SeatingPlan).where(SeatingPlan.id == plan_id).execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if plan is None:
        raise NotFound(say("This seating plan is not there any more."))
    categories = session.execute(
        select(PriceCategory.id, PriceCategory.name, PriceCategory.color)
        .where(PriceCategory.plan_id == plan_id)
        .order_by(PriceCategory.sort, PriceCategory.id)
    ).all()
    zones = load_stored_zones(session, plan_id)
    details = load_details(session, plan_id)
    names = {one.id: one.name for one in categories}
    builder = _Builder(details, names, load_stored_rows(session, plan_id), _load_seats(session, plan_id))
    areas = _load_areas(session, plan_id, names)
    return PlanDraft(
        plan.name,
        plan.width,
        plan.height,
        (plan.focal_x, plan.focal_y),
        tuple(DraftCategory(one.name, one.color, one.name) for one in categories),
        tuple(builder.zone(zone, areas.get(zone.zone_id, ())) for zone in zones),
    )


@dataclass(frozen=True, slots=True)
class StoredZone:
    """A zone as it is stored."""

    zone_id: int
    guid: str
    name: str
    label: Point


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row as it is stored."""

    row_id: int
    zone_id: int
    guid: str
    label: str


def load_stored_zones(session: Session, plan_id: int) -> tuple[StoredZone, ...]:
    """Return the zones of a plan in order, their guids single."""
    rows = session.execute(
        select(Zone.id, Zone.guid, Zone.name, Zone.label_x, Zone.label_y)
        .where(Zone.plan_id == plan_id)
        .order_by(Zone.sort, Zone.id)
    ).all()
    guids = single_guids(((row.id, row.guid) for row in rows), "zone")
    return tuple(StoredZone(row.id, guids[row.id], row.name, (row.label_x, row.label_y)) for row in rows)


def load_stored_rows(session: Session, plan_id: int) -> tuple[StoredRow, ...]:
    """Return the rows of a plan in order, their guids single."""
    rows = session.execute(
        select(PlanRow.id, PlanRow.zone_id, PlanRow.guid, PlanRow.label)
        .join(Zone, Zone.id == PlanRow.zone_id)
        .where(Zone.plan_id == plan_id)
        .order_by(PlanRow.sort, PlanRow.id)
    ).all()
    guids = single_guids(((row.id, row.guid) for row in rows), "row")
    return tuple(StoredRow(row.id, row.zone_id, guids[row.id], row.label) for row in rows)


def _load_seats(session: Session, plan_id: int) -> dict[tuple[int, int | None], list[Any]]:
    """Return the seats that stand in no area, by zone and row, in order."""
    found: defaultdict[tuple[int, int | None], list[Any]] = defaultdict(list)
    for seat in session.execute(
        select(
            Seat.zone_id, Seat.row_id, Seat.guid, Seat.number, Seat.category_id, Seat.x, Seat.y, Seat.kind, Seat.angle
        )
        .where(Seat.plan_id == plan_id, Seat.area_id.is_(None), Seat.deleted_at.is_(None))
        .order_by(Seat.row_id, Seat.position, Seat.id)
    ):
        found[seat.zone_id, seat.row_id].append(seat)
    return found


def _load_areas(session: Session, plan_id: int, categories: Mapping[int, str]) -> dict[int, list[DraftArea]]:
    """Return the areas that have places, by zone; their outlines are counted from the plan's corner."""
    of_area = (Seat.plan_id == Area.plan_id) & (Seat.zone_id == Area.zone_id) & (Seat.area_id == Area.id)
    rows = session.execute(
        select(
            Area.id,
            Area.zone_id,
            Area.guid,
            Area.name,
            Area.shape,
            func.count().label("capacity"),
            func.min(Seat.category_id).label("category_id"),
            func.min(Seat.x).label("x"),
            func.min(Seat.y).label("y"),
        )
        .join(Seat, of_area)
        .where(Area.plan_id == plan_id, Seat.deleted_at.is_(None))
        .group_by(Area.id, Area.zone_id, Area.guid, Area.name, Area.shape)
        .order_by(Area.id)
    ).all()
    guids = single_guids(((row.id, row.guid) for row in rows), "area")
    found: defaultdict[int, list[DraftArea]] = defaultdict(list)
    for row in rows:
        guid = guids[row.id]
        shape = replace(_outline(row.shape, (row.x, row.y), row.capacity), guid=guid)
        found[row.zone_id].append(DraftArea(guid, row.name, row.capacity, categories[row.category_id], shape))
    return found


def _outline(document: str, middle: Point, capacity: int) -> PlanShape:
    """Read the outline of an area; a plain rectangle where none is drawn."""
    plain = shape_from_area(read_shape(document, middle=middle, capacity=capacity))
    try:
        stored = json.loads(document)
    except ValueError:
        return plain
    drawn = read_shape_of(stored, Notes(), "") if isinstance(stored, dict) else None
    outline = None if drawn is None else drawn.area_shape()
    same_ground = outline is not None and shape_from_area(outline).corners() == plain.corners()
    return drawn if drawn is not None and same_ground else plain


class _Builder:
    """Puts zones together from what was read."""

    def __init__(
        self,
        details: PlanDetails,
        categories: Mapping[int, str],
        rows: Sequence[StoredRow],
        seats: Mapping[tuple[int, int | None], Sequence[Any]],
    ) -> None:
        self._details = details
        self._categories = categories
        self._seats = seats
        self._rows: defaultdict[int, list[StoredRow]] = defaultdict(list)
        for row in rows:
            self._rows[row.zone_id].append(row)
        self._scenery: defaultdict[str, list[PlanShape]] = defaultdict(list)
        for entry in details.shapes:
            if (shape := read_shape_of(entry, Notes(), "")) is not None:
                self._scenery[str(entry.get("zone", ""))].append(shape)

    def zone(self, zone: StoredZone, areas: Sequence[DraftArea]) -> DraftZone:
        """Return a zone with all that is in it."""
        x, y, zone_id = self._details.zones.get(zone.guid, [0.0, 0.0, ""])
        rows = [
            self._row(row, self._seats.get((zone.zone_id, row.row_id), ()), x, y) for row in self._rows[zone.zone_id]
        ]
        if loose := self._seats.get((zone.zone_id, None)):
            rows.append(self._row(StoredRow(0, zone.zone_id, f"{zone.guid[:48]}-loose", ""), loose, x, y))
        found = DraftZone(
            zone.guid,
            zone.name,
            tuple(row for row in rows if row.seats),
            tuple(replace(area, shape=shifted(area.shape, -x, -y)) for area in areas),
            tuple(shifted(shape, -x, -y) for shape in self._scenery[zone.guid]),
            x,
            y,
            None,
            zone_id,
        )
        return found if found.label_place() == zone.label else replace(found, label=zone.label)

    def _row(self, row: StoredRow, seats: Sequence[Any], zone_x: float, zone_y: float) -> DraftRow:
        x, y, row_label, seat_label, position = self._details.rows.get(row.guid, _NO_ROW)
        left, top = zone_x + x, zone_y + y
        usual: list[Any] = ["", SEAT_RADIUS, ""]
        odd = self._details.seats
        drawn = []
        for seat in seats:
            uuid, radius, direction = odd.get(seat.guid, usual)
            drawn.append(
                DraftSeat(
                    seat.guid,
                    seat.number,
                    self._categories[seat.category_id],
                    rounded(seat.x - left),
                    rounded(seat.y - top),
                    _KINDS[seat.kind],
                    seat.angle,
                    uuid,
                    radius,
                    direction,
                )
            )
        return DraftRow(row.guid, row.label, tuple(drawn), x, y, row_label, seat_label, position)
