from __future__ import annotations

import json
import math

import pytest

from pos_app.domain.venues.area_shapes import AreaShape, ShapeKind, read_shape, write_shape

SHAPES = [
    AreaShape(ShapeKind.POLYGON, 10, 20, 30, points=((0, 0), (50, 0), (25, 40))),
    AreaShape(ShapeKind.RECTANGLE, 10, 20, 90, 200, 80),
    AreaShape(ShapeKind.ELLIPSE, 10, 20, 45, 200, 80),
    AreaShape(ShapeKind.CIRCLE, 10, 20, 0, 120, 120),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.kind)
def test_a_shape_is_read_as_it_was_written(shape: AreaShape) -> None:
    assert read_shape(write_shape(shape), middle=(0, 0), capacity=10) == shape


def test_a_rectangle_turns_clockwise_about_its_corner() -> None:
    corners = AreaShape(ShapeKind.RECTANGLE, 10, 20, 90, 200, 80).outline()
    expected = [(10, 20), (10, 220), (-70, 220), (-70, 20)]
    assert [coordinate for corner in corners for coordinate in corner] == pytest.approx(
        [coordinate for corner in expected for coordinate in corner]
    )


def test_a_circle_is_round_about_its_middle() -> None:
    outline = AreaShape(ShapeKind.CIRCLE, 10, 20, 0, 120, 120).outline()
    assert {round(math.dist(point, (10, 20)), 9) for point in outline} == {60.0}


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "{}",
        "[]",
        "null",
        "{",
        '{"shape": "text"}',
        '{"shape": "circle"}',
        '{"shape": "circle", "circle": {"radius": 0}}',
        '{"shape": "circle", "circle": {"radius": NaN}}',
        '{"shape": "circle", "circle": {"radius": "wide"}}',
        '{"shape": "polygon", "polygon": {"points": []}}',
        '{"shape": "polygon", "polygon": {"points": [{"x": 1, "y": 1}, {"x": 2}]}}',
        '{"shape": "rectangle", "position": 7, "rectangle": {"width": 10, "height": 10}}',
    ],
)
def test_what_makes_no_sense_becomes_a_rectangle_around_the_places(stored: str) -> None:
    shape = read_shape(stored, middle=(100, 50), capacity=200)
    assert shape.kind is ShapeKind.RECTANGLE
    assert (shape.x + shape.width / 2, shape.y + shape.height / 2) == (100, 50)
    assert shape.width * shape.height == pytest.approx(200 * 144)


def test_a_position_and_a_rotation_may_be_missing() -> None:
    stored = json.dumps({"shape": "rectangle", "rectangle": {"width": 10, "height": 20}})
    assert read_shape(stored, middle=(0, 0), capacity=1) == AreaShape(ShapeKind.RECTANGLE, 0, 0, 0, 10, 20)
