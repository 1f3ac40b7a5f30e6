"""What is odd about a plan that could be stored all the same: it is said before, wherever the plan comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.sentences import say
from pos_app.domain.texts import name_key
from pos_app.domain.venues.plan_draft import doubled_places
from pos_app.domain.venues.pretix.notes import Notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.venues.plan_draft import DraftCategory, DraftZone, PlanDraft
    from pos_app.domain.venues.pretix.notes import PlanWarning


def repeated_names(names: Sequence[str]) -> tuple[int, ...]:
    """Return which of these, by place, are called like one before; guests do not tell capitals or spaces apart."""
    seen: set[str] = set()
    found: list[int] = []
    for at, name in enumerate(names):
        told = name_key(name)
        if told in seen:
            found.append(at)
        seen.add(told)
    return tuple(found)


def note_oddities(zones: Sequence[DraftZone], categories: Sequence[DraftCategory], notes: Notes) -> None:
    """Note what guests could not tell apart, and what nobody could buy."""
    for at in repeated_names([zone.name for zone in zones]):
        notes.warn(say("Two zones have the same name"), zones[at].name or say("without a name"))
    for place in doubled_places(zones):
        notes.warn(say("A place is there twice"), place)
    used = {seat.category for zone in zones for _, seat in zone.seats()}
    used.update(area.category for zone in zones for area in zone.areas)
    for category in categories:
        if category.name not in used:
            notes.warn(say("A category has no seats"), category.name)


def oddities(draft: PlanDraft) -> tuple[PlanWarning, ...]:
    """Return what is odd about a plan."""
    notes = Notes()
    note_oddities(draft.zones, draft.categories, notes)
    return notes.warnings()
