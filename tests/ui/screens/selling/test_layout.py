"""How much is seen of the house on the screens of tills, and that nothing there is too small for a finger."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from pos_app.ui.look.theme import LIGHT
from pos_app.ui.seat_map.painting.colors import category_looks
from pos_app.ui.seat_map.painting.sprites import WHEELCHAIR
from pos_app.ui.words.messages import Level, Message
from tests.kinds import SQLITE
from tests.ui.screens.selling.demo_hall import main_house, show_hall, with_categories

if TYPE_CHECKING:
    from tests.ui.screens.selling.conftest import Till

SMALL, USUAL, LARGE, HUGE = (1280, 720), (1366, 768), (1920, 1080), (3840, 2160)
FINGER = 44


def painted_width(till: Till, seat: int) -> int:
    """Return how many pixels in a row through the middle of a free seat have the colour of its category."""
    board, plan = till.screen.map_panel.map, main_house()
    picture = board.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    color = QColor(category_looks(plan.categories, LIGHT)[int(plan.category[seat])].color)
    at = board.seat_center(seat)
    return sum(picture.pixelColor(at + QPoint(away, 0)) == color for away in range(-12, 13))


def box(widget: QWidget, inside: QWidget) -> QRect:
    return QRect(widget.mapTo(inside, QPoint(0, 0)), widget.size())


@SQLITE
def test_a_seat_of_the_main_house_is_eight_pixels_wide_at_1366(till: Till) -> None:
    show_hall(till, USUAL)
    board = till.screen.map_panel.map
    assert board._is_fitted
    assert board._view.seat_pixels >= 8
    assert board._shown_scene()._seats._zoom[0] >= 8
    plan = main_house()
    # In the middle of the circle, where nobody sits at an angle and no seat stands near.
    seat = next(at for at in range(len(plan.x)) if plan.zones[plan.zone[at]].name == "Circle centre")
    assert painted_width(till, seat) >= 7


@SQLITE
@pytest.mark.parametrize(("size", "least"), [(SMALL, 7.0), (USUAL, 8.0), (LARGE, 12.0), (HUGE, 28.0)])
def test_the_whole_house_is_shown_with_every_name_and_every_wheelchair(
    till: Till, size: tuple[int, int], least: float
) -> None:
    show_hall(till, size)
    board, plan = till.screen.map_panel.map, main_house()
    assert (till.window.width(), till.window.height()) == size
    assert board._view.seat_pixels >= least
    assert all(board.rect().contains(board.seat_center(at)) for at in range(len(plan.x)))
    scene = board._shown_scene()
    names = scene._names.placer.places(board._view.scale)
    assert len(names) == len(plan.zones)
    seen = board.rect().toRectF()
    assert all(seen.contains(board._view.transform().map(place.outline()).boundingRect()) for place in names)
    picture = board.grab().toImage()
    chair = int((plan.kind == WHEELCHAIR).argmax())
    plain = next(at for at in range(chair, len(plan.kind)) if not plan.kind[at])
    half = QPoint(3, 3)
    one, other = (
        picture.copy(QRect(board.seat_center(at) - half, board.seat_center(at) + half)) for at in (chair, plain)
    )
    assert one != other


@SQLITE
@pytest.mark.parametrize(("size", "height"), [(SMALL, 460), (USUAL, 510), (LARGE, 800)])
def test_the_map_has_most_of_the_height(till: Till, size: tuple[int, int], height: int) -> None:
    show_hall(till, size)
    assert till.screen.map_panel.map.height() >= height


@SQLITE
@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
@pytest.mark.parametrize("names", [["House"], ["A", "B", "C", "D"], [f"Category {at}" for at in range(12)]])
def test_the_bar_is_one_row_of_buttons_for_fingers(till: Till, size: tuple[int, int], names: list[str]) -> None:
    show_hall(till, size, with_categories(main_house(), names))
    bar = till.screen.map_panel.bar

    def shown() -> list[QAbstractButton]:
        return [one for one in bar.findChildren(QAbstractButton) if one.isVisible()]

    till.wait(lambda: all(bar.rect().contains(box(one, bar)) for one in shown()))
    buttons = shown()
    boxes = [box(one, bar) for one in buttons]
    assert bar.height() == FINGER
    assert not [one for one in boxes if one.width() < FINGER or one.height() < FINGER]
    assert not [1 for one, other in combinations(boxes, 2) if one.intersects(other)]
    assert all(one.accessibleName() for one in buttons)
    assert not bar.best.button.is_cut()


@SQLITE
@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
def test_the_buttons_that_zoom_float_where_nobody_sits(till: Till, size: tuple[int, int]) -> None:
    show_hall(till, size)
    panel = till.screen.map_panel
    assert panel.map.rect().contains(panel.zoom.geometry())
    assert panel.map.covered_by([panel.zoom.geometry()]) == [0]
    foot = QRect(0, panel.map.height() - 60, panel.map.width(), 60)
    assert not panel.zoom.geometry().intersects(foot), "notices lie there"
    buttons = {one.objectName(): one for one in panel.zoom.findChildren(QAbstractButton)}
    assert buttons.keys() == {"zoom_in", "zoom_out", "fit"}
    assert {(one.width(), one.height()) for one in buttons.values()} == {(FINGER, FINGER)}
    assert all(one.accessibleName() for one in buttons.values())
    before = panel.map._view
    QTest.mouseClick(buttons["zoom_in"], Qt.MouseButton.LeftButton)
    assert panel.map._view.scale > before.scale
    QTest.mouseClick(buttons["fit"], Qt.MouseButton.LeftButton)
    assert panel.map._view == before


@SQLITE
@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
def test_below_the_map_is_one_line(till: Till, size: tuple[int, int]) -> None:
    show_hall(till, size)
    panel = till.screen.map_panel
    legend = panel.legend
    assert legend.meanings == ["Available", "Wheelchair place", "Companion"]
    assert legend.height() <= 30
    assert box(legend, panel).top() >= box(panel.map, panel).bottom()
    assert [entry.words for _place, entry in legend._line(legend.width()).placed] == legend.meanings


class Sizes(QObject):
    """Notes each size that a widget is given."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen: list[QSize] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
        del watched
        if isinstance(event, QResizeEvent):
            self.seen.append(event.size())
        return False


@SQLITE
@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
def test_no_seat_moves_under_the_hand_when_something_is_said(till: Till, size: tuple[int, int]) -> None:
    show_hall(till, size)
    panel = till.screen.map_panel
    before, seat = box(panel.map, panel), panel.map.seat_center(0)
    sizes = Sizes(panel.map)
    undo = "Undo (Ctrl+Z)"
    for said in (Message("Given back.", undo=undo), Message("Taken: 2.", "F4: the next best.", Level.OK, undo=undo)):
        panel.banner.show_message(said)
        till.wait(lambda: panel.banner.isVisible() and not panel.legend.isVisible())
        QApplication.processEvents()
        assert (box(panel.map, panel), panel.map.seat_center(0)) == (before, seat)
        panel.banner.dismiss()
        till.wait(panel.legend.isVisible)
    QApplication.processEvents()
    assert sizes.seen == [], "not for a moment either"


@SQLITE
@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
def test_the_three_columns_stand_side_by_side(till: Till, size: tuple[int, int]) -> None:
    show_hall(till, size)
    screen = till.screen
    columns = [box(part, screen) for part in (screen.performances, screen.map_panel, screen.basket_panel)]
    assert all(screen.rect().contains(one) for one in columns)
    assert not [1 for one, other in combinations(columns, 2) if one.intersects(other)]
    assert columns[2].width() >= 368
    assert columns[0].width() >= 212


@SQLITE
def test_a_house_that_fills_every_corner_leaves_a_strip_for_the_buttons_that_zoom(till: Till) -> None:
    full = main_house()
    columns, pitch = 50, 30.0
    at = np.arange(len(full.x), dtype=np.float64)
    in_the_round = replace(
        full, plan_id=78, x=at % columns * pitch, y=at // columns * pitch, focal_x=25 * pitch, focal_y=14 * pitch
    )
    show_hall(till, USUAL, in_the_round)
    panel = till.screen.map_panel
    assert panel.map.covered_by([panel.zoom.geometry()]) == [0]
    assert all(panel.map.rect().contains(panel.map.seat_center(seat)) for seat in range(len(at)))
    middle = panel.map.seat_center(columns // 2).x()
    assert middle < panel.map.width() / 2 - 10
    show_hall(till, USUAL)
    assert panel.map._view.seat_pixels >= 8, "another house has all the room again"
