"""What is drawn on a seating plan besides seats: walls, a stage, words. The areas of the interchange format.

The position is the upper left corner of a rectangle, the middle of an ellipse or a circle, where a text stands, and
what the points of a polygon are counted from. A shape is turned about it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from pos_app.domain.venues.area_shapes import AreaShape, ShapeKind

TEXT_ONLY: Final = "text"
KINDS: Final = (*(str(kind) for kind in ShapeKind), TEXT_ONLY)
TEXT_SIZE: Final = 16
INK: Final = "#000000"


@dataclass(frozen=True, slots=True)
class PlanText:
    """Words on a shape; x and y are counted from the shape's position."""

    text: str
    x: float = 0.0
    y: float = 0.0
    color: str = INK
    size: float = TEXT_SIZE


@dataclass(frozen=True, slots=True)
class PlanShape:
    """One drawn thing in plan units. kind: one of KINDS; rotation in degrees clockwise about its position.

    width and height: of a rectangle, an ellipse or a circle, from edge to edge. points: of a polygon, counted from the
    position. color: of its inside, border_color: of its edge (CSS; "": none). guid: its name in the file, or "".
    """

    kind: str
    x: float = 0.0
    y: float = 0.0
    rotation: float = 0.0
    color: str = ""
    border_color: str = ""
    width: float = 0.0
    height: float = 0.0
    points: tuple[tuple[float, float], ...] = ()
    text: PlanText | None = None
    guid: str = ""

    def area_shape(self, x: float = 0.0, y: float = 0.0) -> AreaShape | None:
        """Return its outline with its position counted from elsewhere; None for words alone."""
        if self.kind == TEXT_ONLY:
            return None
        kind = ShapeKind(self.kind)
        return AreaShape(kind, self.x + x, self.y + y, self.rotation, self.width, self.height, self.points)

    def corners(self) -> tuple[tuple[float, float], ...]:
        """Return points that enclose it, in the coordinates of its position."""
        outline = self.area_shape()
        corners = outline.outline() if outline is not None else ()
        if self.text is None:
            return corners or ((self.x, self.y),)
        cos, sin = math.cos(math.radians(self.rotation)), math.sin(math.radians(self.rotation))
        word = (self.x + self.text.x * cos - self.text.y * sin, self.y + self.text.x * sin + self.text.y * cos)
        return (*corners, word)


def shape_from_area(area: AreaShape) -> PlanShape:
    """Return an outline as a drawn thing."""
    return PlanShape(str(area.kind), area.x, area.y, area.rotation, "", "", area.width, area.height, area.points)
