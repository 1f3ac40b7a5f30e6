"""What the signs on the map mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.domain.seats import MapState
from pos_app.ui.look.theme import DARK, LIGHT
from pos_app.ui.seat_map.model.lettering import sized
from pos_app.ui.seat_map.painting.colors import CategoryLook, ink_on
from pos_app.ui.seat_map.painting.sprites import COMPANION, PLAIN, WHEELCHAIR, paint_seat
from pos_app.ui.words.lists import listed

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

LINE_HEIGHT = 26
SIGN = 16.0
TEXT_INDENT = 24.0
GAP = 22.0
EDGE = 12.0


class Legend(QWidget):
    """A line of signs with their meaning, wrapped onto more lines where it is narrow. No signals.

    mine: what a seat of one's own is called here; "": in this basket.
    """

    def __init__(self, *, mine: str = "") -> None:
        super().__init__()
        self._theme = LIGHT
        self._entries = (
            (MapState.FREE, PLAIN, self.tr("Available")),
            (MapState.MINE, PLAIN, mine or self.tr("In this basket")),
            (MapState.HELD, PLAIN, self.tr("Held by another till")),
            (MapState.SOLD, PLAIN, self.tr("Sold")),
            (MapState.HOUSE, PLAIN, self.tr("House")),
            (MapState.BLOCKED, PLAIN, self.tr("Blocked")),
            (MapState.FREE, WHEELCHAIR, self.tr("Wheelchair place")),
            (MapState.FREE, COMPANION, self.tr("Companion")),
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Legend of the seat map"))
        self.setAccessibleDescription(listed(text for _state, _kind, text in self._entries))

    def set_dark(self, dark: bool) -> None:  # noqa: FBT001  # a setter like Qt's own
        """Paint in the dark or the light theme."""
        self._theme = DARK if dark else LIGHT
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all entries in one line."""
        width = round(self._places(1_000_000)[-1].right() + EDGE)
        return QSize(width, LINE_HEIGHT + 4)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any map: the rest wraps."""
        return QSize(200, LINE_HEIGHT + 4)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all lines at a width."""
        return round(self._places(width)[-1].bottom()) + 2

    def _text_font(self) -> QFont:
        return sized(self.font(), 13)

    def _places(self, width: int) -> list[QRectF]:
        """Return where each entry stands in a legend of this width."""
        metrics = QFontMetricsF(self._text_font())
        places = []
        x, y = EDGE, 2.0
        for _state, _kind, text in self._entries:
            wide = TEXT_INDENT + metrics.horizontalAdvance(text) + 2
            if x > EDGE and x + wide > width - EDGE:
                x, y = EDGE, y + LINE_HEIGHT
            places.append(QRectF(x, y, wide, LINE_HEIGHT))
            x += wide + GAP
        return places

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # it is painted whole
        """Paint each sign and its meaning."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._text_font())
        color = self._theme.categories[1]
        sample = CategoryLook(color, ink_on(color), "")
        for (state, kind, text), place in zip(self._entries, self._places(self.width()), strict=True):
            painter.save()
            painter.translate(QPoint(round(place.left() + SIGN / 2), round(place.center().y())))
            paint_seat(painter, SIGN, state, kind, sample, self._theme)
            painter.restore()
            painter.setPen(self._theme.color("muted"))
            painter.drawText(
                place.adjusted(TEXT_INDENT, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text
            )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height of all lines, from layouts too that know nothing of height for width."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))
