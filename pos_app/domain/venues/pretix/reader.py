"""Importing a seating plan: the pretix seating-plan JSON, the one of today and the older variant still around.

    root      name*, zones*, categories*, size{width, height}
    zone      name, zone_id, uuid, position*, rows*, areas              (older: displayed)
    row       row_number*, row_label, seat_label, uuid, row_number_position, position, seats*
                                                                        (older: number_of_seats, seats_spacing)
    seat      seat_guid*, seat_number*, category*, position*, uuid, start_direction, radius
    category  name*, color*

Whatever is odd is read as well as it can be, with a warning that names the place. Refused is only what nobody could be
seated by: no JSON, no seats, a seat_guid twice, a category that is not there, too large a file.

What Foyer knows and the format does not is written under keys of Foyer's own, only where it is not the usual: root
foyer_focal_point {x, y}; zone foyer_label {x, y}; seat foyer_kind (wheelchair, companion, restricted) and foyer_angle;
and general admission as an area with foyer_capacity, foyer_category and foyer_name. `wheelchair: true` on a seat, which
some editors write, is understood too. An area without a capacity is scenery.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.bounded_json import JsonBounds, JsonRefused, read_bounded_json
from pos_app.domain.errors import PosError
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.domain.venues.plan_draft import LONGEST_NAME, DraftCategory, PlanDraft
from pos_app.domain.venues.plan_geometry import guess_focus, room_for
from pos_app.domain.venues.plan_limits import require_size
from pos_app.domain.venues.pretix.notes import Notes, PlanFileRefused
from pos_app.domain.venues.pretix.oddities import note_oddities
from pos_app.domain.venues.pretix.zones import ZoneReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos_app.domain.venues.plan_draft import Point
    from pos_app.domain.venues.pretix.notes import PlanWarning

MOST_BYTES: Final = 48 * 1024 * 1024
_BOUNDS: Final = JsonBounds(MOST_BYTES, most_holders=600_000, most_values=2_000_000, longest_text=20_000)
"""Twice what a plan of MOST_SEATS with everything that the format knows holds."""
_LONGEST_KEY: Final = 40
_ROOT: Final = ("name", "zones", "categories", "size", "foyer_focal_point")
_SPARE_COLORS: Final = ("#4f7cff", "#13856e", "#e58bb1", "#45259b", "#b8860b", "#2c73dc", "#a0522d", "#5f9ea0")


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan as it was read, and what was odd about the file."""

    draft: PlanDraft
    warnings: tuple[PlanWarning, ...]


def read_plan(content: bytes, *, name: str = "") -> ReadPlan:
    """Read a file; name: for a plan that has none. Raises PlanFileRefused with a sentence that names the place."""
    notes = Notes()
    root = _parse(content, notes)
    notes.unknown_keys(root, _ROOT, say("The plan"), "")
    if not isinstance(root.get("zones"), list):
        raise PlanFileRefused(
            say("This is no seating plan: it has no list of zones."), advice=say("Choose another file.")
        )
    # Before they are read: a file of a million zones would be read for a minute, and refused then.
    _require_size(zones=len(root["zones"]))
    title = notes.text(root, "name", say("the plan"), LONGEST_NAME) or name or "Seating plan"
    categories = _categories(root, notes)
    reader = ZoneReader(notes, frozenset(category.name for category in categories))
    zones = reader.read(root["zones"])
    places = sum(len(row.seats) for zone in zones for row in zone.rows)
    places += sum(area.capacity for zone in zones for area in zone.areas)
    if not places:
        raise PlanFileRefused(say("There are no seats in this file."), advice=say("Choose another one."))
    _require_size(
        places=places, zones=len(zones), rows=sum(len(zone.rows) for zone in zones), categories=len(categories)
    )
    note_oddities(zones, categories, notes)
    draft = PlanDraft(title, 0.0, 0.0, (0.0, 0.0), categories, zones)
    width, height = _size(root, draft, notes)
    draft = PlanDraft(title, width, height, (0.0, 0.0), categories, zones)
    focus = _focus(root, draft, notes)
    return ReadPlan(PlanDraft(title, width, height, focus, categories, zones), notes.warnings())


def _parse(content: bytes, notes: Notes) -> Mapping[str, Any]:
    try:
        found = read_bounded_json(content, _BOUNDS)
    except JsonRefused as refused:
        advice = (
            say("A plan of 60,000 seats is not.")
            if len(content) > MOST_BYTES
            else say("Choose the file that the plan editor saved.")
        )
        raise PlanFileRefused(refused.message, advice=advice) from None
    for key in found.doubled:
        line = clean_line(key[:_LONGEST_KEY], _LONGEST_KEY)
        notes.warn(say("“{key}” is there twice in one object, and the last was taken", key=line), "")
    if not isinstance(found.value, dict):
        raise PlanFileRefused(
            say("This is no seating plan: it has no list of zones."), advice=say("Choose another file.")
        )
    return found.value


def _require_size(*, zones: int = 0, categories: int = 0, rows: int = 0, places: int = 1) -> None:
    try:
        require_size(places=places, zones=zones, rows=rows, categories=categories)
    except PosError as refused:
        raise PlanFileRefused(refused.message, advice=say("Choose another one.")) from None


def _categories(root: Mapping[str, Any], notes: Notes) -> tuple[DraftCategory, ...]:
    found: dict[str, DraftCategory] = {}
    entries = notes.items(root, "categories", say("the plan"))
    _require_size(categories=len(entries))
    for turn, entry in enumerate(entries):
        category = notes.object(entry, say("A category"), say("the plan"))
        if category is None:
            continue
        notes.unknown_keys(category, ("name", "color"), say("A category"), say("the categories"))
        name = notes.text(category, "name", say("the categories"), LONGEST_NAME)
        if not name:
            continue
        if name in found:
            notes.warn(say("A category is there twice"), name)
            continue
        spare = _SPARE_COLORS[turn % len(_SPARE_COLORS)]
        color = notes.color(category, "color", name)
        if not color:
            notes.warn(say("A category has no colour and was given one"), name)
        found[name] = DraftCategory(name, color or spare)
    return tuple(found.values())


def _size(root: Mapping[str, Any], draft: PlanDraft, notes: Notes) -> tuple[float, float]:
    """Return the size of the file, or one that everything has room in."""
    stated = root.get("size")
    room = room_for(draft)
    if not isinstance(stated, dict):
        notes.warn(say("The plan has no size; it was measured"), "")
        return room
    notes.unknown_keys(stated, ("width", "height"), say("The size"), say("the plan"))
    width = notes.number(stated.get("width"), 0.0, say("The width of the plan"), "")
    height = notes.number(stated.get("height"), 0.0, say("The height of the plan"), "")
    if width <= 0 or height <= 0:
        notes.warn(say("The plan has no size; it was measured"), "")
        return room
    bounds = draft.bounds()
    if bounds is not None and (bounds[0] < 0 or bounds[1] < 0 or bounds[2] > width or bounds[3] > height):
        notes.warn(say("Something is drawn outside of the plan"), "")
    return width, height


def _focus(root: Mapping[str, Any], draft: PlanDraft, notes: Notes) -> Point:
    stated = root.get("foyer_focal_point")
    if isinstance(stated, dict):
        x = notes.number(stated.get("x"), 0.0, say("The focal point"), "")
        return x, notes.number(stated.get("y"), 0.0, say("The focal point"), "")
    return guess_focus(draft)
