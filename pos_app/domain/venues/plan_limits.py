"""What no plan may be: too large, without places, or with places that could not be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.editing import FieldProblems
from pos_app.domain.errors import PosError
from pos_app.domain.sentences import say
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
        problems.add("name", say("Type a name for this plan."))
    elif clean_line(draft.name, LONGEST_NAME) != draft.name:
        problems.add("name", say("A name is one line of at most {longest_name} letters.", longest_name=LONGEST_NAME))
    problems.require_none()
    require_size(
        places=draft.place_count,
        zones=len(draft.zones),
        rows=sum(len(zone.rows) for zone in draft.zones),
        categories=len(draft.categories),
    )
    categories = set(draft.category_names())
    if len(categories) != len(draft.categories):
        raise PlanRefused(say("Two categories have the same name."), advice=say("Rename one of them."))
    _require_single((zone.guid for zone in draft.zones), "zones")
    _require_single((row.guid for zone in draft.zones for row in zone.rows), "rows")
    _require_single((area.guid for _, area in draft.areas()), "areas")
    area_places = {f"{area.guid}-" for _, area in draft.areas()}
    seen: set[str] = set()
    for zone, row, seat in draft.seats():
        place = place_name(zone.name, row.label, seat.number)
        if seat.category not in categories:
            raise PlanRefused(
                say(
                    "{place} is of the category “{category}”, which this plan has not.",
                    place=place,
                    category=seat.category,
                )
            )
        if seat.guid in seen or not seat.guid:
            raise PlanRefused(say("{place} cannot be told from another seat (“{guid}”).", place=place, guid=seat.guid))
        if len(seat.guid) > LONGEST_GUID or len(seat.number) > LONGEST_NUMBER:
            raise PlanRefused(say("{place} has too long a number or name.", place=place), advice=say("Shorten it."))
        stem, _, number = seat.guid.rpartition("-")
        if area_places and number.isdecimal() and f"{stem}-" in area_places:
            raise PlanRefused(say("{place} is called like a place of an area (“{guid}”).", place=place, guid=seat.guid))
        seen.add(seat.guid)
    _require_words(draft, categories)


def require_size(*, places: int, zones: int, rows: int, categories: int) -> None:
    """Raise PlanRefused when a plan is empty, or larger than Foyer can show."""
    if not places:
        raise PlanRefused(say("There are no seats in this plan."), advice=say("Add a row or an area first."))
    for count, most, what in (
        (places, MOST_SEATS, "places"),
        (zones, MOST_ZONES, "zones"),
        (rows, MOST_ROWS, "rows"),
        (categories, MOST_CATEGORIES, "categories"),
    ):
        if count > most:
            raise PlanRefused(
                say("This plan has {count} {what}; Foyer takes up to {most}.", count=count, what=what, most=most),
                advice=say("Cut it into several plans."),
            )


def _require_single(guids: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for guid in guids:
        if not guid or guid in seen or len(guid) > LONGEST_GUID:
            raise PlanRefused(say("Two {what} of this plan cannot be told apart (“{guid}”).", what=what, guid=guid))
        seen.add(guid)


def _require_words(draft: PlanDraft, categories: set[str]) -> None:
    """Raise PlanRefused when a name would not fit its column."""
    for zone in draft.zones:
        if len(zone.name) > LONGEST_NAME:
            raise PlanRefused(
                say("The name of the zone “{zone}…” is too long.", zone=zone.name[:40]), advice=say("Shorten it.")
            )
        for row in zone.rows:
            if len(row.label) > LONGEST_LABEL:
                raise PlanRefused(
                    say("The name of the row “{label}…” is too long.", label=row.label[:20]), advice=say("Shorten it.")
                )
        for area in zone.areas:
            if area.category not in categories:
                raise PlanRefused(
                    say(
                        "{area} is of the category “{category}”, which this plan has not.",
                        area=area.name,
                        category=area.category,
                    )
                )
            if area.capacity < 1:
                raise PlanRefused(
                    say("{area} has room for nobody.", area=area.name), advice=say("Type its capacity, or remove it.")
                )
            if len(area.guid) > LONGEST_AREA_GUID or not area.name or len(area.name) > LONGEST_NAME:
                raise PlanRefused(say("The area “{area}” has no name, or too long a one.", area=area.name[:40]))
    for category in draft.categories:
        if not category.name or len(category.name) > LONGEST_NAME or len(category.color) > 32:
            raise PlanRefused(
                say("“{category}” is no name for a category.", category=category.name[:40]),
                advice=say("Type a short one."),
            )
