from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.venues.plan_draft import DraftZone
from pos_app.domain.venues.plan_geometry import MARGIN, STAGE_AWAY, guess_focus, room_for, settled
from pos_app.domain.venues.plan_shapes import PlanShape, PlanText
from tests.domain.venues.drafts import drawn


def test_a_plan_has_room_for_all_that_is_drawn() -> None:
    draft = drawn()
    bounds = draft.bounds()
    assert bounds is not None
    assert room_for(draft) == (bounds[2] + MARGIN, bounds[3] + MARGIN)
    assert room_for(replace(draft, zones=())) == (2 * MARGIN, 2 * MARGIN)


def test_what_is_drawn_left_of_the_corner_is_moved_into_the_plan_and_nothing_else_changes() -> None:
    draft = drawn()
    away = replace(draft.zones[0], x=draft.zones[0].x - 5000.0)
    moved = settled(replace(draft, zones=(away, *draft.zones[1:])))
    bounds = moved.bounds()
    assert bounds is not None
    assert (bounds[0], bounds[1], moved.focus[1]) == (MARGIN, STAGE_AWAY, 0.0)
    assert moved.width == bounds[2] + MARGIN
    assert moved.zones[1].x - moved.zones[0].x == pytest.approx(draft.zones[1].x - away.x)
    assert moved.focus[0] - moved.zones[1].x == pytest.approx(draft.focus[0] - draft.zones[1].x)


@pytest.mark.parametrize("word", ["Stage", "BÜHNE", "la scène", "Сцена", "Səhnə"])
def test_everybody_looks_at_the_near_edge_of_a_drawn_stage(word: str) -> None:
    draft = drawn()
    stage = PlanShape("rectangle", 100.0, 10.0, width=200.0, height=40.0, text=PlanText(word, 100, 20))
    scene = DraftZone("scene", "Scene", scenery=(stage,))
    assert guess_focus(replace(draft, zones=(*draft.zones, scene))) == (200.0, 50.0)
    behind = replace(scene, y=2000.0)
    assert guess_focus(replace(draft, zones=(*draft.zones, behind))) == (200.0, 2010.0)


def test_without_a_stage_everybody_looks_before_the_first_row() -> None:
    draft = drawn()
    bounds = draft.bounds()
    assert bounds is not None
    assert guess_focus(draft) == ((bounds[0] + bounds[2]) / 2, bounds[1] - STAGE_AWAY)
    assert guess_focus(replace(draft, zones=())) == (0.0, 0.0)
