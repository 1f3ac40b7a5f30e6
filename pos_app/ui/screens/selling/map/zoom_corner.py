"""The buttons that zoom, floating in a corner of the map in which no seat is."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from pos_app.ui.seat_map import SeatMap

_SIDE: Final = 44
_GAP: Final = 4
_EDGE: Final = 8


class ZoomCorner(QWidget):
    """Lies over a map; goes where it covers nothing while the whole house is shown. No signals."""

    def __init__(self, seats: SeatMap) -> None:
        super().__init__(seats)
        self._map = seats
        self._bottom, self._right, self._upright = False, True, True
        self._row = row(inside=self, spacing=_GAP)
        for name, words, key, act in (
            ("plus", self.tr("Zoom in (+)"), "zoom_in", seats.zoom_in),
            ("minus", self.tr("Zoom out (-)"), "zoom_out", seats.zoom_out),
            ("corners-out", self.tr("Whole house (0)"), "fit", seats.fit),
        ):
            button = Button(icon(name), "")
            button.setProperty("variant", "tool")
            button.setObjectName(key)
            button.setFixedSize(_SIDE, _SIDE)
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._row.addWidget(button)
        # Between the buttons it is the map that is pointed at.
        self.setCursor(Qt.CursorShape.ArrowCursor)
        seats.installEventFilter(self)
        self.settle()

    def settle(self) -> None:
        """Go into a corner, upright or lying, in which nothing is covered.

        Rather to the top, for notices lie over the foot of the map, and rather to the right. Where a house
        fills every corner, the map leaves a strip for it.
        """
        choices = list(product((False, True), (True, False), (True, False)))
        covered = self._map.covered_by([self._place(*choice) for choice in choices], clear=0)
        is_free = not min(covered)
        self._bottom, self._right, self._upright = choices[covered.index(0)] if is_free else (False, True, True)
        self._map.keep_clear(0 if is_free else _SIDE + 2 * _EDGE)
        self._go()

    def _go(self) -> None:
        down = QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if self._upright else QBoxLayout.Direction.LeftToRight)
        self.setGeometry(self._place(self._bottom, self._right, self._upright))
        self.raise_()

    def _place(self, bottom: bool, right: bool, upright: bool) -> QRect:  # noqa: FBT001 - the three of a choice
        long, short = 3 * _SIDE + 2 * _GAP, _SIDE
        size = QSize(short, long) if upright else QSize(long, short)
        x = self._map.width() - size.width() - _EDGE if right else _EDGE
        y = self._map.height() - size.height() - _EDGE if bottom else _EDGE
        return QRect(QPoint(x, y), size)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the map grows or shrinks."""
        if event.type() == QEvent.Type.Resize and watched is self._map:
            self._go()
        return super().eventFilter(watched, event)
