from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from pos_app.domain.seats import MapState
from pos_app.ui.look.theme import LIGHT
from pos_app.ui.seat_map.model.view import SEAT_UNITS, View
from tests.ui.seat_map import plans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map import SeatMap
    from pos_app.ui.seat_map.model.name_places import NamePlace

    OpenMap = Callable[[SeatPlan], SeatMap]

MAP_SIZES = [(590, 430), (1100, 800)]
"""What windows of 1280 x 800 and 1920 x 1080 leave for the map."""
TIERS = {f"{tier} {block}" for tier in ("Stalls", "Circle") for block in ("left", "centre", "right")}


def names_shown(seat_map: SeatMap) -> dict[str, NamePlace]:
    scene = seat_map._shown_scene()
    places = scene._names.placer.places(seat_map._view.scale)
    return {scene.scenery.zone_names[place.zone].text: place for place in places}


def painted(seat_map: SeatMap, paint: Callable[[QPainter], None]) -> NDArray[np.bool_]:
    """Return which pixels of the map something covers that is painted alone."""
    image = QImage(seat_map.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return pixels[:, :, 3] > 0


def names_over_seats(seat_map: SeatMap) -> int:
    """Return how many pixels of names lie upon seats, or the other way round."""
    scene, view = seat_map._shown_scene(), seat_map._view
    everything = QRectF(seat_map.rect())
    all_seats = np.arange(len(scene.plan.seat_id))

    def paint_names(painter: QPainter) -> None:
        for over_seats in (False, True):
            scene._names.paint(painter, everything, view, over_seats=over_seats)

    names = painted(seat_map, paint_names)
    seats = painted(seat_map, lambda painter: scene._seats.paint(painter, all_seats, view, 1.0))
    assert names.any()
    return int((names & seats).sum())


def darkest_ground(seat_map: SeatMap, place: NamePlace) -> int:
    """Return the lightness, 0 to 255, of the darkest spot on which a name stands."""
    scene, view = seat_map._shown_scene(), seat_map._view
    image = QImage(seat_map.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    scene._ground.paint(painter, QRectF(seat_map.rect()), view)
    painter.end()
    turn = np.radians(place.turn)
    spots: Iterable[tuple[float, float]] = (
        (
            place.x + a * place.half_width * np.cos(turn) - d * place.half_height * np.sin(turn),
            place.y + a * place.half_width * np.sin(turn) + d * place.half_height * np.cos(turn),
        )
        for a in np.linspace(-1, 1, 41)
        for d in (-1, 0, 1)
    )
    return min(image.pixelColor(view.to_widget(x, y).toPoint()).lightness() for x, y in spots)


@pytest.mark.parametrize("size", MAP_SIZES)
@pytest.mark.parametrize("taken", [MapState.FREE, MapState.MINE])
def test_no_name_covers_a_seat_of_a_theatre(open_map: OpenMap, size: tuple[int, int], taken: MapState) -> None:
    seat_map = open_map(plans.theatre())
    seat_map.resize(*size)
    seat_map.show_states(plans.all_states([taken] * len(seat_map._shown_scene().plan.seat_id)))
    assert names_shown(seat_map).keys() >= TIERS
    assert names_over_seats(seat_map) == 0


@pytest.mark.parametrize("scale", [0.17, 0.2, 0.25, 0.3, 0.37, 0.45, 0.6, 0.8, 1.1, 1.6, 2.4, 4.0])
def test_no_name_covers_a_seat_however_near_one_comes(open_map: OpenMap, scale: float) -> None:
    seat_map = open_map(plans.theatre())
    name = seat_map._shown_scene().scenery.zone_names[1]
    seat_map._set_view(View(scale, name.x - 400 / scale, name.y - 300 / scale))
    assert names_over_seats(seat_map) == 0


@pytest.mark.parametrize("size", MAP_SIZES)
def test_names_stand_beside_the_stage_and_beside_each_other(open_map: OpenMap, size: tuple[int, int]) -> None:
    seat_map = open_map(plans.theatre())
    seat_map.resize(*size)
    places = list(names_shown(seat_map).values())
    for place in places:
        assert darkest_ground(seat_map, place) >= QColor(LIGHT["block"]).lightness()
    outlines = [place.outline() for place in places]
    assert not [1 for i, one in enumerate(outlines) for other in outlines[:i] if one.intersects(other)]


@pytest.mark.parametrize("size", MAP_SIZES)
def test_names_can_be_read_and_stand_near_their_seats(open_map: OpenMap, size: tuple[int, int]) -> None:
    seat_map = open_map(plans.theatre())
    seat_map.resize(*size)
    plan = seat_map._shown_scene().plan
    for place in names_shown(seat_map).values():
        own = plan.zone == place.zone
        nearest = float(np.hypot(plan.x[own] - place.x, plan.y[own] - place.y).min())
        assert place.pixels >= 9
        assert nearest < 4 * SEAT_UNITS


def test_a_name_that_the_plan_has_amid_its_seats_is_moved_beside_them(open_map: OpenMap) -> None:
    draft = plans.PlanDraft()
    zone = draft.zone("Stalls", 150, 150)
    for row in range(5):
        draft.row(zone, str(row), [(40 + i * 23, 100 + row * 27, 0.0) for i in range(12)], 0)
    seat_map = open_map(draft.plan(166, 0))
    place = names_shown(seat_map)["Stalls"]
    assert place.y > 208 or place.y < 100
    assert names_over_seats(seat_map) == 0


def test_a_name_without_room_is_left_out(open_map: OpenMap) -> None:
    draft = plans.PlanDraft()
    outer, inner = draft.zone("Stalls", 500, -40), draft.zone("Inner circle", 500, 240)
    for row in range(20):
        places = [(i * 23.0, row * 25.0, 0.0) for i in range(44)]
        middle = 8 < row < 12
        draft.row(outer, "", [p for i, p in enumerate(places) if not (middle and 18 < i < 26)], 0)
        if middle:
            draft.row(inner, "", [p for i, p in enumerate(places) if 18 < i < 26], 1)
    seat_map = open_map(draft.plan(500, -140))
    assert names_shown(seat_map).keys() == {"Stalls"}


def test_seats_of_the_basket_are_seen_above_names_in_a_crowded_house(open_map: OpenMap) -> None:
    draft = plans.PlanDraft()
    for block in range(12):
        zone = draft.zone(f"Block {block}", block % 4 * 1150.0 + 575, block // 4 * 1150.0 + 575)
        for row in range(50):
            draft.row(
                zone, "", [(block % 4 * 1150.0 + i * 23, block // 4 * 1150.0 + row * 23, 0.0) for i in range(50)], 0
            )
    seat_map = open_map(draft.plan(2300, -300))
    plan = seat_map._shown_scene().plan
    place = names_shown(seat_map)["Block 5"]
    assert place.over_seats
    hidden = int(np.hypot(plan.x - place.x, plan.y - place.y).argmin())
    seat_map.show_states(plans.changed_states({hidden: MapState.MINE}))
    at = seat_map.seat_center(hidden)
    picture = seat_map.grab().toImage()
    around = [picture.pixelColor(at.x() + dx, at.y() + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    assert QColor(LIGHT["mine"]) in around
