"""A small hall, drawn, for tests of what is done to a draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.venues.plan_draft import DraftCategory, DraftRow
from pos_app.domain.venues.plan_generator import PlanWish, ZoneWish, generate_plan
from pos_app.domain.venues.plan_shapes import PlanShape

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import PlanDraft


CATEGORIES = (DraftCategory("A", "#111111"), DraftCategory("B", "#222222"))
BOX = PlanShape("rectangle", 0, 0, 0, "", "", 100, 50)


def drawn(*, curvature: float = 0.0, **more: object) -> PlanDraft:
    wish = ZoneWish("Stalls", (4, 5, 6), "A", **more)  # type: ignore[arg-type]  # a few fields of the wish
    return generate_plan(PlanWish("Hall", (wish, ZoneWish("Circle", (3,), "B")), CATEGORIES, curvature))


def numbers(draft: PlanDraft, zone: int = 0) -> list[list[str]]:
    return [[seat.number for seat in row.seats] for row in draft.zones[zone].rows]


def with_row(draft: PlanDraft, row: DraftRow) -> PlanDraft:
    stalls, *others = draft.zones
    return replace(draft, zones=(replace(stalls, rows=(*stalls.rows, row)), *others))
