"""Reading a drawn plan: packed texts and flat arrays, so that 60,000 seats load without a stutter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import case, func, select

from pos_app.db.models import Area, PlanRow, PriceCategory, Seat, SeatingPlan, Zone
from pos_app.db.packing import pack_number, packed, words
from pos_app.domain.errors import NotFound
from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.area_shapes import read_shape
from pos_app.services.seats.area_places import load_area_places
from pos_app.services.seats.map_data import PlanArea, PlanCategory, PlanZone, SeatPlan

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy.orm import Session

_KINDS = {kind: code for code, kind in enumerate(SeatKind)}
_SEPARATOR = "\x1f"


def load_plan(session: Session, plan_id: int) -> SeatPlan:
    """Return a plan with its seats and its areas. Raises NotFound."""
    plan = session.execute(select(SeatingPlan).where(SeatingPlan.id == plan_id)).scalar_one_or_none()
    if plan is None:
        raise NotFound("This seating plan is not there any more.")
    zones = session.execute(select(Zone).where(Zone.plan_id == plan_id).order_by(Zone.sort, Zone.id)).scalars().all()
    categories = (
        session.execute(
            select(PriceCategory).where(PriceCategory.plan_id == plan_id).order_by(PriceCategory.sort, PriceCategory.id)
        )
        .scalars()
        .all()
    )
    rows = session.execute(
        select(PlanRow.id, PlanRow.label).join(Zone, Zone.id == PlanRow.zone_id).where(Zone.plan_id == plan_id)
    ).all()
    facts, numbers = _seats(session, plan_id)
    row_ids = np.array(sorted(row.id for row in rows), dtype=np.int64)
    labels = {row.id: row.label for row in rows}
    return SeatPlan(
        plan_id=plan.id,
        width=plan.width,
        height=plan.height,
        focal_x=plan.focal_x,
        focal_y=plan.focal_y,
        seat_id=facts[:, 0].astype(np.int32),
        x=np.ascontiguousarray(facts[:, 1]),
        y=np.ascontiguousarray(facts[:, 2]),
        angle=facts[:, 3].astype(np.float32),
        zone=_ranks(facts[:, 4], [zone.id for zone in zones]).astype(np.int16),
        row_of=(np.searchsorted(row_ids, facts[:, 5].astype(np.int64)) + 1).astype(np.int32) * (facts[:, 5] > 0),
        position=facts[:, 6].astype(np.int16),
        category=_ranks(facts[:, 7], [category.id for category in categories]).astype(np.int16),
        kind=facts[:, 8].astype(np.int8),
        numbers=numbers,
        row_labels=("", *(labels[int(row_id)] for row_id in row_ids)),
        zones=tuple(PlanZone(zone.name, zone.label_x, zone.label_y) for zone in zones),
        categories=tuple(PlanCategory(category.id, category.name, category.color) for category in categories),
        areas=_areas(session, plan_id, [zone.id for zone in zones], [category.id for category in categories]),
        revision=plan.revision,
    )


def _areas(session: Session, plan_id: int, zones: list[int], categories: list[int]) -> tuple[PlanArea, ...]:
    """Return the areas that have places, in the order of their zones; all places of an area have one category."""
    of_plan = select(Area).where(Area.plan_id == plan_id).order_by(Area.id)
    areas = {area.id: area for area in session.execute(of_plan).scalars()}
    if not areas:
        return ()
    places = load_area_places(session, tuple(areas))
    firsts = {its.runs[0][0]: area_id for area_id, its in places.items() if its.runs}
    found = []
    samples = select(Seat.id, Seat.category_id, Seat.x, Seat.y).where(Seat.id.in_(firsts))
    for sample in session.execute(samples):
        area = areas[firsts[sample.id]]
        its = places[area.id]
        found.append(
            PlanArea(
                area_id=area.id,
                name=area.name,
                zone=zones.index(area.zone_id),
                category=categories.index(sample.category_id),
                capacity=len(its),
                shape=read_shape(area.shape, middle=(sample.x, sample.y), capacity=len(its)),
                places=its,
            )
        )
    return tuple(sorted(found, key=lambda area: (area.zone, area.area_id)))


def _seats(session: Session, plan_id: int) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return (nine numbers a seat, sorted by its id) and the printed numbers in the same order."""
    kind = case(_KINDS, value=Seat.kind, else_=0)
    chunks: list[NDArray[np.float64]] = []
    names: list[str] = []
    packs = session.execute(
        select(
            packed(
                words(
                    Seat.id,
                    Seat.x,
                    Seat.y,
                    Seat.angle,
                    Seat.zone_id,
                    func.coalesce(Seat.row_id, 0),
                    Seat.position,
                    Seat.category_id,
                    kind,
                )
            ),
            packed(words(Seat.id, Seat.number)),
        )
        .where(Seat.plan_id == plan_id, Seat.area_id.is_(None), Seat.deleted_at.is_(None))
        .group_by(pack_number(Seat.id))
    )
    for numbers_text, names_text in packs:
        chunks.append(np.fromstring(numbers_text.replace(_SEPARATOR, " "), sep=" ").reshape(-1, 9))
        names += names_text.split(_SEPARATOR)
    if not chunks:
        return np.empty((0, 9)), ()
    facts = np.concatenate(chunks)
    pairs = sorted((int(number), name) for number, _, name in (text.partition(" ") for text in names))
    return facts[np.argsort(facts[:, 0])], tuple(name for _, name in pairs)


def _ranks(values: NDArray[np.float64], order: list[int]) -> NDArray[np.int64]:
    """Turn database ids into their places in an order."""
    ids = np.array(order, dtype=np.int64)
    by_id = np.argsort(ids)
    ranks: NDArray[np.int64] = by_id[np.searchsorted(ids[by_id], values.astype(np.int64))]
    return ranks
