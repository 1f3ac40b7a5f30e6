from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.seats import MapState
from tests.ui.seat_map import plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map import SeatMap

    OpenMap = Callable[[SeatPlan], SeatMap]

LEFT = Qt.MouseButton.LeftButton
FLOOR = QPoint(12, 590)


def drag(seat_map: SeatMap, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT, *, shift: bool = False) -> None:
    """Press, move and release; QTest.mouseMove tells of no pressed button."""
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    none = Qt.MouseButton.NoButton
    for kind, at, changed, held in (
        (QEvent.Type.MouseButtonPress, start, button, button),
        (QEvent.Type.MouseMove, (start + end) / 2, none, button),
        (QEvent.Type.MouseMove, end, none, button),
        (QEvent.Type.MouseButtonRelease, end, button, none),
    ):
        point = QPointF(at)
        QApplication.sendEvent(
            seat_map, QMouseEvent(kind, point, QPointF(seat_map.mapToGlobal(at)), changed, held, keys)
        )


@pytest.mark.parametrize("index", [0, 5, 13, 23])
def test_a_click_names_the_seat_under_it(qtbot: QtBot, seat_map: SeatMap, index: int) -> None:
    with qtbot.waitSignal(seat_map.seat_activated) as activated:
        QTest.mouseClick(seat_map, LEFT, pos=seat_map.seat_center(index))
    assert activated.args == [index]


def test_every_seat_of_a_theatre_is_found_where_it_is_painted(open_map: OpenMap) -> None:
    plan = plans.theatre()
    seat_map = open_map(plan)
    seat_map.zoom_in()
    found = [seat_map.seat_at(QPointF(seat_map.seat_center(i))) for i in range(len(plan.seat_id))]
    assert found == list(range(len(plan.seat_id)))


def test_a_click_beside_the_seats_takes_none(qtbot: QtBot, seat_map: SeatMap) -> None:
    with qtbot.assertNotEmitted(seat_map.seat_activated):
        QTest.mouseClick(seat_map, LEFT, pos=FLOOR)


def test_the_right_button_takes_no_seat(qtbot: QtBot, seat_map: SeatMap) -> None:
    with qtbot.assertNotEmitted(seat_map.seat_activated):
        QTest.mouseClick(seat_map, Qt.MouseButton.RightButton, pos=seat_map.seat_center(3))


def test_a_trembling_hand_still_clicks(qtbot: QtBot, seat_map: SeatMap) -> None:
    with qtbot.waitSignal(seat_map.seat_activated) as activated:
        drag(seat_map, seat_map.seat_center(2), seat_map.seat_center(2) + QPoint(3, 3))
    assert activated.args == [2]


def test_a_drag_from_a_seat_names_the_free_seats_in_the_band(qtbot: QtBot, seat_map: SeatMap) -> None:
    seat_map.show_states(plans.changed_states({1: MapState.SOLD, 7: MapState.MINE}))
    with qtbot.waitSignal(seat_map.seats_dragged) as dragged, qtbot.assertNotEmitted(seat_map.seat_activated):
        drag(seat_map, seat_map.seat_center(0) - QPoint(4, 4), seat_map.seat_center(8) + QPoint(4, 4))
    assert dragged.args == [[0, 2, 6, 8]]


def test_a_drag_over_taken_seats_names_none(qtbot: QtBot, seat_map: SeatMap) -> None:
    seat_map.show_states(plans.changed_states({0: MapState.SOLD, 1: MapState.SOLD}))
    with qtbot.assertNotEmitted(seat_map.seats_dragged):
        drag(seat_map, seat_map.seat_center(0), seat_map.seat_center(1))


def test_a_drag_from_the_floor_pans_and_names_none(qtbot: QtBot, seat_map: SeatMap) -> None:
    before = seat_map.seat_center(0)
    with qtbot.assertNotEmitted(seat_map.seats_dragged):
        drag(seat_map, FLOOR, FLOOR + QPoint(60, -40))
    assert seat_map.seat_center(0) == before + QPoint(60, -40)


def test_with_shift_a_drag_from_the_floor_draws_a_band(qtbot: QtBot, seat_map: SeatMap) -> None:
    before = seat_map.seat_center(0)
    with qtbot.waitSignal(seat_map.seats_dragged) as dragged:
        drag(seat_map, FLOOR, seat_map.seat_center(19) + QPoint(5, -5), shift=True)
    assert dragged.args == [[18, 19]]
    assert seat_map.seat_center(0) == before


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton])
def test_other_buttons_pan_from_a_seat_too(qtbot: QtBot, seat_map: SeatMap, button: Qt.MouseButton) -> None:
    before = seat_map.seat_center(0)
    with qtbot.assertNotEmitted(seat_map.seats_dragged):
        drag(seat_map, seat_map.seat_center(8), seat_map.seat_center(8) + QPoint(30, 20), button)
    assert seat_map.seat_center(0) == before + QPoint(30, 20)


def test_nobody_pans_the_house_out_of_sight(seat_map: SeatMap) -> None:
    for _ in range(20):
        drag(seat_map, FLOOR, FLOOR + QPoint(700, -500))
    assert seat_map.rect().adjusted(-400, -300, 400, 300).contains(seat_map.seat_center(0))


def test_hovering_names_the_seat_and_leaving_names_none(qtbot: QtBot, seat_map: SeatMap) -> None:
    with qtbot.waitSignal(seat_map.seat_hovered) as hovered:
        QTest.mouseMove(seat_map, seat_map.seat_center(9))
    assert hovered.args == [9]
    with qtbot.waitSignal(seat_map.seat_hovered) as hovered:
        QApplication.sendEvent(seat_map, QEvent(QEvent.Type.Leave))
    assert hovered.args == [-1]


def test_arrows_walk_and_enter_takes(qtbot: QtBot, seat_map: SeatMap) -> None:
    seat_map.focus_seat(7)
    walked: list[int] = []
    seat_map.seat_focused.connect(walked.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(seat_map, key)
    assert walked == [8, 14, 13, 7]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        with qtbot.waitSignal(seat_map.seat_activated) as activated:
            QTest.keyClick(seat_map, key)
        assert activated.args == [7]


def test_the_walk_begins_at_the_stage_and_ends_at_the_wall(qtbot: QtBot, seat_map: SeatMap) -> None:
    with qtbot.waitSignal(seat_map.seat_focused) as focused:
        QTest.keyClick(seat_map, Qt.Key.Key_Down)
    assert focused.args in ([2], [3])
    with qtbot.assertNotEmitted(seat_map.seat_focused):
        QTest.keyClick(seat_map, Qt.Key.Key_Up)


def test_the_arrows_reach_every_seat_of_a_theatre(open_map: OpenMap) -> None:
    from pos_app.ui.seat_map.model.walk import first_spot, next_spot

    plan = plans.theatre()
    waiting, reached = [first_spot(plan, ())], set[int]()
    while waiting:
        seat = waiting.pop()
        if seat in reached or seat < 0:
            continue
        reached.add(seat)
        waiting += [next_spot(plan, (), seat, dx, dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    assert len(reached) == len(plan.seat_id)


def test_the_walk_brings_a_seat_into_sight(seat_map: SeatMap) -> None:
    for _ in range(6):
        seat_map.zoom_in()
    seat_map.focus_seat(0)
    assert seat_map.rect().contains(seat_map.seat_center(0))
    seat_map.focus_seat(23)
    assert seat_map.rect().contains(seat_map.seat_center(23))


def test_plus_and_minus_zoom_and_zero_fits(qtbot: QtBot, open_map: OpenMap) -> None:
    seat_map = open_map(plans.theatre())

    def width() -> int:
        return seat_map.seat_center(8).x() - seat_map.seat_center(0).x()

    fitted = width()
    QTest.keyClick(seat_map, Qt.Key.Key_Plus)
    assert width() > fitted * 1.2
    QTest.keyClick(seat_map, Qt.Key.Key_Minus)
    QTest.keyClick(seat_map, Qt.Key.Key_Minus)
    assert width() < fitted
    QTest.keyClick(seat_map, Qt.Key.Key_0)
    assert width() == fitted


def test_other_keys_are_left_to_the_window(qtbot: QtBot, seat_map: SeatMap) -> None:
    with qtbot.assertNotEmitted(seat_map.seat_activated):
        QTest.keyClick(seat_map, Qt.Key.Key_Return)  # no seat has been walked to
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(seat_map, key)
    assert not key.isAccepted()


def test_the_wheel_zooms_around_the_pointer(seat_map: SeatMap) -> None:
    before = seat_map.seat_center(14)
    QTest.wheelEvent(seat_map.windowHandle(), QPointF(before), QPoint(0, 120))
    assert (seat_map.seat_center(14) - before).manhattanLength() <= 2
    assert seat_map.seat_center(0) != before


def test_a_zone_is_zoomed_to(open_map: OpenMap) -> None:
    plan = plans.theatre()
    seat_map = open_map(plan)
    seat_map.zoom_to_zone(6)
    seats = [i for i in range(len(plan.seat_id)) if int(plan.zone[i]) == 6]
    assert all(seat_map.rect().contains(seat_map.seat_center(i)) for i in seats)
    assert not seat_map.rect().contains(seat_map.seat_center(0))


def test_what_the_focused_seat_is_is_said_in_words(open_map: OpenMap) -> None:
    plan = plans.theatre()
    seat_map = open_map(plan)
    index = next(i for i in range(len(plan.seat_id)) if plan.kind[i] == 1)
    seat_map.focus_seat(index)
    said = seat_map.accessibleDescription()
    assert said == "Stalls centre, row T, seat 16, Wheelchair place, Category B, €38.00, Available"


class TestFingers:
    @pytest.fixture
    def screen(self) -> QPointingDevice:
        return QTest.createTouchDevice()

    def test_a_tap_on_a_large_seat_takes_it(self, qtbot: QtBot, seat_map: SeatMap, screen: QPointingDevice) -> None:
        with qtbot.waitSignal(seat_map.seat_activated) as activated:
            QTest.touchEvent(seat_map, screen).press(1, seat_map.seat_center(4), seat_map).commit()
            QTest.touchEvent(seat_map, screen).release(1, seat_map.seat_center(4), seat_map).commit()
        assert activated.args == [4]

    def test_the_first_tap_on_small_seats_comes_nearer(
        self, qtbot: QtBot, open_map: OpenMap, screen: QPointingDevice
    ) -> None:
        seat_map = open_map(plans.theatre())
        at = seat_map.seat_center(300)
        with qtbot.assertNotEmitted(seat_map.seat_activated):
            QTest.touchEvent(seat_map, screen).press(1, at, seat_map).commit()
            QTest.touchEvent(seat_map, screen).release(1, at, seat_map).commit()
        at = seat_map.seat_center(300)
        with qtbot.waitSignal(seat_map.seat_activated) as activated:
            QTest.touchEvent(seat_map, screen).press(1, at, seat_map).commit()
            QTest.touchEvent(seat_map, screen).release(1, at, seat_map).commit()
        assert activated.args == [300]

    def test_a_mouse_clicks_small_seats_at_once(self, qtbot: QtBot, open_map: OpenMap) -> None:
        seat_map = open_map(plans.theatre())
        with qtbot.waitSignal(seat_map.seat_activated) as activated:
            QTest.mouseClick(seat_map, LEFT, pos=seat_map.seat_center(300))
        assert activated.args == [300]

    def test_a_finger_pans_and_takes_nothing(self, qtbot: QtBot, seat_map: SeatMap, screen: QPointingDevice) -> None:
        start, before = seat_map.seat_center(8), seat_map.seat_center(0)
        with qtbot.assertNotEmitted(seat_map.seat_activated), qtbot.assertNotEmitted(seat_map.seats_dragged):
            QTest.touchEvent(seat_map, screen).press(1, start, seat_map).commit()
            QTest.touchEvent(seat_map, screen).move(1, start + QPoint(40, 30), seat_map).commit()
            QTest.touchEvent(seat_map, screen).release(1, start + QPoint(40, 30), seat_map).commit()
        assert seat_map.seat_center(0) == before + QPoint(40, 30)

    def test_two_fingers_zoom(self, qtbot: QtBot, seat_map: SeatMap, screen: QPointingDevice) -> None:
        middle = seat_map.rect().center()
        before = seat_map.seat_center(5).x() - seat_map.seat_center(0).x()
        near, far = QPoint(50, 0), QPoint(75, 0)
        with qtbot.assertNotEmitted(seat_map.seat_activated):
            QTest.touchEvent(seat_map, screen).press(1, middle - near, seat_map).commit()
            both = QTest.touchEvent(seat_map, screen)
            both.move(1, middle - near, seat_map).press(2, middle + near, seat_map).commit()
            both = QTest.touchEvent(seat_map, screen)
            both.move(1, middle - far, seat_map).move(2, middle + far, seat_map).commit()
            both = QTest.touchEvent(seat_map, screen)
            both.release(1, middle - far, seat_map).release(2, middle + far, seat_map).commit()
        after = seat_map.seat_center(5).x() - seat_map.seat_center(0).x()
        assert after == pytest.approx(before * 1.5, abs=2)
