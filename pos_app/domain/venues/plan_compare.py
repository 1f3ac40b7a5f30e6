"""What is different between two drafts of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import PlanDraft


def count_changes(before: PlanDraft, wanted: PlanDraft) -> tuple[int, int, int]:
    """Return how many places were added, removed, and changed in any way (name, category, kind, where it stands)."""
    old, new = _places(before), _places(wanted)
    changed = sum(old[guid] != facts for guid, facts in new.items() if guid in old)
    added, removed = len(new.keys() - old.keys()), len(old.keys() - new.keys())
    capacities = {area.guid: area.capacity for _, area in before.areas()}
    for _, area in wanted.areas():
        more = area.capacity - capacities.pop(area.guid, 0)
        added, removed = added + max(more, 0), removed + max(-more, 0)
    return added, removed + sum(capacities.values()), changed


def _places(draft: PlanDraft) -> dict[str, tuple[object, ...]]:
    return {
        seat.guid: (
            zone.name,
            row.label,
            seat.number,
            seat.category,
            seat.kind,
            round(zone.x + row.x + seat.x, 6),
            round(zone.y + row.y + seat.y, 6),
            seat.angle,
        )
        for zone, row, seat in draft.seats()
    }
