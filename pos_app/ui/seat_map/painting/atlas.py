"""Small pictures side by side in one pixmap, and painting thousands of them in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from shiboken6 import Shiboken

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

COLUMNS = 24
FIRST_ROWS = 4
MOST_CELLS = 6000
"""Beyond this the atlas starts anew: a house that numbers 60,000 seats through does not fill the memory."""


class Atlas:
    """Cells of one size, each painted when it is first asked for.

    `paint(painter, key)` paints the cell of a key around the painter's origin, in device pixels. `side` is the size
    of what is in the cell: where it is odd, the origin lies in the middle of a pixel, so that edges fall between two.
    """

    def __init__(self, cell: int, side: int, keys: int, paint: Callable[[QPainter, int], None]) -> None:
        # Qt rounds the halves of an odd cell now up, now down.
        self.width = self.height = cell + cell % 2
        self.shift = 0.5 if side % 2 else 0.0
        self._paint = paint
        self._slots: NDArray[np.int32] = np.full(keys, -1, np.int32)
        self._used = 0
        self.pixmap = self._blank(FIRST_ROWS)

    def corners(self, keys: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the left and top of each key's cell in the pixmap, painting the cells that are new."""
        missing = np.unique(keys[self._slots[keys] < 0])
        if len(missing):
            if self._used + len(missing) > MOST_CELLS:
                self._slots[:] = -1
                self._used = 0
                self.pixmap.fill(Qt.GlobalColor.transparent)
                missing = np.unique(keys)
            self._add(missing.tolist())
        slots = self._slots[keys]
        return slots % COLUMNS * self.width, slots // COLUMNS * self.height

    def _add(self, keys: list[int]) -> None:
        rows = -(-(self._used + len(keys)) // COLUMNS)
        if rows * self.height > self.pixmap.height():
            grown = self._blank(max(rows, 2 * self.pixmap.height() // self.height))
            painter = QPainter(grown)
            painter.drawPixmap(0, 0, self.pixmap)
            painter.end()
            self.pixmap = grown
        painter = QPainter(self.pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        for slot, key in enumerate(keys, start=self._used):
            self._slots[key] = slot
            corner = QPointF(slot % COLUMNS * self.width, slot // COLUMNS * self.height)
            painter.save()
            painter.setClipRect(QRectF(corner.x(), corner.y(), self.width, self.height))
            painter.translate(corner + QPointF(self.width / 2 + self.shift, self.height / 2 + self.shift))
            self._paint(painter, key)
            painter.restore()
        painter.end()
        self._used += len(keys)

    def _blank(self, rows: int) -> QPixmap:
        pixmap = QPixmap(COLUMNS * self.width, rows * self.height)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap


class FragmentBuffer:
    """The memory that QPainter.drawPixmapFragments reads: ten doubles a fragment, filled by numpy.

    The wrapper looks straight into the array, so both live and die together, here.
    """

    def __init__(self, capacity: int) -> None:
        self._values = np.zeros((max(1, capacity), 10), np.float64)
        # x, y, source left, source top, width, height, scale x, scale y, rotation, opacity
        self._values[:, 6:8] = 1.0
        self._values[:, 9] = 1.0
        self._wrapper = cast(
            "QPainter.PixmapFragment", Shiboken.wrapInstance(self._values.ctypes.data, QPainter.PixmapFragment)
        )

    def draw(
        self,
        painter: QPainter,
        atlas: Atlas,
        keys: NDArray[np.int64],
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        origin: tuple[int, int],
    ) -> None:
        """Draw the cells of keys with their centres at x, y (device pixels from an origin).

        They are moved onto whole pixels before the origin is taken off, so that panning moves them all alike.
        """
        count = len(keys)
        if not count:
            return
        lefts, tops = atlas.corners(keys)
        values = self._values[:count]
        values[:, 0] = np.round(x - atlas.shift) - origin[0]
        values[:, 1] = np.round(y - atlas.shift) - origin[1]
        values[:, 2] = lefts
        values[:, 3] = tops
        values[:, 4] = atlas.width
        values[:, 5] = atlas.height
        painter.drawPixmapFragments(self._wrapper, count, atlas.pixmap)
