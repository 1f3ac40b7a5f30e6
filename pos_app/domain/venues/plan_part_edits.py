"""Edits of what is no seat: categories, areas, the focal point. Each returns another draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line, name_key
from pos_app.domain.venues.plan_draft import (
    LONGEST_GUID,
    LONGEST_NAME,
    MOST_CAPACITY,
    DraftCategory,
    rounded,
)
from pos_app.domain.venues.plan_limits import PlanRefused
from pos_app.domain.venues.plan_shapes import TEXT_ONLY

if TYPE_CHECKING:
    from collections.abc import Collection

    from pos_app.domain.venues.plan_draft import DraftArea, DraftZone, PlanDraft, Point

_LONGEST_COLOR: Final = 32


def set_focus(draft: PlanDraft, focus: Point) -> PlanDraft:
    """Say what everybody looks at."""
    return replace(draft, focus=(rounded(focus[0]), rounded(focus[1])))


def add_category(draft: PlanDraft, name: str, color: str) -> PlanDraft:
    """Add a category at the end. Raises PlanRefused when there is one of this name."""
    line = _category_name(name)
    _require_new(draft, line)
    return replace(draft, categories=(*draft.categories, DraftCategory(line, color[:_LONGEST_COLOR])))


def edit_category(draft: PlanDraft, name: str, *, new_name: str, color: str) -> PlanDraft:
    """Rename or recolour a category; its seats and areas go with it. Raises PlanRefused for a name that is taken."""
    line = _category_name(new_name)
    if line != name:
        _require_new(draft, line, instead_of=name)
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
        raise PlanRefused(
            say("There are places of “{name}”.", name=name), advice=say("Choose the category that they go to.")
        )
    zones = tuple(_in_category(zone, name, seats_to) for zone in draft.zones) if used else draft.zones
    return replace(draft, categories=others, zones=zones)


def put_area(draft: PlanDraft, zone_guid: str, area: DraftArea) -> PlanDraft:
    """Add an area of general admission to a zone, or change the one of its guid. Raises PlanRefused."""
    _require_sound_area(draft, area)
    name = clean_line(area.name, len(area.name))
    whole = replace(area, name=name, shape=replace(area.shape, guid=area.guid))

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


def _require_new(draft: PlanDraft, name: str, *, instead_of: str = "") -> None:
    if name_key(name) in {name_key(one) for one in draft.category_names() if one != instead_of}:
        raise PlanRefused(say("There is a category “{name}” already.", name=name), advice=say("Choose another name."))


def _require_sound_area(draft: PlanDraft, area: DraftArea) -> None:
    if not 1 <= area.capacity <= MOST_CAPACITY:
        raise PlanRefused(
            say("An area has room for 1 to {most} guests.", most=MOST_CAPACITY),
            advice=say("Type another number."),
        )
    if area.category not in draft.category_names():
        raise PlanRefused(
            say("This plan has no category “{category}”.", category=area.category), advice=say("Add it first.")
        )
    if not clean_line(area.name, len(area.name)):
        raise PlanRefused(say("An area needs a name."), advice=say("Type one."))
    if area.shape.kind == TEXT_ONLY:
        raise PlanRefused(say("An area needs an outline."), advice=say("Draw a rectangle or a circle."))


def _category_name(text: str) -> str:
    line = clean_line(text, len(text))
    if not line or len(line) > LONGEST_NAME:
        raise PlanRefused(
            say("A category needs a name of at most {longest} letters.", longest=LONGEST_NAME),
            advice=say("Type one."),
        )
    return line
