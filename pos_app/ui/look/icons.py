"""Icons in the colours of the theme, from the Phosphor SVG files in resources/icons."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pos_app.assets import asset
from pos_app.ui.look.theme import current_theme


def icon(name: str, *, role: str = "text", checked_role: str | None = None) -> QIcon:
    """Return the icon of that file name, painted in a colour of the theme that is on screen at the time of painting.

    role: a name of theme_colors.COLORS. checked_role: the colour while a checkable button is checked.
    Raises FileNotFoundError when there is no such icon.
    """
    _source(name)
    return QIcon(_ThemedIcon(name, role, checked_role or role))


def icon_pixmap(name: str, pixels: int, *, role: str = "text", ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture of that many device-independent pixels, sharp at the given pixel ratio."""
    return _render(name, current_theme()[role], round(pixels * ratio), ratio)


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    return asset("icons", f"{name}.svg").read_bytes()


@lru_cache(maxsize=1024)
def _render(name: str, color: str, device_pixels: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(device_pixels, device_pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    svg = _source(name).replace(b"currentColor", color.encode())
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, device_pixels, device_pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class _ThemedIcon(QIconEngine):
    """Looks its colour up when it is painted, so that icons on screen follow the theme by themselves."""

    def __init__(self, name: str, role: str, checked_role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._checked_role = checked_role

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode is QIcon.Mode.Disabled:
            return current_theme()["faint"]
        return current_theme()[self._checked_role if state is QIcon.State.On else self._role]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        pixmap = _render(self._name, self._color(mode, state), round(side * ratio), ratio)
        corner = QPoint(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2)
        painter.drawPixmap(corner, pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _render(self._name, self._color(mode, state), min(size.width(), size.height()), 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # Qt hands over device-independent pixels in some versions and device pixels in others. More pixels than asked
        # for do no harm: QIcon works out their ratio itself.
        side = round(min(size.width(), size.height()) * scale)
        return _render(self._name, self._color(mode, state), side, scale)

    def clone(self) -> QIconEngine:
        return _ThemedIcon(self._name, self._role, self._checked_role)
