from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pos_app.ui.seat_map import SeatMap, canvas, prepare_plan
from tests.ui.seat_map import plans
from tests.ui.seat_map.conftest import PRICES

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.services.seats.map_data import SeatPlan


@pytest.fixture
def empty_map(qtbot: QtBot, themed: QApplication) -> SeatMap:
    seat_map = SeatMap()
    qtbot.addWidget(seat_map)
    seat_map.resize(800, 600)
    return seat_map


def _picture(seat_map: SeatMap) -> QImage:
    return seat_map.grab().toImage()


def _never(*_given: object) -> None:
    raise AssertionError("the map prepared the plan itself")


@pytest.mark.parametrize("plan", [plans.room(), plans.mixed(), plans.stadium()], ids=["room", "mixed", "stadium"])
def test_a_plan_prepared_on_a_worker_looks_like_one_the_map_prepares_itself(
    plan: SeatPlan, empty_map: SeatMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = _picture(empty_map)
    empty_map.show_plan(plan, PRICES)
    own = _picture(empty_map)
    assert own != blank

    with ThreadPoolExecutor(1) as worker:
        prepared = worker.submit(prepare_plan, plan, empty_map.sight()).result()
    monkeypatch.setattr(canvas, "prepare_plan", _never)
    empty_map.clear("")
    empty_map.show_plan(plan, PRICES, prepared)

    assert _picture(empty_map) == own


def test_a_plan_prepared_for_another_font_is_lettered_in_the_font_of_the_map(empty_map: SeatMap) -> None:
    plan = plans.mixed()
    empty_map.show_plan(plan, PRICES)
    prepared = prepare_plan(plan, empty_map.sight())
    before = _picture(empty_map)
    font = empty_map.font()
    font.setItalic(True)
    empty_map.setFont(font)
    empty_map.show_plan(plan, PRICES)
    own = _picture(empty_map)
    assert own != before

    empty_map.show_plan(plan, PRICES, prepared)

    assert _picture(empty_map) == own
