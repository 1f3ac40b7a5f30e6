"""The outline of an area, stored as the seating-plan JSON of pretix writes it, but for its position: in plan units.

    {"shape": "polygon", "position": {"x": 0, "y": 0}, "rotation": 0, "polygon": {"points": [{"x": 0, "y": 0}, ...]}}
    {"shape": "rectangle", ..., "rectangle": {"width": 200, "height": 80}}
    {"shape": "ellipse", ..., "ellipse": {"radius": {"x": 100, "y": 40}}}
    {"shape": "circle", ..., "circle": {"radius": 60}}

The position is the upper left corner of a rectangle, the middle of an ellipse or a circle, and what the points of a
polygon are counted from. The area is turned about it, by degrees clockwise.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

_CURVE_POINTS: Final = 144
_UNITS_A_PLACE: Final = 144.0
"""The ground that one standing guest gets where nobody has drawn the area: 12 x 12 units, half a seat's."""


class ShapeKind(StrEnum):
    """How an area is drawn; the words of the format."""

    POLYGON = "polygon"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True)
class AreaShape:
    """A drawn area in plan units; x and y are its position, rotation is in degrees clockwise about that.

    width and height: of a rectangle, an ellipse or a circle. points: of a polygon, counted from the position.
    """

    kind: ShapeKind
    x: float
    y: float
    rotation: float = 0.0
    width: float = 0.0
    height: float = 0.0
    points: tuple[tuple[float, float], ...] = ()

    def outline(self) -> tuple[tuple[float, float], ...]:
        """Return the corners of the area on the plan, one after the other; of a curve, enough points."""
        cos, sin = math.cos(math.radians(self.rotation)), math.sin(math.radians(self.rotation))
        return tuple((self.x + x * cos - y * sin, self.y + x * sin + y * cos) for x, y in self._corners())

    def _corners(self) -> tuple[tuple[float, float], ...]:
        if self.kind is ShapeKind.POLYGON:
            return self.points
        if self.kind is ShapeKind.RECTANGLE:
            return ((0.0, 0.0), (self.width, 0.0), (self.width, self.height), (0.0, self.height))
        turns = [2 * math.pi * i / _CURVE_POINTS for i in range(_CURVE_POINTS)]
        return tuple((self.width / 2 * math.cos(turn), self.height / 2 * math.sin(turn)) for turn in turns)


def write_shape(shape: AreaShape) -> str:
    """Write a shape as it is stored."""
    written: dict[str, Any] = {
        "shape": str(shape.kind),
        "position": {"x": shape.x, "y": shape.y},
        "rotation": shape.rotation,
    }
    match shape.kind:
        case ShapeKind.POLYGON:
            written["polygon"] = {"points": [{"x": x, "y": y} for x, y in shape.points]}
        case ShapeKind.RECTANGLE:
            written["rectangle"] = {"width": shape.width, "height": shape.height}
        case ShapeKind.ELLIPSE:
            written["ellipse"] = {"radius": {"x": shape.width / 2, "y": shape.height / 2}}
        case ShapeKind.CIRCLE:
            written["circle"] = {"radius": shape.width / 2}
    return json.dumps(written)


def read_shape(text: str, *, middle: tuple[float, float], capacity: int) -> AreaShape:
    """Read a stored shape; where there is none that makes sense, a rectangle around the middle of its places."""
    try:
        shape = _read(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError):
        return _plain(middle, capacity)
    return shape if _has_ground(shape) else _plain(middle, capacity)


def _read(stored: Any) -> AreaShape:
    kind = ShapeKind(stored["shape"])
    position = stored.get("position") or {}
    x, y = float(position.get("x", 0)), float(position.get("y", 0))
    rotation = float(stored.get("rotation") or 0)
    match kind:
        case ShapeKind.POLYGON:
            points = tuple((float(one["x"]), float(one["y"])) for one in stored["polygon"]["points"])
            return AreaShape(kind, x, y, rotation, points=points)
        case ShapeKind.RECTANGLE:
            size = stored["rectangle"]
            return AreaShape(kind, x, y, rotation, float(size["width"]), float(size["height"]))
        case ShapeKind.ELLIPSE:
            radius = stored["ellipse"]["radius"]
            return AreaShape(kind, x, y, rotation, 2 * float(radius["x"]), 2 * float(radius["y"]))
        case ShapeKind.CIRCLE:
            across = 2 * float(stored["circle"]["radius"])
            return AreaShape(kind, x, y, rotation, across, across)


def _has_ground(shape: AreaShape) -> bool:
    corners = shape.outline()
    if not all(math.isfinite(number) for corner in corners for number in corner):
        return False
    wide, high = ({corner[side] for corner in corners} for side in (0, 1))
    return bool(corners) and max(wide) - min(wide) > 1 and max(high) - min(high) > 1


def _plain(middle: tuple[float, float], capacity: int) -> AreaShape:
    height = math.sqrt(max(capacity, 20) * _UNITS_A_PLACE / 2)
    return AreaShape(ShapeKind.RECTANGLE, middle[0] - height, middle[1] - height / 2, 0.0, 2 * height, height)
