"""What is seen of a seat at any size: a wheelchair place is told from an ordinary seat, a category from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from pos_app.domain.seats import MapState
from pos_app.ui.look.theme import DARK, LIGHT, Theme
from pos_app.ui.seat_map.painting import glyphs
from pos_app.ui.seat_map.painting.colors import CategoryLook, contrast, ink_on, singled_out
from pos_app.ui.seat_map.painting.sprites import COMPANION, PLAIN, WHEELCHAIR, paint_seat
from tests.ui.seat_map import plans
from tests.ui.seat_map.test_pictures import painted_anew, picture, seat_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map import SeatMap

    OpenMap = Callable[[SeatPlan], SeatMap]


def seat(side: int, kind: int, theme: Theme, color: str) -> QImage:
    image = QImage(side + 2, side + 2, QImage.Format.Format_RGB32)
    image.fill(theme.color("block"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(image.width() / 2, image.height() / 2)
    paint_seat(painter, side, MapState.FREE, kind, CategoryLook(color, ink_on(color), ""), theme)
    painter.end()
    return image


def difference(one: QImage, other: QImage) -> int:
    """Return by how much the lightest difference of two pictures can be seen, 0 to 255."""
    spots = [QPoint(x, y) for x in range(one.width()) for y in range(one.height())]
    return max(abs(one.pixelColor(at).lightness() - other.pixelColor(at).lightness()) for at in spots)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("side", range(2, 30))
def test_a_wheelchair_place_is_told_from_other_seats_at_every_size(
    themed: QApplication, side: int, theme: Theme
) -> None:
    for color in theme.categories:
        plain, chair, companion = (seat(side, kind, theme, color) for kind in (PLAIN, WHEELCHAIR, COMPANION))
        assert difference(plain, chair) >= 25, color
        assert side < 5 or difference(chair, companion) >= 25, color


@pytest.mark.parametrize("width", [500, 666, 752, 1176])
def test_it_is_seen_on_the_whole_house(open_map: OpenMap, width: int) -> None:
    seat_map = open_map(plans.theatre())
    seat_map.resize(width, 520)
    plan = seat_map._shown_scene().plan
    chair = int((plan.kind == WHEELCHAIR).argmax())
    beside = next(at for at in range(chair, len(plan.kind)) if plan.kind[at] == PLAIN)
    assert plan.row_of[chair] == plan.row_of[beside]
    assert difference(seat_picture(seat_map, chair), seat_picture(seat_map, beside)) >= 25


@pytest.mark.parametrize("kind", [WHEELCHAIR, COMPANION])
@pytest.mark.parametrize("side", [36, 42, 60])
def test_the_sign_of_a_large_seat_leaves_its_number_free(
    open_map: OpenMap, monkeypatch: pytest.MonkeyPatch, kind: int, side: int
) -> None:
    def number() -> QImage:
        """Return the part of a seat of this kind where its number stands."""
        seat_map = open_map(plans.theatre())
        place = int((seat_map._shown_scene().plan.kind == kind).argmax())
        seat_map._zoom(side / seat_map._view.seat_pixels, QPointF(seat_map.seat_center(place)))
        painted_anew(seat_map)
        whole = seat_picture(seat_map, place)
        assert whole.width() == side
        return whole.copy(0, round(side * 0.75), side, round(side * 0.2))

    seen = number()
    for sign in ("wheelchair", "person"):
        monkeypatch.setattr(glyphs, sign, lambda *_: None)
    assert difference(seen, number()) == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_what_is_not_wanted_steps_back_and_what_is_stays(theme: Theme) -> None:
    looks = tuple(CategoryLook(color, ink_on(color), "") for color in theme.categories)
    dimmed = singled_out(looks, 2, theme)
    assert dimmed[2] == looks[2]
    for was, now in zip((*looks[:2], *looks[3:]), (*dimmed[:2], *dimmed[3:]), strict=True):
        assert contrast(now.color, theme["block"]) < contrast(was.color, theme["block"])
        assert now.color != theme["block"]
    assert singled_out(looks, None, theme) == looks


def test_one_category_is_singled_out_on_the_map_and_let_go_again(open_map: OpenMap) -> None:
    seat_map = open_map(plans.room())
    before = picture(seat_map)
    seat_map.single_out(1)
    colors = [QColor(one) for one in LIGHT.categories]

    def shown(row: int) -> QColor:
        at = seat_map.seat_center(row * 6 + 2) - QPoint(round(seat_map._view.seat_pixels * 0.4), 0)
        return picture(seat_map).pixelColor(at)

    assert shown(1) == colors[1]
    assert shown(0) != colors[0]
    assert shown(2) != colors[2]
    assert picture(seat_map) == painted_anew(seat_map)
    seat_map.set_dark(True)
    seat_map.set_dark(False)
    assert shown(0) != colors[0], "another look of the program does not undo it"
    seat_map.single_out(None)
    assert picture(seat_map) == before


def test_an_area_steps_back_as_well(open_map: OpenMap) -> None:
    seat_map = open_map(plans.mixed())
    category = seat_map._shown_scene().areas.areas[0].category
    before = picture(seat_map)
    seat_map.single_out(category)
    assert picture(seat_map).pixelColor(seat_map.area_rect(0).topLeft() + QPoint(20, 20)) == before.pixelColor(
        seat_map.area_rect(0).topLeft() + QPoint(20, 20)
    )
    seat_map.single_out(category + 1)
    assert picture(seat_map).pixelColor(seat_map.area_rect(0).topLeft() + QPoint(20, 20)) != before.pixelColor(
        seat_map.area_rect(0).topLeft() + QPoint(20, 20)
    )


def test_without_a_plan_nothing_is_singled_out(open_map: OpenMap) -> None:
    seat_map = open_map(plans.room())
    seat_map.clear("Nothing")
    seat_map.single_out(1)
    assert seat_map.covered_by([seat_map.rect()]) == [0]
