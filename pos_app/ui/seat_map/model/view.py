"""Where the plan stands in the widget: plan units to widget pixels and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

SEAT_UNITS = 18.0
"""The side of a seat in plan units."""
MAX_SCALE = 4.0
MAX_FIT_SCALE = 2.2
"""A small studio does not fill the window with giant seats."""
CROWDED_SEAT_PIXELS = 3.0
"""With seats smaller than this, names are what one steers by."""
SIDE_MARGIN, NAME_MARGIN = 5.0, 14.0
"""Pixels around a whole plan: its names stand above and below it, of a crowded one on every side."""


@dataclass(frozen=True, slots=True)
class View:
    """A scale (pixels per plan unit) and the plan point at the widget's top left corner."""

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @property
    def seat_pixels(self) -> float:
        """The painted side of a seat."""
        return SEAT_UNITS * self.scale

    def to_widget(self, x: float, y: float) -> QPointF:
        """Return where a plan point is painted."""
        return QPointF((x - self.left) * self.scale, (y - self.top) * self.scale)

    def transform(self) -> QTransform:
        """Return what lets a painter count in plan units."""
        return QTransform(self.scale, 0, 0, self.scale, -self.left * self.scale, -self.top * self.scale)

    def to_plan(self, point: QPointF) -> QPointF:
        """Return the plan point under a widget point."""
        return QPointF(point.x() / self.scale + self.left, point.y() / self.scale + self.top)

    def plan_rect(self, rect: QRectF, margin: float = 0.0) -> QRectF:
        """Return the part of the plan that a widget rectangle shows, with a margin in plan units."""
        corner = self.to_plan(rect.topLeft())
        size = rect.size() / self.scale
        return QRectF(corner, size).adjusted(-margin, -margin, margin, margin)

    def moved(self, dx: float, dy: float) -> View:
        """Return the view after the plan was pushed by so many pixels."""
        return View(self.scale, self.left - dx / self.scale, self.top - dy / self.scale)

    def snapped(self, dpr: float) -> View:
        """Return the view with its corner on a whole device pixel, so that pans by whole pixels keep it there."""
        pixels = self.scale * dpr
        return View(self.scale, round(self.left * pixels) / pixels, round(self.top * pixels) / pixels)

    def zoomed(self, scale: float, anchor: QPointF) -> View:
        """Return the view at another scale, the plan point under the anchor staying where it is."""
        fixed = self.to_plan(anchor)
        return View(scale, fixed.x() - anchor.x() / scale, fixed.y() - anchor.y() / scale)


def fitted(bounds: QRectF, size: QSize, *, max_scale: float = MAX_FIT_SCALE) -> View:
    """Return the view that shows all of a part of the plan, centred."""
    scale = _fitting(bounds, size, SIDE_MARGIN)
    if scale * SEAT_UNITS < CROWDED_SEAT_PIXELS:
        scale = _fitting(bounds, size, NAME_MARGIN)
    scale = min(scale, max_scale)
    centre = bounds.center()
    return View(scale, centre.x() - size.width() / 2 / scale, centre.y() - size.height() / 2 / scale)


def _fitting(bounds: QRectF, size: QSize, side: float) -> float:
    width, height = max(1.0, size.width() - 2 * side), max(1.0, size.height() - 2 * NAME_MARGIN)
    return min(width / max(1.0, bounds.width()), height / max(1.0, bounds.height()))


def held_in_sight(view: View, bounds: QRectF, size: QSize) -> View:
    """Return the view moved so far that the middle of the widget stays on the plan: nobody pans into the void."""
    half_width, half_height = size.width() / 2 / view.scale, size.height() / 2 / view.scale
    x = min(max(view.left + half_width, bounds.left()), bounds.right())
    y = min(max(view.top + half_height, bounds.top()), bounds.bottom())
    return View(view.scale, x - half_width, y - half_height)
