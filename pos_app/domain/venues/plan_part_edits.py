"""Edits of what is no seat: categories, areas, zones, scenery, the focal point. Each returns another draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.texts import clean_line
from pos_app.domain.venues.plan_draft import (
    LONGEST_GUID,
    LONGEST_NAME,
    MOST_CAPACITY,
    DraftCategory,
    DraftRow,
    DraftSeat,
    rounded,
)
from pos_app.domain.venues.plan_geometry import room_for
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.domain.venues.plan_shapes import TEXT_ONLY

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pos_app.domain.venues.plan_draft import DraftArea, DraftZone, PlanDraft, Point
    from pos_app.domain.venues.plan_shapes import PlanShape

_LONGEST_COLOR: Final = 32


def rename_plan_draft(draft: PlanDraft, name: str) -> PlanDraft:
    """Call the plan otherwise. Raises PlanRefused when no name is left."""
    return replace(draft, name=_name(name, "A plan"))


def set_focus(draft: PlanDraft, focus: Point) -> PlanDraft:
    """Say what everybody looks at."""
    return replace(draft, focus=(rounded(focus[0]), rounded(focus[1])))


def set_size(draft: PlanDraft, width: float, height: float) -> PlanDraft:
    """Set the size of the plan. Raises PlanRefused when it is none."""
    if width <= 0 or height <= 0:
        raise PlanRefused("A plan has a width and a height.", advice="Type numbers above 0.")
    return replace(draft, width=rounded(width), height=rounded(height))


def fit_size(draft: PlanDraft) -> PlanDraft:
    """Make the plan as large as all that is drawn needs."""
    width, height = room_for(draft)
    return replace(draft, width=width, height=height)


def add_category(draft: PlanDraft, name: str, color: str) -> PlanDraft:
    """Add a category at the end. Raises PlanRefused when there is one of this name."""
    line = _name(name, "A category")
    _require_new(draft, line)
    return replace(draft, categories=(*draft.categories, DraftCategory(line, color[:_LONGEST_COLOR])))


def edit_category(draft: PlanDraft, name: str, *, new_name: str, color: str) -> PlanDraft:
    """Rename or recolour a category; its seats and areas go with it. Raises PlanRefused for a name that is taken."""
    line = _name(new_name, "A category")
    if line != name:
        _require_new(draft, line)
    categories = tuple(
        replace(one, name=line, color=color[:_LONGEST_COLOR]) if one.name == name else one for one in draft.categories
    )
    zones = draft.zones if line == name else tuple(_in_category(zone, name, line) for zone in draft.zones)
    return replace(draft, categories=categories, zones=zones)


def remove_category(draft: PlanDraft, name: str, *, seats_to: str = "") -> PlanDraft:
    """Remove a category; its seats and areas go to another one. Raises PlanRefused when they have nowhere to go."""
    others = tuple(one for one in draft.categories if one.name != name)
    used = any(seat.category == name for _, _, seat in draft.seats()) or any(
        area.category == name for _, area in draft.areas()
    )
    if used and seats_to not in {one.name for one in others}:
        raise PlanRefused(f"There are places of “{name}”.", advice="Choose the category that they go to.")
    zones = tuple(_in_category(zone, name, seats_to) for zone in draft.zones) if used else draft.zones
    return replace(draft, categories=others, zones=zones)


def order_categories(draft: PlanDraft, names: Sequence[str]) -> PlanDraft:
    """Put the categories into another order, the dearest first."""
    if sorted(names) != sorted(draft.category_names()):
        raise PlanRefused("These are not the categories of this plan.")
    by_name = {one.name: one for one in draft.categories}
    return replace(draft, categories=tuple(by_name[name] for name in names))


def add_zone(draft: PlanDraft, zone: DraftZone) -> PlanDraft:
    """Add a part of the house. Raises PlanRefused when one of its guids is there already."""
    if zone.guid in {one.guid for one in draft.zones} or {seat.guid for _, seat in zone.seats()} & draft.guids:
        raise PlanRefused(f"A part like “{zone.name}” is there already.")
    return replace(draft, zones=(*draft.zones, zone))


def remove_zone(draft: PlanDraft, zone_guid: str) -> PlanDraft:
    """Remove a part of the house with all its seats and areas."""
    return replace(draft, zones=tuple(zone for zone in draft.zones if zone.guid != zone_guid))


def move_zone(draft: PlanDraft, zone_guid: str, dx: float, dy: float) -> PlanDraft:
    """Move a part of the house with all that is in it."""

    def moved(zone: DraftZone) -> DraftZone:
        label = None if zone.label is None else (rounded(zone.label[0] + dx), rounded(zone.label[1] + dy))
        return replace(zone, x=rounded(zone.x + dx), y=rounded(zone.y + dy), label=label)

    return replace(draft, zones=tuple(moved(zone) if zone.guid == zone_guid else zone for zone in draft.zones))


def set_zone_label(draft: PlanDraft, zone_guid: str, label: Point | None) -> PlanDraft:
    """Say where a zone's name is painted, from the plan's corner; None: above its seats."""
    spot = None if label is None else (rounded(label[0]), rounded(label[1]))
    return replace(
        draft, zones=tuple(replace(zone, label=spot) if zone.guid == zone_guid else zone for zone in draft.zones)
    )


def add_row(draft: PlanDraft, zone_guid: str, row: DraftRow) -> PlanDraft:
    """Add a row at the end of a zone. Raises PlanRefused when a guid is there already."""
    taken = {one.guid for zone in draft.zones for one in zone.rows}
    if row.guid in taken or {seat.guid for seat in row.seats} & draft.guids:
        raise PlanRefused(f"A row like “{row.label}” is there already.")
    return replace(
        draft,
        zones=tuple(replace(zone, rows=(*zone.rows, row)) if zone.guid == zone_guid else zone for zone in draft.zones),
    )


def add_seats(draft: PlanDraft, row_guid: str, seats: Sequence[DraftSeat]) -> PlanDraft:
    """Add seats at the end of a row. Raises PlanRefused when a guid is there already."""
    if {seat.guid for seat in seats} & draft.guids:
        raise PlanRefused("One of these seats is there already.")

    def longer(zone: DraftZone) -> DraftZone:
        if all(row.guid != row_guid for row in zone.rows):
            return zone
        rows = tuple(replace(row, seats=(*row.seats, *seats)) if row.guid == row_guid else row for row in zone.rows)
        return replace(zone, rows=rows)

    return replace(draft, zones=tuple(longer(zone) for zone in draft.zones))


def put_area(draft: PlanDraft, zone_guid: str, area: DraftArea) -> PlanDraft:
    """Add an area of general admission to a zone, or change the one of its guid. Raises PlanRefused."""
    _require_sound_area(draft, area)
    whole = replace(area, shape=replace(area.shape, guid=area.guid))

    def with_area(zone: DraftZone) -> DraftZone:
        if zone.guid != zone_guid:
            others = tuple(one for one in zone.areas if one.guid != area.guid)
            return zone if len(others) == len(zone.areas) else replace(zone, areas=others)
        known = any(one.guid == area.guid for one in zone.areas)
        areas = tuple(whole if one.guid == area.guid else one for one in zone.areas)
        return replace(zone, areas=areas if known else (*areas, whole))

    return replace(draft, zones=tuple(with_area(zone) for zone in draft.zones))


def remove_area(draft: PlanDraft, area_guid: str) -> PlanDraft:
    """Remove an area."""
    return replace(
        draft,
        zones=tuple(
            replace(zone, areas=tuple(area for area in zone.areas if area.guid != area_guid)) for zone in draft.zones
        ),
    )


def set_scenery(draft: PlanDraft, zone_guid: str, shapes: Sequence[PlanShape]) -> PlanDraft:
    """Draw a zone's scenery anew."""
    return replace(
        draft,
        zones=tuple(replace(zone, scenery=tuple(shapes)) if zone.guid == zone_guid else zone for zone in draft.zones),
    )


def new_guid(stem: str, taken: Collection[str]) -> str:
    """Return a guid that begins like a word and is not taken."""
    start = clean_line(stem, LONGEST_GUID - 16).lower().replace(" ", "-") or "part"
    guid, turn = start, 1
    while guid in taken:
        turn += 1
        guid = f"{start}-{turn}"
    return guid


def _in_category(zone: DraftZone, old: str, new: str) -> DraftZone:
    rows = tuple(
        replace(row, seats=tuple(replace(one, category=new) if one.category == old else one for one in row.seats))
        if any(one.category == old for one in row.seats)
        else row
        for row in zone.rows
    )
    areas = tuple(replace(area, category=new) if area.category == old else area for area in zone.areas)
    return replace(zone, rows=rows, areas=areas)


def _require_new(draft: PlanDraft, name: str) -> None:
    if name in draft.category_names():
        raise PlanRefused(f"There is a category “{name}” already.", advice="Choose another name.")


def _require_sound_area(draft: PlanDraft, area: DraftArea) -> None:
    if not 1 <= area.capacity <= MOST_CAPACITY:
        raise PlanRefused(f"An area has room for 1 to {MOST_CAPACITY:,} guests.", advice="Type another number.")
    if area.category not in draft.category_names():
        raise PlanRefused(f"This plan has no category “{area.category}”.", advice="Add it first.")
    if not area.name.strip():
        raise PlanRefused("An area needs a name.", advice="Type one.")
    if area.shape.kind == TEXT_ONLY:
        raise PlanRefused("An area needs an outline.", advice="Draw a rectangle or a circle.")


def _name(text: str, what: str) -> str:
    line = clean_line(text, len(text))
    if not line or len(line) > LONGEST_NAME:
        raise PlanRefused(f"{what} needs a name of at most {LONGEST_NAME} letters.", advice="Type one.")
    return line
