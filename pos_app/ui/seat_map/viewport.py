"""The map as last painted: pans move it, changes mend it, only zooming and resizing paint it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

if TYPE_CHECKING:
    from collections.abc import Callable


class Viewport:
    """A pixmap of the widget's size; `draw(painter, rect)` paints a rectangle of it, in widget pixels."""

    def __init__(self, draw: Callable[[QPainter, QRectF], None]) -> None:
        self._draw = draw
        self._pixmap = QPixmap()
        self.stale = True

    @property
    def usable(self) -> bool:
        """Whether there is a picture that can be moved, mended or stretched."""
        return not self.stale and not self._pixmap.isNull()

    def picture(self, size: QSize, dpr: float) -> QPixmap:
        """Return the picture for a widget of this size, painted anew if it must be."""
        device_size = QSize(round(size.width() * dpr), round(size.height() * dpr))
        if self.stale or self._pixmap.size() != device_size or self._pixmap.devicePixelRatio() != dpr:
            self._pixmap = QPixmap(device_size)
            self._pixmap.setDevicePixelRatio(dpr)
            painter = QPainter(self._pixmap)
            self._draw(painter, QRectF(0, 0, device_size.width() / dpr, device_size.height() / dpr))
            painter.end()
            self.stale = False
        return self._pixmap

    def last_picture(self) -> QPixmap:
        """Return the picture as it is, however old."""
        return self._pixmap

    def scroll(self, dx: int, dy: int) -> None:
        """Move the picture by device pixels and paint the strips that this uncovers."""
        if not self.usable:
            return
        whole = self._pixmap.rect()
        if abs(dx) >= whole.width() or abs(dy) >= whole.height():
            self.stale = True
            return
        self._pixmap.scroll(dx, dy, whole)
        dpr = self._pixmap.devicePixelRatio()
        for strip in _uncovered(whole, dx, dy):
            place = QRectF(strip.x() / dpr, strip.y() / dpr, strip.width() / dpr, strip.height() / dpr)
            painter = QPainter(self._pixmap)
            painter.setClipRect(place)
            self._draw(painter, place)
            painter.end()

    def mend(self, places: list[QRect], draw: Callable[[QPainter, QRectF], None]) -> None:
        """Paint some small places anew with a `draw` that knows what is in them."""
        region = QRegion()
        for place in places:
            region += place
        painter = QPainter(self._pixmap)
        painter.setClipRegion(region, Qt.ClipOperation.ReplaceClip)
        draw(painter, QRectF(region.boundingRect()))
        painter.end()


def _uncovered(whole: QRect, dx: int, dy: int) -> list[QRect]:
    """Return the strips of a picture that moving it leaves without a picture."""
    stays = whole & whole.translated(dx, dy)
    beside_left = stays.right() + 1 if dx < 0 else whole.left()
    above_top = stays.bottom() + 1 if dy < 0 else whole.top()
    beside = QRect(beside_left, stays.top(), abs(dx), stays.height())
    above = QRect(whole.left(), above_top, whole.width(), abs(dy))
    return [strip for strip in (beside, above) if not strip.isEmpty()]
