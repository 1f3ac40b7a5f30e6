from __future__ import annotations

import pytest

from pos_app.domain.venues.area_shapes import AreaShape, ShapeKind
from pos_app.domain.venues.plan_shapes import PlanShape, PlanText, shape_from_area


def test_words_alone_have_no_outline_and_lie_where_they_stand() -> None:
    words = PlanShape("text", 10, 20, text=PlanText("Bar", 3, 4))
    assert words.area_shape() is None
    assert words.corners() == ((13, 24),)


def test_words_on_a_turned_shape_turn_with_it() -> None:
    stage = PlanShape("rectangle", 100, 100, 90.0, width=40, height=20, text=PlanText("Stage", 10, 0))
    assert stage.corners()[-1] == pytest.approx((100, 110))


def test_an_outline_becomes_a_drawn_thing_and_back() -> None:
    outline = AreaShape(ShapeKind.RECTANGLE, 1, 2, 30.0, 40, 50, ())
    assert shape_from_area(outline).area_shape() == outline
    assert shape_from_area(outline).area_shape(5, 6) == AreaShape(ShapeKind.RECTANGLE, 6, 8, 30.0, 40, 50, ())
