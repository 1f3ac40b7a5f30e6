"""Changing a plan where it is, as long as nothing was sold on it: what stays keeps its id, found by its guid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select, update

from pos_app.db.base import table_of
from pos_app.db.bulk import rewrite_rows
from pos_app.db.models import (
    Area,
    PlanRow,
    Price,
    PriceCategory,
    Seat,
    SeatingPlan,
    Zone,
)
from pos_app.db.results import insert_row
from pos_app.services.seats.inventory import fill_inventory
from pos_app.services.venues.plan_drafts import load_stored_rows, load_stored_zones
from pos_app.services.venues.plan_places import add_places, remove_places, stored_areas, update_areas
from pos_app.services.venues.plan_rows import (
    MOST_SORT,
    SEATS,
    add_rows,
    add_zones,
    put_documents,
    seat_facts,
    zone_facts,
)
from pos_app.services.waiting.serving import serve_new_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.venues.plan_draft import PlanDraft

_AT_ONCE: Final = 1_000
_ZONES: Final = table_of(Zone)
_ROWS: Final = table_of(PlanRow)
_CHANGING: Final = (
    "zone_id", "row_id", "area_id", "category_id", "number", "position", "kind", "x", "y", "angle",
)  # fmt: skip
"""The columns of seat_facts, in its order."""


def update_plan(session: Session, plan_id: int, draft: PlanDraft, performance_ids: Sequence[int]) -> None:
    """Make the stored plan what the draft says, and put new places on sale on its performances.

    The caller has locked the plan and looked for what is in the way. Raises PlanRefused when a place that would go was
    taken meanwhile.
    """
    categories = _categories(session, plan_id, draft)
    zones = _zones(session, plan_id, draft)
    rows = _rows(session, plan_id, draft, zones)
    first_zone, first_category = zones[draft.zones[0].guid], categories[draft.categories[0].name]
    aside = {"zone_id": first_zone, "row_id": None, "area_id": None, "category_id": first_category}
    _seats(session, plan_id, draft, performance_ids, (zones, rows, categories), aside)
    update_areas(session, plan_id, draft, performance_ids, (zones, categories), aside)
    for performance_id in performance_ids:
        fill_inventory(session, performance_id)
        serve_new_places(session, performance_id)
    _remove_empty(session, plan_id, draft)
    put_documents(session, plan_id, draft)
    session.execute(
        update(SeatingPlan)
        .where(SeatingPlan.id == plan_id)
        .values(
            width=draft.width,
            height=draft.height,
            focal_x=draft.focus[0],
            focal_y=draft.focus[1],
            revision=SeatingPlan.revision + 1,
        )
    )


def _categories(session: Session, plan_id: int, draft: PlanDraft) -> dict[str, int]:
    """Rename, recolour and add categories; return their ids by the wanted name. Those left over go at the end."""
    stored = {
        row.name: row.id
        for row in session.execute(select(PriceCategory.id, PriceCategory.name).where(PriceCategory.plan_id == plan_id))
    }
    kept = {
        one.name: stored[one.stored_as or one.name] for one in draft.categories if (one.stored_as or one.name) in stored
    }
    # Out of the way first: two categories may have changed their names with each other.
    for category_id in stored.values():
        session.execute(
            update(PriceCategory).where(PriceCategory.id == category_id).values(name=f"\N{BULLET}{category_id}")
        )
    for sort, one in enumerate(draft.categories):
        if one.name in kept:
            facts = {"name": one.name, "color": one.color, "sort": sort}
            session.execute(update(PriceCategory).where(PriceCategory.id == kept[one.name]).values(**facts))
        else:
            kept[one.name] = insert_row(
                session, PriceCategory, plan_id=plan_id, name=one.name, color=one.color, sort=sort
            )
    return kept


def _zones(session: Session, plan_id: int, draft: PlanDraft) -> dict[str, int]:
    """Change and add zones; return the ids by guid."""
    stored = {zone.guid: zone.zone_id for zone in load_stored_zones(session, plan_id)}
    new = [(sort, zone) for sort, zone in enumerate(draft.zones) if zone.guid not in stored]
    rewrite_rows(
        session,
        _ZONES,
        [
            {"id": stored[zone.guid], "plan_id": plan_id, "guid": zone.guid, **zone_facts(zone, sort)}
            for sort, zone in enumerate(draft.zones)
            if zone.guid in stored
        ],
    )
    return {**stored, **add_zones(session, plan_id, new)}


def _rows(session: Session, plan_id: int, draft: PlanDraft, zones: Mapping[str, int]) -> dict[str, int]:
    """Change and add rows; return the ids by guid."""
    stored = {row.guid: row.row_id for row in load_stored_rows(session, plan_id)}
    wanted = [(zones[zone.guid], at, row) for zone in draft.zones for at, row in enumerate(zone.rows)]
    rewrite_rows(
        session,
        _ROWS,
        [
            {
                "id": stored[row.guid],
                "zone_id": zone_id,
                "guid": row.guid,
                "label": row.label,
                "sort": min(sort, MOST_SORT),
            }
            for zone_id, sort, row in wanted
            if row.guid in stored
        ],
    )
    return {**stored, **add_rows(session, plan_id, [one for one in wanted if one[2].guid not in stored])}


def _seats(
    session: Session,
    plan_id: int,
    draft: PlanDraft,
    performance_ids: Sequence[int],
    keys: tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]],
    aside: Mapping[str, Any],
) -> None:
    """Remove, change and add drawn seats."""
    columns = [SEATS.c[name] for name in _CHANGING]
    stored = {
        row.guid: row
        for row in session.execute(
            select(SEATS.c.id, SEATS.c.guid, *columns).where(
                SEATS.c.plan_id == plan_id, SEATS.c.area_id.is_(None), SEATS.c.deleted_at.is_(None)
            )
        )
    }
    changed: list[dict[str, Any]] = []
    new: list[dict[str, Any]] = []
    wanted: set[str] = set()
    for seat, facts in seat_facts(draft, *keys):
        wanted.add(seat.guid)
        known = stored.get(seat.guid)
        if known is None:
            new.append({"plan_id": plan_id, "guid": seat.guid, **facts})
        elif tuple(known[2:]) != tuple(facts.values()):
            changed.append({"id": known.id, "plan_id": plan_id, "guid": seat.guid, **facts})
    gone = sorted(row.id for guid, row in stored.items() if guid not in wanted)
    remove_places(session, performance_ids, gone, aside)
    rewrite_rows(session, SEATS, changed)
    add_places(session, plan_id, new)


def _remove_empty(session: Session, plan_id: int, draft: PlanDraft) -> None:
    """Take away areas, rows, zones and categories that the draft has no more, now that nothing stands in them."""
    used = select(Seat.id).where(Seat.plan_id == plan_id)
    areas = [area.id for area in stored_areas(session, plan_id) if area.guid not in {a.guid for _, a in draft.areas()}]
    session.execute(delete(Area).where(Area.id.in_(areas), ~used.where(Seat.area_id == Area.id).exists()))
    kept_rows = {row.guid for zone in draft.zones for row in zone.rows}
    rows = [row.row_id for row in load_stored_rows(session, plan_id) if row.guid not in kept_rows]
    for start in range(0, len(rows), _AT_ONCE):
        session.execute(delete(PlanRow).where(PlanRow.id.in_(rows[start : start + _AT_ONCE])))
    kept_zones = {zone.guid for zone in draft.zones}
    zones = [zone.zone_id for zone in load_stored_zones(session, plan_id) if zone.guid not in kept_zones]
    session.execute(delete(Zone).where(Zone.id.in_(zones)))
    names = draft.category_names()
    gone = session.execute(
        select(PriceCategory.id).where(PriceCategory.plan_id == plan_id, PriceCategory.name.not_in(names))
    )
    categories = list(gone.scalars())
    session.execute(delete(Price).where(Price.category_id.in_(categories)))
    session.execute(delete(PriceCategory).where(PriceCategory.id.in_(categories)))
