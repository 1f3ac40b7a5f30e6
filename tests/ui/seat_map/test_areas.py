from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from pos_app.ui.seat_map.model.areas import MapAreas
from pos_app.ui.seat_map.model.stage import build_stage
from tests.ui.seat_map import plans
from tests.ui.seat_map.plans import BAR, GALLERY, STANDING, TERRACE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map import SeatMap

    OpenMap = Callable[[SeatPlan], SeatMap]

FREE = {STANDING: 87, TERRACE: 0, GALLERY: 12, BAR: 1}


@pytest.fixture
def mixed_map(open_map: OpenMap) -> SeatMap:
    """A map of rows and areas."""
    seat_map = open_map(plans.mixed())
    seat_map.show_states(plans.counted_states(plans.mixed(), FREE))
    return seat_map


def picture(seat_map: SeatMap) -> QImage:
    return seat_map.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def told(seat_map: SeatMap, area: int) -> str:
    seat_map._focus(seat_map._first_area() + area)
    return seat_map.accessibleDescription()


def focused_area(seat_map: SeatMap) -> int:
    return seat_map._area_of(seat_map._focused)


@pytest.mark.parametrize("area", [STANDING, TERRACE, GALLERY, BAR])
def test_a_click_into_an_area_activates_it(qtbot: QtBot, mixed_map: SeatMap, area: int) -> None:
    with qtbot.waitSignal(mixed_map.area_activated) as activated:
        QTest.mouseClick(mixed_map, Qt.MouseButton.LeftButton, pos=mixed_map.area_spot(area))
    assert [focused_area(mixed_map)] == activated.args == [area]


def test_a_click_beside_all_areas_activates_none(qtbot: QtBot, mixed_map: SeatMap) -> None:
    corner = mixed_map.area_rect(GALLERY).bottomLeft() + QPoint(4, -4)
    with qtbot.assertNotEmitted(mixed_map.area_activated), qtbot.assertNotEmitted(mixed_map.seat_activated):
        QTest.mouseClick(mixed_map, Qt.MouseButton.LeftButton, pos=corner)


def test_a_seat_that_stands_in_an_area_comes_before_it(qtbot: QtBot, open_map: OpenMap) -> None:
    plan = plans.mixed()
    plan.x[0], plan.y[0] = 195.0, 280.0
    seat_map = open_map(plan)
    with qtbot.assertNotEmitted(seat_map.area_activated), qtbot.waitSignal(seat_map.seat_activated) as blocker:
        QTest.mouseClick(seat_map, Qt.MouseButton.LeftButton, pos=seat_map.seat_center(0))
    assert blocker.args == [0]


def test_dragging_from_an_area_pans(qtbot: QtBot, mixed_map: SeatMap) -> None:
    before, spot = mixed_map.seat_center(0), mixed_map.area_spot(STANDING)
    with qtbot.assertNotEmitted(mixed_map.area_activated):
        QTest.mousePress(mixed_map, Qt.MouseButton.LeftButton, pos=spot)
        QTest.mouseMove(mixed_map, spot + QPoint(40, 30))
        QTest.mouseRelease(mixed_map, Qt.MouseButton.LeftButton, pos=spot + QPoint(40, 30))
    assert mixed_map.seat_center(0) == before + QPoint(40, 30)


def test_the_pointer_hovers_areas_and_seats(mixed_map: SeatMap) -> None:
    areas: list[int] = []
    seats: list[int] = []
    mixed_map.seat_hovered.connect(seats.append)
    for spot in (
        mixed_map.area_spot(STANDING),
        mixed_map.area_spot(BAR),
        mixed_map.seat_center(3),
        mixed_map.seat_center(4),
        mixed_map.area_spot(GALLERY),
        QPoint(2, 2),
    ):
        QTest.mouseMove(mixed_map, spot)
        areas.append(mixed_map._area_of(mixed_map._hovered))
    assert areas == [STANDING, BAR, -1, -1, GALLERY, -1]
    assert seats == [3, 4, -1]


def test_an_area_is_told_in_words(mixed_map: SeatMap) -> None:
    assert told(mixed_map, STANDING) == "Standing, Premium, €68.00, 87 places left"
    assert told(mixed_map, TERRACE) == "Terrace with a view of the sea, Category A, €52.00, Sold out"
    assert told(mixed_map, BAR) == "Bar, Category C, €24.00, 1 place left"
    mixed_map.show_states(plans.counted_states(plans.mixed(), FREE, {STANDING: 4}))
    assert told(mixed_map, STANDING) == "Standing, Premium, €68.00, 87 places left, 4 in this basket"


def test_before_any_count_arrives_an_area_has_all_its_places(open_map: OpenMap) -> None:
    assert "120 places left" in told(open_map(plans.mixed()), STANDING)


def test_changes_of_some_areas_leave_the_others(mixed_map: SeatMap) -> None:
    change = replace(plans.changed_states({}), area_free={STANDING: 80}, area_mine={STANDING: 7})
    mixed_map.show_states(change)
    assert "80 places left, 7 in this basket" in told(mixed_map, STANDING)
    assert "12 places left" in told(mixed_map, GALLERY)
    mixed_map.show_states(replace(change, performance_id=2, area_free={STANDING: 3}))
    assert "80 places left" in told(mixed_map, STANDING), "a change of another performance came too late"


def test_every_count_can_be_seen(mixed_map: SeatMap) -> None:
    plan = plans.mixed()
    shots = []
    for free, mine in (
        (FREE, {}),
        ({**FREE, STANDING: 86}, {}),
        ({**FREE, STANDING: 0}, {}),
        (FREE, {STANDING: 1}),
        (FREE, {BAR: 2}),
        ({**FREE, TERRACE: 1}, {}),
    ):
        mixed_map.show_states(plans.counted_states(plan, free, mine))
        shots.append(picture(mixed_map))
    assert not [(a, b) for a in range(len(shots)) for b in range(a) if shots[a] == shots[b]]


@pytest.mark.parametrize("change", [{STANDING: 0}, {TERRACE: 5}, {GALLERY: 3}])
def test_a_change_looks_as_if_all_were_painted_anew(mixed_map: SeatMap, change: dict[int, int]) -> None:
    picture(mixed_map)
    mixed_map.show_states(replace(plans.changed_states({}), area_free=change))
    mended = picture(mixed_map)
    mixed_map._repaint_all()
    assert mended == picture(mixed_map)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_walk_leads_into_areas_and_out_again(qtbot: QtBot, mixed_map: SeatMap, key: Qt.Key) -> None:
    mixed_map.setFocus()
    mixed_map.focus_seat(3 * 14 + 5)
    QTest.keyClick(mixed_map, Qt.Key.Key_Down)
    assert focused_area(mixed_map) == STANDING
    with qtbot.waitSignal(mixed_map.area_activated) as blocker:
        QTest.keyClick(mixed_map, key)
    assert blocker.args == [STANDING]
    QTest.keyClick(mixed_map, Qt.Key.Key_Right)
    assert focused_area(mixed_map) == TERRACE
    QTest.keyClick(mixed_map, Qt.Key.Key_Left)
    with qtbot.waitSignal(mixed_map.seat_focused) as blocker:
        QTest.keyClick(mixed_map, Qt.Key.Key_Up)
    assert 3 * 14 <= blocker.args[0] < 4 * 14


def test_the_walk_reaches_everything(mixed_map: SeatMap) -> None:
    from pos_app.ui.seat_map.model.walk import first_spot, next_spot

    plan = plans.mixed()
    grounds = [drawn.bounds for drawn in MapAreas(plan).drawn]
    waiting, reached = [first_spot(plan, grounds)], set[int]()
    while waiting:
        spot = waiting.pop()
        if spot < 0 or spot in reached:
            continue
        reached.add(spot)
        waiting += [next_spot(plan, grounds, spot, dx, dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    assert reached == set(range(len(plan.x) + 4))


def test_a_house_without_seats_has_a_stage_and_can_be_walked(qtbot: QtBot, open_map: OpenMap) -> None:
    seat_map = open_map(plans.only_standing())
    assert seat_map._shown_scene().scenery.stage is not None
    seat_map.setFocus()
    QTest.keyClick(seat_map, Qt.Key.Key_Down)
    assert focused_area(seat_map) == 0
    assert seat_map.rect().contains(seat_map.area_rect(0))


def test_a_finger_takes_an_area_at_once_and_comes_nearer_to_a_small_one(qtbot: QtBot, mixed_map: SeatMap) -> None:
    mixed_map.resize(520, 400)
    for _ in range(2):
        mixed_map.zoom_out()
    mixed_map._on_zoom_rested()
    assert mixed_map.area_rect(BAR).height() < 44 < mixed_map.area_rect(STANDING).height()
    with qtbot.waitSignal(mixed_map.area_activated):
        mixed_map._tap(QPointF(mixed_map.area_spot(STANDING)))
    before = mixed_map._view.scale
    with qtbot.assertNotEmitted(mixed_map.area_activated):
        mixed_map._tap(QPointF(mixed_map.area_spot(BAR)))
    assert mixed_map._view.scale > before


def test_the_zone_of_areas_is_shown_as_large_as_it_can_be(mixed_map: SeatMap) -> None:
    mixed_map.zoom_to_zone(1)
    seen = [mixed_map.area_rect(area) for area in (STANDING, TERRACE, GALLERY, BAR)]
    assert all(mixed_map.rect().contains(rect) for rect in seen)


def test_words_stay_in_sight_while_their_area_does(mixed_map: SeatMap) -> None:
    """Of an area that fills the window, only the middle is far away."""
    mixed_map._zoom(4.0, QPointF(mixed_map.area_rect(STANDING).topLeft() + QPoint(60, 60)))
    mixed_map._on_zoom_rested()
    with_words = picture(mixed_map)
    mixed_map.show_states(plans.counted_states(plans.mixed(), {**FREE, STANDING: 5}))
    assert picture(mixed_map) != with_words


def test_words_have_room_within_their_area() -> None:
    areas = MapAreas(plans.mixed())
    for drawn in areas.drawn:
        words = drawn.words
        assert min(words.width(), words.height()) > 20
        inside = [(x, y) for x in np.linspace(0.02, 0.98, 9) for y in np.linspace(0.02, 0.98, 9)]
        points = [QPointF(words.left() + x * words.width(), words.top() + y * words.height()) for x, y in inside]
        assert all(drawn.path.contains(point) for point in points)


def test_a_stage_between_the_ends_of_a_horseshoe_covers_nobody() -> None:
    from pos_app.demo.arena import draw_arena

    drawn = draw_arena()
    plan = replace(
        plans.room(),
        focal_x=drawn.focus.x,
        focal_y=drawn.focus.y,
        x=np.array([seat.spot.x for seat in drawn.seats]),
        y=np.array([seat.spot.y for seat in drawn.seats]),
        angle=np.array([seat.spot.angle for seat in drawn.seats], np.float32),
    )
    stage = build_stage(plan)
    assert stage is not None
    assert stage.path.boundingRect().width() > 400
    assert not [1 for x, y in zip(plan.x, plan.y, strict=True) if stage.path.contains(QPointF(x, y))]
    floor = QRectF(stage.path.boundingRect())
    assert floor.bottom() <= min(y for _, y in drawn.areas[0].shape.outline())
