"""What no plan may be: too large, without places, or with places that could not be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.card_numbers import FEWEST_DIGITS, has_card_number, mask_card_numbers
from pos_app.domain.editing import FieldProblems
from pos_app.domain.errors import PosError
from pos_app.domain.sentences import NOTHING, say, say_count
from pos_app.domain.texts import clean_line, name_key
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

    from pos_app.domain.sentences import Sentence


class PlanRefused(PosError):
    """A plan that cannot be stored or edited so; the sentence names the place."""


def require_sound_plan(draft: PlanDraft) -> None:
    """Raise PlanRefused, or FieldRefused for its name, unless the draft can be stored."""
    problems = FieldProblems()
    if not clean_line(draft.name, LONGEST_NAME):
        problems.add("name", say("Type a name for this plan."))
    elif clean_line(draft.name, LONGEST_NAME) != draft.name:
        problems.add("name", say("A name is one line of at most {longest} letters.", longest=LONGEST_NAME))
    problems.refuse_card_numbers(name=draft.name)
    problems.require_none()
    require_size(
        places=draft.place_count,
        zones=len(draft.zones),
        rows=sum(len(zone.rows) for zone in draft.zones),
        categories=len(draft.categories),
    )
    categories = set(draft.category_names())
    if len(set(map(name_key, categories))) != len(draft.categories):
        raise PlanRefused(say("Two categories have the same name."), advice=say("Rename one of them."))
    _require_single_parts(draft)
    area_places = {f"{area.guid}-" for _, area in draft.areas()}
    seen: set[str] = set()
    for zone, row, seat in draft.seats():
        name = zone.name, row.label, seat.number
        if seat.category not in categories:
            raise PlanRefused(
                say(
                    "{place} is of the category “{category}”, which this plan has not.",
                    place=place_name(*name),
                    category=seat.category,
                )
            )
        if seat.guid in seen or not seat.guid:
            raise PlanRefused(
                say("{place} cannot be told from another seat (“{guid}”).", place=place_name(*name), guid=seat.guid)
            )
        if len(seat.guid) > LONGEST_GUID or len(seat.number) > LONGEST_NUMBER:
            raise PlanRefused(
                say("{place} has too long a number or name.", place=place_name(*name)), advice=say("Shorten it.")
            )
        stem, _, number = seat.guid.rpartition("-")
        if area_places and number.isdecimal() and f"{stem}-" in area_places:
            raise PlanRefused(
                say("{place} is called like a place of an area (“{guid}”).", place=place_name(*name), guid=seat.guid)
            )
        seen.add(seat.guid)
    _require_words(draft, categories)
    _require_no_card_numbers(draft)


def require_size(*, places: int, zones: int, rows: int, categories: int) -> None:
    """Raise PlanRefused when a plan is empty, or larger than Foyer can show."""
    if not places:
        raise PlanRefused(say("There are no seats in this plan."), advice=say("Add a row or an area first."))
    too_large = _too_large(places, zones, rows, categories)
    if too_large:
        raise PlanRefused(too_large, advice=say("Cut it into several plans."))


def _too_large(places: int, zones: int, rows: int, categories: int) -> Sentence:
    """Say of what there is more than Foyer can show; nothing for a plan that is not too large."""
    if places > MOST_SEATS:
        return say_count(
            "This plan has {count} place; Foyer takes up to {most}.",
            "This plan has {count} places; Foyer takes up to {most}.",
            places,
            most=MOST_SEATS,
        )
    if zones > MOST_ZONES:
        return say_count(
            "This plan has {count} zone; Foyer takes up to {most}.",
            "This plan has {count} zones; Foyer takes up to {most}.",
            zones,
            most=MOST_ZONES,
        )
    if rows > MOST_ROWS:
        return say_count(
            "This plan has {count} row; Foyer takes up to {most}.",
            "This plan has {count} rows; Foyer takes up to {most}.",
            rows,
            most=MOST_ROWS,
        )
    if categories > MOST_CATEGORIES:
        return say_count(
            "This plan has {count} category; Foyer takes up to {most}.",
            "This plan has {count} categories; Foyer takes up to {most}.",
            categories,
            most=MOST_CATEGORIES,
        )
    return NOTHING


def _require_single_parts(draft: PlanDraft) -> None:
    """Raise PlanRefused when two zones, rows or areas would be stored under one guid, or one under none."""
    guid = _unusable(zone.guid for zone in draft.zones)
    if guid is not None:
        raise PlanRefused(say("Two zones of this plan cannot be told apart (“{guid}”).", guid=guid))
    guid = _unusable(row.guid for zone in draft.zones for row in zone.rows)
    if guid is not None:
        raise PlanRefused(say("Two rows of this plan cannot be told apart (“{guid}”).", guid=guid))
    guid = _unusable(area.guid for _, area in draft.areas())
    if guid is not None:
        raise PlanRefused(say("Two areas of this plan cannot be told apart (“{guid}”).", guid=guid))


def _unusable(guids: Iterable[str]) -> str | None:
    """Return the first guid that is none, too long, or there twice."""
    seen: set[str] = set()
    for guid in guids:
        if not guid or guid in seen or len(guid) > LONGEST_GUID:
            return guid
        seen.add(guid)
    return None


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


def _require_no_card_numbers(draft: PlanDraft) -> None:
    """Raise PlanRefused when a whole card number stands anywhere in what is written on a plan."""
    shapes = [shape for zone in draft.zones for shape in (*zone.scenery, *(area.shape for area in zone.areas))]
    for words in (
        *(category.name for category in draft.categories),
        *(zone.name for zone in draft.zones),
        *(one for zone in draft.zones for row in zone.rows for one in (row.label, row.row_label, row.seat_label)),
        *(area.name for _, area in draft.areas()),
        *(seat.number for _, _, seat in draft.seats() if len(seat.number) >= FEWEST_DIGITS),
        *(shape.text.text for shape in shapes if shape.text is not None),
    ):
        if has_card_number(words):
            raise PlanRefused(
                say("A whole card number stands on this plan: {masked}.", masked=mask_card_numbers(words)[:80]),
                advice=say("Remove it."),
            )
