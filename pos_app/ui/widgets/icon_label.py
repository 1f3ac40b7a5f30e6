"""An icon that stands by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pos_app.ui.look.icons import icon_pixmap

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class IconLabel(QWidget):
    """Paints one icon in a colour of the theme; decoration, so screen readers pass over it. No signals."""

    def __init__(self, name: str, pixels: int = 20, role: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._pixels = pixels
        self._role = role
        self.setFixedSize(pixels, pixels)

    def show_icon(self, name: str, role: str) -> None:
        """Change the icon and its colour."""
        self._name = name
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        del event
        painter = QPainter(self)
        painter.drawPixmap(0, 0, icon_pixmap(self._name, self._pixels, role=self._role, ratio=self.devicePixelRatioF()))
