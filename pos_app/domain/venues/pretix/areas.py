"""The areas of the pretix seating-plan JSON: reading one of either variant, writing one of today's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.domain.venues.area_shapes import ShapeKind
from pos_app.domain.venues.plan_draft import LONGEST_AREA_GUID, LONGEST_NAME
from pos_app.domain.venues.plan_shapes import INK, KINDS, TEXT_ONLY, TEXT_SIZE, PlanShape, PlanText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos_app.domain.venues.plan_draft import Point
    from pos_app.domain.venues.pretix.notes import Notes
    from pos_app.domain.venues.pretix.parts import Where

MOST_POINTS: Final = 2_000
_OLD_KEYS: Final = ("width", "height")
_MEASURES: Final = {
    "width": say("The width of an area"),
    "height": say("The height of an area"),
    "x": say("The x of an area"),
    "y": say("The y of an area"),
}
_CORNER_X: Final = say("The x of a corner")
_CORNER_Y: Final = say("The y of a corner")
_KNOWN: Final = (
    "shape", "color", "border_color", "rotation", "position", "uuid", "polygon", "rectangle", "ellipse", "circle",
    "text", "ids", "foyer_capacity", "foyer_category", "foyer_name", *_OLD_KEYS,
)  # fmt: skip


def read_shape_of(area: Mapping[str, Any], notes: Notes, place: Where) -> PlanShape | None:
    """Read an area as a drawn thing; None, noted, when there is nothing to draw."""
    notes.unknown_keys(area, _KNOWN, say("An area"), place)
    x, y = notes.position(area, place)
    color = notes.color(area, "color", place)
    border = notes.color(area, "border_color", place)
    guid = notes.guid(area, "uuid", place, LONGEST_AREA_GUID)
    if "shape" not in area and any(key in area for key in _OLD_KEYS):
        width, height = (notes.number(area.get(key), 0.0, _MEASURES[key], place) for key in _OLD_KEYS)
        text = _old_text(area, width, height)
        return PlanShape(ShapeKind.RECTANGLE, x, y, 0.0, color, border, width, height, (), text, guid)
    kind = area.get("shape")
    if not isinstance(kind, str) or kind not in KINDS:
        notes.warn(say("An area has no shape that is known, and was left out"), place)
        return None
    rotation = area.get("rotation")
    turn = 0.0 if rotation is None else notes.number(rotation, 0.0, say("The rotation of an area"), place)
    width, height = _size(area, kind, notes, place)
    points = _points(area, notes, place) if kind == ShapeKind.POLYGON else ()
    text = _text(area, notes, place)
    if kind == TEXT_ONLY and text is None:
        notes.warn(say("A text without words was left out"), place)
        return None
    return PlanShape(kind, x, y, turn, color, border, width, height, points, text, guid)


def write_shape_of(shape: PlanShape) -> dict[str, Any]:
    """Write a drawn thing as an area of the format."""
    written: dict[str, Any] = {"shape": shape.kind, "position": written_point((shape.x, shape.y))}
    if shape.rotation:
        written["rotation"] = plain_number(shape.rotation)
    stated = (("color", shape.color), ("border_color", shape.border_color), ("uuid", shape.guid))
    written |= {key: value for key, value in stated if value}
    match shape.kind:
        case ShapeKind.POLYGON:
            written["polygon"] = {"points": [written_point(point) for point in shape.points]}
        case ShapeKind.RECTANGLE:
            written["rectangle"] = {"width": plain_number(shape.width), "height": plain_number(shape.height)}
        case ShapeKind.ELLIPSE:
            written["ellipse"] = {"radius": written_point((shape.width / 2, shape.height / 2))}
        case ShapeKind.CIRCLE:
            written["circle"] = {"radius": plain_number(shape.width / 2)}
    if shape.text is not None:
        written["text"] = {
            "text": shape.text.text,
            "position": written_point((shape.text.x, shape.text.y)),
            "color": shape.text.color,
            "size": plain_number(shape.text.size),
        }
    return written


def plain_number(value: float) -> float | int:
    """Write whole numbers as such: the format wants some of them so, and they are shorter."""
    return int(value) if value == int(value) else value


def written_point(point: Point) -> dict[str, float | int]:
    """Write a position."""
    return {"x": plain_number(point[0]), "y": plain_number(point[1])}


def _size(area: Mapping[str, Any], kind: str, notes: Notes, place: Where) -> tuple[float, float]:
    """Return width and height, from edge to edge."""
    if kind not in {ShapeKind.RECTANGLE, ShapeKind.ELLIPSE, ShapeKind.CIRCLE}:
        return 0.0, 0.0
    about = area.get(kind)
    size: Mapping[str, Any] = about if isinstance(about, dict) else {}
    if kind == ShapeKind.CIRCLE:
        across = 2 * abs(notes.number(size.get("radius"), 0.0, say("The radius of a circle"), place))
        return across, across
    if kind == ShapeKind.RECTANGLE:
        names, scale, measures = ("width", "height"), 1, size
    else:
        radius = size.get("radius")
        names, scale, measures = ("x", "y"), 2, radius if isinstance(radius, dict) else {}
    wide, high = (scale * abs(notes.number(measures.get(name), 0.0, _MEASURES[name], place)) for name in names)
    return wide, high


def _points(area: Mapping[str, Any], notes: Notes, place: Where) -> tuple[Point, ...]:
    about = area.get("polygon")
    points = notes.items(about, "points", place) if isinstance(about, dict) else []
    if len(points) < 3:
        notes.warn(say("A polygon has fewer than three corners"), place)
    if len(points) > MOST_POINTS:
        notes.warn(say("A polygon has more than {most} corners and was cut", most=MOST_POINTS), place)
    return tuple(
        (
            notes.number(point.get("x"), 0.0, _CORNER_X, place),
            notes.number(point.get("y"), 0.0, _CORNER_Y, place),
        )
        for point in points[:MOST_POINTS]
        if isinstance(point, dict)
    )


def _text(area: Mapping[str, Any], notes: Notes, place: Where) -> PlanText | None:
    about = area.get("text")
    if about is None or about == "":
        return None
    if isinstance(about, str):
        about = {"text": about, "position": {"x": 0, "y": 0}}
    if not isinstance(about, dict):
        notes.warn(say("“{key}” is no text", key="text"), place)
        return None
    words = notes.text(about, "text", place, LONGEST_NAME, required=False)
    if not words:
        return None
    x, y = notes.position(about, place, required=False)
    size = about.get("size")
    return PlanText(
        words,
        x,
        y,
        notes.color(about, "color", place, INK),
        TEXT_SIZE if size is None else notes.number(size, TEXT_SIZE, say("The size of a text"), place),
    )


def _old_text(area: Mapping[str, Any], width: float, height: float) -> PlanText | None:
    """Read the text of the older variant, which stood in the middle."""
    words = area.get("text")
    if not isinstance(words, str) or not (line := clean_line(words[: 8 * LONGEST_NAME], LONGEST_NAME)):
        return None
    return PlanText(line, width / 2, height / 2)
