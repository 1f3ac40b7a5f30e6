from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage

from pos_app.domain.seats import MapState
from pos_app.services.seats.map_data import SeatClaim
from pos_app.ui.look.theme import DARK, LIGHT
from tests.ui.seat_map import plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map import SeatMap

    OpenMap = Callable[[SeatPlan], SeatMap]


def picture(seat_map: SeatMap) -> QImage:
    return seat_map.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def seat_picture(seat_map: SeatMap, index: int) -> QImage:
    side = round(seat_map._view.seat_pixels)
    at = seat_map.seat_center(index) - QPoint(side // 2, side // 2)
    return picture(seat_map).copy(at.x(), at.y(), side, side)


def painted_anew(seat_map: SeatMap) -> QImage:
    seat_map._repaint_all()
    return picture(seat_map)


def largest_difference(one: QImage, other: QImage) -> int:
    """Return by how much the most different channel of two pictures differs."""
    pixels = [np.frombuffer(image.constBits(), np.uint8).astype(int) for image in (one, other)]
    return int(np.abs(pixels[0] - pixels[1]).max())


@pytest.mark.parametrize("row", [0, 1, 2, 3])
@pytest.mark.parametrize("dark", [False, True])
def test_a_free_seat_has_the_colour_of_its_category(seat_map: SeatMap, *, row: int, dark: bool) -> None:
    seat_map.set_dark(dark)
    index = row * 6 + 2
    side = seat_map._view.seat_pixels
    at = seat_map.seat_center(index) - QPoint(round(side * 0.4), 0)
    colors = DARK if dark else LIGHT
    assert picture(seat_map).pixelColor(at) == QColor(colors.categories[row])


def test_all_states_look_different(seat_map: SeatMap) -> None:
    seat_map.show_states(plans.changed_states({i: i for i in range(6)}))
    seat_map.mark_pending([6], True)
    shots = [seat_picture(seat_map, i) for i in range(7)]
    assert not [(a, b) for a in range(7) for b in range(a) if shots[a] == shots[b]]


@pytest.mark.parametrize("change", [MapState.MINE, MapState.SOLD])
def test_changed_seats_are_mended_as_if_all_were_painted_anew(open_map: OpenMap, change: MapState) -> None:
    seat_map = open_map(plans.theatre())
    before = picture(seat_map)
    seat_map.show_states(plans.changed_states(dict.fromkeys((40, 41, 500, 1100), change)))
    mended = picture(seat_map)
    assert mended != before
    assert mended == painted_anew(seat_map)


def test_a_change_out_of_sight_is_seen_when_one_comes_back(open_map: OpenMap) -> None:
    seat_map = open_map(plans.theatre())
    seat_map.zoom_to_zone(6)
    picture(seat_map)
    seat_map.show_states(plans.changed_states({0: MapState.SOLD}))
    seat_map.fit()
    assert picture(seat_map) == painted_anew(seat_map)


def test_a_change_while_zooming_is_not_lost(seat_map: SeatMap) -> None:
    picture(seat_map)
    seat_map.zoom_in()
    seat_map.show_states(plans.changed_states({0: MapState.SOLD}))
    seat_map._on_zoom_rested()
    shown = picture(seat_map)
    assert shown == painted_anew(seat_map)


def test_the_picture_is_crisp_soon_after_a_zoom(qtbot: QtBot, seat_map: SeatMap) -> None:
    picture(seat_map)
    seat_map.zoom_in()
    qtbot.waitUntil(lambda: seat_map._stretched_from is None)
    assert picture(seat_map) == painted_anew(seat_map)


@pytest.mark.parametrize(("dx", "dy"), [(37, 0), (0, -23), (-41, 19), (5, 900), (0.4, 0.4)])
def test_a_pan_shows_what_painting_anew_would(open_map: OpenMap, dx: float, dy: float) -> None:
    seat_map = open_map(plans.theatre())
    seat_map._zoom(1.7, QPointF(400, 300))
    seat_map._on_zoom_rested()
    picture(seat_map)
    seat_map._pan(dx, dy)
    panned = picture(seat_map)
    assert largest_difference(panned, painted_anew(seat_map)) <= 1  # the shade of the stage is rounded strip by strip


def test_a_held_seat_is_painted_free_when_its_time_is_over(
    qtbot: QtBot, seat_map: SeatMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = seat_picture(seat_map, 2)
    seat_map.show_states(plans.changed_states({2: MapState.HELD}, {2: SeatClaim("Till 2", 0.5)}))
    assert seat_map.state_of(2) is MapState.HELD
    assert seat_picture(seat_map, 2) != free
    qtbot.waitUntil(lambda: seat_map.state_of(2) is MapState.FREE)
    assert seat_picture(seat_map, 2) == free


def test_claims_age_only_while_the_map_is_seen(seat_map: SeatMap) -> None:
    assert seat_map._age_timer.isActive()
    seat_map.hide()
    assert not seat_map._age_timer.isActive()
    seat_map.show()
    assert seat_map._age_timer.isActive()


def test_a_pending_seat_looks_so_until_it_is_answered(seat_map: SeatMap) -> None:
    free = seat_picture(seat_map, 2)
    seat_map.mark_pending([2], True)
    assert seat_picture(seat_map, 2) != free
    seat_map.mark_pending([2], False)
    assert seat_picture(seat_map, 2) == free


def test_an_empty_map_says_what_to_do(qtbot: QtBot, seat_map: SeatMap) -> None:
    seat_map.clear("Choose a performance on the left")
    with_words = picture(seat_map)
    seat_map.clear("")
    assert picture(seat_map) != with_words
    seat_map.show_states(plans.all_states([0]))
    seat_map.mark_pending([0], True)
    seat_map.zoom_in()
    seat_map.fit()
    with pytest.raises(LookupError):
        seat_map.state_of(0)


def test_a_resized_map_shows_the_whole_house_again(open_map: OpenMap) -> None:
    plan = plans.theatre()
    seat_map = open_map(plan)
    seat_map.resize(500, 420)
    picture(seat_map)
    assert all(seat_map.rect().contains(seat_map.seat_center(i)) for i in range(len(plan.seat_id)))


def test_the_card_tells_who_holds_a_seat_and_how_long_still(seat_map: SeatMap) -> None:
    seat_map.show_states(plans.changed_states({2: MapState.HELD}, {2: SeatClaim("Till 2", 250.9)}))
    words = seat_map._shown_scene().words_for(2)
    assert words.place == "Stalls, row A, seat 3"
    assert words.card_lines() == ("Premium · €68.00", "Held by Till 2, 4:10 left")


def test_a_changed_price_is_told_without_moving_the_map(seat_map: SeatMap) -> None:
    seat_map.zoom_in()
    before = seat_map.seat_center(2)
    seat_map.show_prices({0: "€70.00"})
    assert seat_map._shown_scene().words_for(2).price == "€70.00"
    assert seat_map.seat_center(2) == before


@pytest.mark.parametrize("index", [0, 5, 18, 23])
def test_the_card_stays_inside_the_map(open_map: OpenMap, index: int) -> None:
    seat_map = open_map(plans.room(zone="A very long name of a zone that no card can hold on one line " * 4))
    bare = picture(seat_map)
    seat_map._set_hovered(index)
    hovered = picture(seat_map)
    changed = [
        (x, y)
        for x in range(hovered.width())
        for y in range(hovered.height())
        if hovered.pixel(x, y) != bare.pixel(x, y)
    ]
    assert changed
    assert min(x for x, _ in changed) > 0
    assert max(x for x, _ in changed) < hovered.width() - 1
