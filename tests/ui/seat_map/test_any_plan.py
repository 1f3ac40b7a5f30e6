from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from pos_app.ui.seat_map.model.scenery import LETTER, Scenery, build_scenery
from pos_app.ui.seat_map.model.seat_index import SeatIndex
from tests.ui.seat_map import plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map import SeatMap

    OpenMap = Callable[[SeatPlan], SeatMap]


def scenery_of(plan: SeatPlan) -> Scenery:
    return build_scenery(plan, SeatIndex(plan.x, plan.y))


def test_the_theatre_has_about_1400_seats() -> None:
    assert 1300 < len(plans.theatre().seat_id) < 1500


def test_each_block_of_a_theatre_stands_on_one_ground_of_its_own() -> None:
    assert len(scenery_of(plans.theatre()).blocks) == 14


@pytest.mark.parametrize("plan", [plans.theatre(), plans.room(), plans.stadium(6_000)])
def test_every_seat_stands_on_a_block(plan: SeatPlan) -> None:
    blocks = scenery_of(plan).blocks
    for x, y in zip(plan.x.tolist(), plan.y.tolist(), strict=True):
        near = (block for block in blocks if block.bounds.contains(x, y))
        # Seats on the border of the outline stand on the broad pen that draws it.
        assert any(
            block.path.contains(QPointF(x + dx, y + dy)) for block in near for dx in (0, 14, -14) for dy in (0, 14, -14)
        )


def test_the_rows_of_an_arena_leave_its_middle_open() -> None:
    scenery = scenery_of(plans.arena())
    assert not any(block.path.contains(QPointF(500, 500)) for block in scenery.blocks)
    assert scenery.stage is not None
    assert scenery.stage.path.contains(QPointF(500, 500))


@pytest.mark.parametrize("name", ["theatre", "room", "arena", "stadium"])
def test_no_seat_stands_on_the_stage(name: str) -> None:
    plan: SeatPlan = getattr(plans, name)()
    stage = scenery_of(plan).stage
    assert stage is not None
    box = stage.path.boundingRect()
    seats = zip(plan.x.tolist(), plan.y.tolist(), strict=True)
    assert not [1 for x, y in seats if box.contains(x, y) and stage.path.contains(QPointF(x, y))]


def test_a_stage_at_the_bottom_of_the_plan_is_drawn_below_the_seats() -> None:
    draft = plans.PlanDraft()
    zone = draft.zone("Stalls", 100, 20)
    draft.row(zone, "A", [(40 + i * 23, 100, 180.0) for i in range(8)], 0)
    stage = scenery_of(draft.plan(120, 160)).stage
    assert stage is not None
    assert stage.path.boundingRect().top() == pytest.approx(160)


def test_row_letters_stand_at_free_ends_only() -> None:
    plan = plans.theatre()
    letters = scenery_of(plan).row_letters
    assert {letter.text for letter in letters} == set(plan.row_labels) - {""}
    nearest = [float(np.hypot(plan.x - letter.x, plan.y - letter.y).min()) for letter in letters]
    assert min(nearest) > 25


def test_a_row_of_one_seat_has_letters_on_both_sides() -> None:
    draft = plans.PlanDraft()
    zone = draft.zone("Balcony", 0, 0)
    draft.row(zone, "A", [(100.0, 100.0, 0.0)], 0)
    letters = scenery_of(draft.plan(100, 20)).row_letters
    assert sorted((letter.x, letter.y) for letter in letters) == [(70.0, 100.0), (130.0, 100.0)]


def test_row_letters_at_the_edge_of_a_plan_have_their_room() -> None:
    draft = plans.PlanDraft()
    draft.row(draft.zone("Floor", 0, 0), "A", [(100.0 + 23.0 * at, 100.0, 0.0) for at in range(30)], 0)
    scenery = scenery_of(draft.plan(430, 20))
    inside = scenery.bounds.adjusted(LETTER, LETTER, -LETTER, -LETTER)
    assert len(scenery.row_letters) == 2
    assert all(inside.contains(letter.x, letter.y) for letter in scenery.row_letters)


def test_everything_drawn_lies_within_the_bounds() -> None:
    for plan in (plans.theatre(), plans.arena(), plans.room(), plans.empty()):
        scenery = scenery_of(plan)
        assert all(scenery.bounds.contains(x, y) for x, y in zip(plan.x.tolist(), plan.y.tolist(), strict=True))
        assert all(scenery.bounds.contains(name.x, name.y) for name in scenery.zone_names)


def test_a_plan_without_seats_is_shown_and_walked_without_harm(qtbot: QtBot, open_map: OpenMap) -> None:
    seat_map = open_map(plans.empty())
    with qtbot.assertNotEmitted(seat_map.seat_focused), qtbot.assertNotEmitted(seat_map.seat_activated):
        QTest.keyClick(seat_map, Qt.Key.Key_Down)
        QTest.mouseClick(seat_map, Qt.MouseButton.LeftButton, pos=seat_map.rect().center())
    seat_map.zoom_to_zone(0)
    assert not seat_map.grab().isNull()


@pytest.mark.parametrize("zone", ["יציע", "المدرج الشرقي", "二階席", "Balkon İı", "🎭", ""])
def test_zone_names_in_any_script_are_painted_and_said(open_map: OpenMap, zone: str) -> None:
    seat_map = open_map(plans.room(zone=zone))
    seat_map.focus_seat(0)
    seat_map._set_hovered(0)
    assert not seat_map.grab().isNull()
    assert seat_map.accessibleDescription().startswith(f"{zone}, row A" if zone else "row A")


def test_a_seat_is_a_seat_in_every_part_of_a_large_house(open_map: OpenMap) -> None:
    plan = plans.stadium()
    assert len(plan.seat_id) == 60_000
    seat_map = open_map(plan)
    for index in (0, 29_999, 59_999):
        seat_map.focus_seat(index)
        assert seat_map.seat_at(QPointF(seat_map.seat_center(index))) == index
    assert not seat_map.grab().isNull()


def test_a_house_numbered_through_does_not_fill_the_memory(open_map: OpenMap) -> None:
    draft = plans.PlanDraft()
    zone = draft.zone("Field", 0, -60)
    for row in range(100):
        draft.row(zone, str(row), [(i * 23.0, row * 23.0, 0.0) for i in range(100)], 0, first=row * 100 + 1)
    seat_map = open_map(draft.plan(1150, -100))
    seat_map._zoom(1.0 / seat_map._view.scale, QPointF(400, 300))
    seat_map._on_zoom_rested()
    for _ in range(60):
        seat_map._pan(-37, -31)
        seat_map.grab()
    labels = seat_map._shown_scene()._seats._labels
    assert labels is not None
    assert labels._used <= 6000
