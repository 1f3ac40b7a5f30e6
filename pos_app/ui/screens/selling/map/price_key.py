"""The price categories above the map: colour, name and price; in a narrow window the letter and the price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pos_app.ui.look.theme import current_theme, ui_font
from pos_app.ui.words.lists import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent, QPaintEvent

HEIGHT: Final = 42
_PAD: Final = 12
_SWATCH: Final = 18
_GAP: Final = 8


@dataclass(frozen=True, slots=True)
class PriceEntry:
    """One category: as the map paints it, and what it costs."""

    name: str
    letter: str
    price: str
    color: str
    ink: str


class PriceKey(QWidget):
    """Paints the entries in one line, as wordy as there is room for. No signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[PriceEntry, ...] = ()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: Sequence[PriceEntry]) -> None:
        """Show these categories, the dearest first as the house orders them."""
        self._entries = tuple(entries)
        words = listed(f"{entry.name} {entry.price}" for entry in self._entries)
        self.setAccessibleName(self.tr("Prices: {0}").format(words))
        self.update()

    def _layout(self) -> list[tuple[QRectF, str, PriceEntry]]:
        """Return a rectangle and words for each entry; names where all fit, else prices alone, else what fits."""
        metrics = QFontMetricsF(ui_font(14, QFont.Weight.Medium))
        placed: list[tuple[QRectF, str, PriceEntry]] = []
        for wordy, pad, gap in ((True, _PAD, _GAP), (False, _PAD, _GAP), (False, _PAD // 2, _GAP // 2)):
            placed = []
            x = 0.5
            for entry in self._entries:
                words = f"{entry.name}  {entry.price}" if wordy else entry.price
                width = pad * 2 + _SWATCH + 8 + metrics.horizontalAdvance(words)
                placed.append((QRectF(x, 0.5, width, HEIGHT - 1), words, entry))
                x += width + gap
            if x - gap <= self.width():
                return placed
        return [one for one in placed if one[0].right() <= self.width()]

    def minimumSizeHint(self) -> QSize:
        """Small: it takes what is left."""
        return QSize(80, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entries."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, words, entry in self._layout():
            painter.setPen(QPen(theme.color("line"), 1))
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(box, 10, 10)
            inner = _SWATCH + 8 + QFontMetricsF(ui_font(14, QFont.Weight.Medium)).horizontalAdvance(words)
            left = box.center().x() - inner / 2
            tile = QRectF(left, box.center().y() - _SWATCH / 2, _SWATCH, _SWATCH)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(entry.color))
            painter.drawRoundedRect(tile, 5, 5)
            painter.setPen(QColor(entry.ink))
            painter.setFont(ui_font(11, QFont.Weight.Bold))
            painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, entry.letter)
            painter.setPen(theme.color("text"))
            painter.setFont(ui_font(14, QFont.Weight.Medium))
            after = QRectF(left + _SWATCH + 8, box.top(), box.width(), box.height())
            painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, words)

    def event(self, event: QEvent) -> bool:
        """Tell the whole name where there was no room for it."""
        if event.type() == event.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]  # Qt says so by the type
            for box, _words, entry in self._layout():
                if box.contains(help_event.pos().toPointF()):
                    QToolTip.showText(help_event.globalPos(), f"{entry.name}  {entry.price}", self)
                    return True
        return super().event(event)
