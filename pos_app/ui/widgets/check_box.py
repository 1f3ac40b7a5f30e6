"""A box to tick, large enough to see from a standing desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from pos_app.ui.look.icons import icon_pixmap
from pos_app.ui.look.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent

_SIDE: Final = 22
_ROOM: Final = 30


class CheckBox(QCheckBox):
    """A tick in a filled square; the words stand beside it, in a label of the owner's.

    Signals: toggled(bool) of QCheckBox.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The square and the ring around it that shows the focus."""
        return QSize(_ROOM, _ROOM)

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks anywhere on it."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square, the tick, and the ring."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square = QRectF(0, 0, _SIDE, _SIDE)
        square.moveCenter(QRectF(self.rect()).center())
        if self.isChecked():
            painter.setBrush(theme.color("accent"))
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("faint" if self.isEnabled() else "line"), 1.5))
        painter.drawRoundedRect(square.adjusted(0.75, 0.75, -0.75, -0.75), 6, 6)
        if self.isChecked():
            tick = icon_pixmap("check", 16, role="accent_text", ratio=self.devicePixelRatioF())
            painter.drawPixmap(square.topLeft() + QPointF((_SIDE - 16) / 2, (_SIDE - 16) / 2), tick)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(square.adjusted(-2.5, -2.5, 2.5, 2.5), 8, 8)
