"""The yardstick of the seat map: as many little pictures in the same places, painted by Qt and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

SPRITE: Final = 6
"""The pixels of a seat where a house of 60,000 is seen as a whole."""


class BarePicture(QWidget):
    """Keeps a picture of its size and shows it, as a map does; x, y: where the seats of a house stand, 0 to 1."""

    def __init__(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._x, self._y = x, y
        self._factor = 1.0
        self._picture = QPixmap()
        self._sprite = QPixmap(SPRITE, SPRITE)
        self._sprite.fill(Qt.GlobalColor.darkCyan)
        # x, y, source left and top, width, height, scale x and y, rotation, opacity
        self._values = np.zeros((len(x), 10), np.float64)
        self._values[:, 4:6] = SPRITE
        self._values[:, 6:8] = 1.0
        self._values[:, 9] = 1.0
        self._fragments = cast(
            "QPainter.PixmapFragment", Shiboken.wrapInstance(self._values.ctypes.data, QPainter.PixmapFragment)
        )

    def build(self) -> None:
        """Paint all seats."""
        self._factor = 1.0
        self._picture = QPixmap(self.size())
        self._picture.fill(Qt.GlobalColor.white)
        self._values[:, 0] = np.round(self._x * self.width())
        self._values[:, 1] = np.round(self._y * self.height())
        painter = QPainter(self._picture)
        painter.drawPixmapFragments(self._fragments, len(self._values), self._sprite)
        painter.end()

    def push(self, dx: int, dy: int) -> None:
        """Move the picture by pixels."""
        self._picture.scroll(dx, dy, self._picture.rect())

    def stretch(self, factor: float) -> None:
        """Show the picture larger by so much than before."""
        self._factor *= factor

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Show the picture."""
        painter = QPainter(self)
        if self._factor == 1.0:
            painter.drawPixmap(0, 0, self._picture)
        else:
            place = QRectF(0, 0, self.width() * self._factor, self.height() * self._factor)
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        painter.end()
