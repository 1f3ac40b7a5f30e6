"""The legend: one line of the signs that are on the map now, wordier where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip

from pos_app.domain.seats import MapState
from pos_app.ui.seat_map import Legend
from pos_app.ui.seat_map.painting.sprites import COMPANION, PLAIN, WHEELCHAIR
from tests.ui.seat_map import plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map import SeatMap

    OpenMap = Callable[[SeatPlan], SeatMap]

EVERYTHING = {(state, PLAIN) for state in MapState} | {(MapState.FREE, WHEELCHAIR), (MapState.FREE, COMPANION)}


@pytest.fixture
def legend(qtbot: QtBot, themed: QApplication) -> Legend:
    made = Legend()
    qtbot.addWidget(made)
    made.show_signs(EVERYTHING)
    return made


def words(legend: Legend, width: int) -> list[str]:
    return [entry.words for _place, entry in legend._line(width).placed]


@pytest.mark.parametrize("width", [340, 360, 560, 660, 750, 800, 1400])
def test_it_is_one_line_of_which_nothing_is_cut(legend: Legend, width: int) -> None:
    legend.resize(width, legend.height())
    places = [place for place, _entry in legend._line(width).placed]
    assert len(places) == 12
    assert all(legend.rect().toRectF().contains(place) for place in places)
    assert not [1 for a in places for b in places if a is not b and a.intersects(b)]
    assert not [word for word in words(legend, width) if "…" in word]


def test_the_narrower_it_is_the_fewer_words_are_written(legend: Legend) -> None:
    assert words(legend, 1400)[:3] == ["Available", "In this basket", "Held by another till"]
    assert words(legend, 980)[:3] == ["Free", "Basket", "Held"]
    assert words(legend, 420)[:2] == ["", ""]
    assert words(legend, 420)[-1] == "Companion"
    assert words(legend, 340) == [""] * 12


def test_a_sign_without_its_words_tells_them_to_who_asks(legend: Legend, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: told.append(text))
    legend.resize(340, legend.height())
    for place, _entry in legend._line(340).placed:
        at = place.center().toPoint()
        QApplication.sendEvent(legend, QHelpEvent(QEvent.Type.ToolTip, at, legend.mapToGlobal(at)))
    assert told == legend.meanings
    legend.resize(1400, legend.height())
    QApplication.sendEvent(legend, QHelpEvent(QEvent.Type.ToolTip, QPoint(20, 14), QPoint(20, 14)))
    assert len(told) == 12


def test_only_the_signs_on_the_map_are_explained(open_map: OpenMap, legend: Legend) -> None:
    seat_map = open_map(plans.room())
    seat_map.signs_changed.connect(legend.show_signs)
    seat_map.show_states(plans.all_states([MapState.SOLD] * 24))
    assert legend.meanings == ["Sold"]
    assert legend.accessibleDescription() == "Sold"
    seat_map.show_states(plans.changed_states({3: MapState.MINE, 4: MapState.FREE, 5: MapState.BLOCKED}))
    assert legend.meanings == ["Available", "In this basket", "Sold", "Blocked"]
    seat_map.clear("")
    assert legend.meanings == []


def test_a_wheelchair_place_is_explained_while_one_is_free(open_map: OpenMap, legend: Legend) -> None:
    seat_map = open_map(plans.theatre())
    seat_map.signs_changed.connect(legend.show_signs)
    kinds = seat_map._shown_scene().plan.kind
    legend.show_signs(seat_map.signs)
    assert legend.meanings == ["Available", "Wheelchair place", "Companion"]
    taken = [int(MapState.SOLD if kind == WHEELCHAIR else MapState.FREE) for kind in kinds.tolist()]
    seat_map.show_states(plans.all_states(taken))
    assert legend.meanings == ["Available", "Sold", "Companion"]


def test_a_legend_of_chosen_seats_calls_them_so(qtbot: QtBot, themed: QApplication) -> None:
    made = Legend(mine="Chosen")
    qtbot.addWidget(made)
    made.show_signs({(MapState.MINE, PLAIN)})
    assert made.meanings == ["Chosen"]
    assert words(made, 120) == ["Chosen"]


@pytest.mark.parametrize("dark", [False, True])
def test_every_entry_has_its_own_sign(legend: Legend, *, dark: bool) -> None:
    legend.set_dark(dark)
    legend.resize(1400, legend.height())
    picture = legend.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    places = [place for place, _entry in legend._line(1400).placed]
    signs = [picture.copy(round(place.left()), round(place.top()), 20, 26) for place in places]
    assert len(signs) == 12
    assert not [(a, b) for a in range(11) for b in range(a) if signs[a] == signs[b]]
