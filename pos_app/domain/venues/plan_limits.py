"""What no plan may be: too large, without places, or with places that could not be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.editing import FieldProblems
from pos_app.domain.errors import PosError
from pos_app.domain.texts import clean_line
from pos_app.domain.venues.plan_draft import (
    LONGEST_AREA_GUID,
    LONGEST_GUID,
    LONGEST_LABEL,
    LONGEST_NAME,
    LONGEST_NUMBER,
    MOST_CATEGORIES,
    MOST_ROWS,
    MOST_SEATS,
    MOST_ZONES,
    PlanDraft,
    place_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class PlanRefused(PosError):
    """A plan that cannot be stored or edited so; the sentence names the place."""


def require_sound_plan(draft: PlanDraft) -> None:
    """Raise PlanRefused, or FieldRefused for its name, unless the draft can be stored."""
    problems = FieldProblems()
    if not clean_line(draft.name, LONGEST_NAME):
        problems.add("name", "Type a name for this plan.")
    elif clean_line(draft.name, LONGEST_NAME) != draft.name:
        problems.add("name", f"A name is one line of at most {LONGEST_NAME} letters.")
    problems.require_none()
    require_size(
        places=draft.place_count,
        zones=len(draft.zones),
        rows=sum(len(zone.rows) for zone in draft.zones),
        categories=len(draft.categories),
    )
    categories = set(draft.category_names())
    if len(categories) != len(draft.categories):
        raise PlanRefused("Two categories have the same name.", advice="Rename one of them.")
    _require_single((zone.guid for zone in draft.zones), "zones")
    _require_single((row.guid for zone in draft.zones for row in zone.rows), "rows")
    _require_single((area.guid for _, area in draft.areas()), "areas")
    area_places = {f"{area.guid}-" for _, area in draft.areas()}
    seen: set[str] = set()
    for zone, row, seat in draft.seats():
        place = place_name(zone.name, row.label, seat.number)
        if seat.category not in categories:
            raise PlanRefused(f"{place} is of the category “{seat.category}”, which this plan has not.")
        if seat.guid in seen or not seat.guid:
            raise PlanRefused(f"{place} cannot be told from another seat (“{seat.guid}”).")
        if len(seat.guid) > LONGEST_GUID or len(seat.number) > LONGEST_NUMBER:
            raise PlanRefused(f"{place} has too long a number or name.", advice="Shorten it.")
        stem, _, number = seat.guid.rpartition("-")
        if area_places and number.isdecimal() and f"{stem}-" in area_places:
            raise PlanRefused(f"{place} is called like a place of an area (“{seat.guid}”).")
        seen.add(seat.guid)
    _require_words(draft, categories)


def require_size(*, places: int, zones: int, rows: int, categories: int) -> None:
    """Raise PlanRefused when a plan is empty, or larger than Foyer can show."""
    if not places:
        raise PlanRefused("There are no seats in this plan.", advice="Add a row or an area first.")
    for count, most, what in (
        (places, MOST_SEATS, "places"),
        (zones, MOST_ZONES, "zones"),
        (rows, MOST_ROWS, "rows"),
        (categories, MOST_CATEGORIES, "categories"),
    ):
        if count > most:
            raise PlanRefused(
                f"This plan has {count:,} {what}; Foyer takes up to {most:,}.", advice="Cut it into several plans."
            )


def _require_single(guids: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for guid in guids:
        if not guid or guid in seen or len(guid) > LONGEST_GUID:
            raise PlanRefused(f"Two {what} of this plan cannot be told apart (“{guid}”).")
        seen.add(guid)


def _require_words(draft: PlanDraft, categories: set[str]) -> None:
    """Raise PlanRefused when a name would not fit its column."""
    for zone in draft.zones:
        if len(zone.name) > LONGEST_NAME:
            raise PlanRefused(f"The name of the zone “{zone.name[:40]}…” is too long.", advice="Shorten it.")
        for row in zone.rows:
            if len(row.label) > LONGEST_LABEL:
                raise PlanRefused(f"The name of the row “{row.label[:20]}…” is too long.", advice="Shorten it.")
        for area in zone.areas:
            if area.category not in categories:
                raise PlanRefused(f"{area.name} is of the category “{area.category}”, which this plan has not.")
            if area.capacity < 1:
                raise PlanRefused(f"{area.name} has room for nobody.", advice="Type its capacity, or remove it.")
            if len(area.guid) > LONGEST_AREA_GUID or not area.name or len(area.name) > LONGEST_NAME:
                raise PlanRefused(f"The area “{area.name[:40]}” has no name, or too long a one.")
    for category in draft.categories:
        if not category.name or len(category.name) > LONGEST_NAME or len(category.color) > 32:
            raise PlanRefused(f"“{category.name[:40]}” is no name for a category.", advice="Type a short one.")
