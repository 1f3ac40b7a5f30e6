"""What a press of the mouse and the movement after it mean."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

if TYPE_CHECKING:
    from collections.abc import Sequence

SLACK = 8.0
"""So many pixels a hand may tremble during a click."""
FINGER_SLACK = 12.0


class Purpose(Enum):
    """What a movement with a pressed button does."""

    PAN = auto()
    BAND = auto()


@dataclass(slots=True)
class Drag:
    """A pressed button, from press to release."""

    start: QPointF
    last: QPointF
    purpose: Purpose
    clicks: bool
    """Whether a release without movement is a click."""
    moving: bool = False

    def move(self, point: QPointF) -> QPointF | None:
        """Return how far the pointer went since the last call, or None while it may still be a click."""
        if not self.moving and (point - self.start).manhattanLength() <= SLACK:
            return None
        self.moving = True
        step = point - self.last
        self.last = point
        return step

    def band(self) -> QRectF:
        """Return the rectangle from the press to the pointer."""
        return QRectF(self.start, self.last).normalized()


@dataclass(frozen=True, slots=True)
class TouchStep:
    """What the fingers did since the last step: push, and spread by a factor around a centre."""

    pan: QPointF
    factor: float
    centre: QPointF


class TouchTracker:
    """Follows one or two fingers: a tap, a pan, or a pinch."""

    def __init__(self) -> None:
        self._last: list[QPointF] = []
        self._start = QPointF()
        self._is_tap = False

    def begin(self, points: Sequence[QPointF]) -> None:
        """Start with the first finger down."""
        self._last = list(points)
        self._start = points[0]
        self._is_tap = len(points) == 1

    def step(self, points: Sequence[QPointF]) -> TouchStep | None:
        """Return what moved, or None while it may still be a tap or when a finger came or went."""
        last, self._last = self._last, list(points)
        if len(points) > 1:
            self._is_tap = False
        if len(last) != len(points) or not points:
            return None
        centre, before = _middle(points), _middle(last)
        if len(points) == 1 and self._is_tap:
            if (points[0] - self._start).manhattanLength() <= FINGER_SLACK:
                self._last = last
                return None
            self._is_tap = False
        factor = 1.0
        if len(points) == 2:
            spread_before = _distance(last)
            factor = _distance(points) / spread_before if spread_before > 1 else 1.0
        return TouchStep(centre - before, factor, centre)

    def end(self) -> QPointF | None:
        """Return where the finger tapped, or None when it was no tap."""
        tapped = self._start if self._is_tap else None
        self._is_tap = False
        self._last = []
        return tapped

    def cancel(self) -> None:
        """Forget the fingers."""
        self._is_tap = False
        self._last = []


def _middle(points: Sequence[QPointF]) -> QPointF:
    return QPointF(sum(p.x() for p in points) / len(points), sum(p.y() for p in points) / len(points))


def _distance(points: Sequence[QPointF]) -> float:
    return math.hypot(points[0].x() - points[1].x(), points[0].y() - points[1].y())
