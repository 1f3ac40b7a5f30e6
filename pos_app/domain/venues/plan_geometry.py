"""Where a plan's middle, edge and stage are, when nobody has said so."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.venues.plan_draft import PlanDraft, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.domain.venues.plan_draft import Point
    from pos_app.domain.venues.plan_shapes import PlanShape

MARGIN: Final = 60.0
STAGE_AWAY: Final = 62.0
"""From the first row to the stage's edge."""
_STAGE_WORDS: Final = re.compile(
    r"stage|b[uü]hne|sc[eèé]n[ea]|escenario|palco scenico|podium|screen|leinwand|pitch|field|s[əe]hn[əe]|сцена|lava\b",
    re.IGNORECASE,
)


def room_for(draft: PlanDraft) -> tuple[float, float]:
    """Return a width and a height in which all that is drawn has room, counted from the plan's corner."""
    bounds = draft.bounds()
    if bounds is None:
        return 2 * MARGIN, 2 * MARGIN
    return rounded(max(bounds[2], 0.0) + MARGIN), rounded(max(bounds[3], 0.0) + MARGIN)


def guess_focus(draft: PlanDraft) -> Point:
    """Return what everybody is likely to look at.

    The edge of a drawn stage that is nearer to the seats, known by its words; else a point before the topmost seat.
    """
    middle = _middle_of_seats(draft)
    for zone, shape in _shapes(draft):
        if shape.text is not None and _STAGE_WORDS.search(shape.text.text):
            xs, ys = zip(*((zone[0] + x, zone[1] + y) for x, y in shape.corners()), strict=True)
            near = max(ys) if middle[1] >= (min(ys) + max(ys)) / 2 else min(ys)
            return rounded((min(xs) + max(xs)) / 2), rounded(near)
    tops = [zone.y + row.y + seat.y for zone, row, seat in draft.seats()]
    if not tops:
        bounds = draft.bounds()
        return (rounded((bounds[0] + bounds[2]) / 2), rounded(bounds[1] - STAGE_AWAY)) if bounds else (0.0, 0.0)
    return middle[0], rounded(max(0.0, min(tops) - STAGE_AWAY) if min(tops) >= 0 else min(tops) - STAGE_AWAY)


def settled(draft: PlanDraft, *, stage_depth: float = 0.0) -> PlanDraft:
    """Return the draft moved so that everything, a stage so deep behind the focal point too, lies within its size."""
    bounds = draft.bounds()
    if bounds is None:
        return draft
    left, top = bounds[0] - MARGIN, min(bounds[1] - MARGIN, draft.focus[1] - stage_depth)
    zones = tuple(
        replace(
            zone,
            x=rounded(zone.x - left),
            y=rounded(zone.y - top),
            label=None if zone.label is None else (rounded(zone.label[0] - left), rounded(zone.label[1] - top)),
        )
        for zone in draft.zones
    )
    focus = rounded(draft.focus[0] - left), rounded(draft.focus[1] - top)
    moved = replace(draft, zones=zones, focus=focus)
    width, height = room_for(moved)
    return replace(moved, width=width, height=height)


def _middle_of_seats(draft: PlanDraft) -> Point:
    spots = [(zone.x + row.x + seat.x, zone.y + row.y + seat.y) for zone, row, seat in draft.seats()]
    if not spots:
        return 0.0, 0.0
    xs, ys = zip(*spots, strict=True)
    return rounded((min(xs) + max(xs)) / 2), rounded((min(ys) + max(ys)) / 2)


def _shapes(draft: PlanDraft) -> Iterator[tuple[Point, PlanShape]]:
    for zone in draft.zones:
        for shape in zone.scenery:
            yield (zone.x, zone.y), shape
