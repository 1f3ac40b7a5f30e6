"""How long the seats of the basket are still held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from pos_app.ui.announce import announce
from pos_app.ui.look.theme import current_theme, figures_font
from pos_app.ui.words.times import shown_countdown

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

WARN_FROM_SECONDS: Final = 120
DANGER_FROM_SECONDS: Final = 60
_SPOKEN_AT: Final = (300, 120, 60, 0)
_SIDE: Final = 56
_STROKE: Final = 5
_DIGITS: Final = 14
_SMALL_DIGITS: Final = 11
"""The size of the digits in pixels; the small ones where a hundred minutes are left."""


class HoldRing(QWidget):
    """A ring that empties, with minutes and seconds; amber from two minutes, red from one.

    Screen readers are told at 5, 2, 1 minutes and at the end.
    """

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0
        self._total = 1
        self.setFixedSize(_SIDE, _SIDE)
        self.setAccessibleName(self.tr("Time left to pay"))

    @property
    def tone(self) -> str:
        """Return the colour role that says how urgent it is: accent, warn or danger."""
        if self._seconds <= DANGER_FROM_SECONDS:
            return "danger"
        return "warn" if self._seconds <= WARN_FROM_SECONDS else "accent"

    @property
    def digits(self) -> str:
        """Return what is written inside, as minutes and seconds."""
        return shown_countdown(self._seconds)

    def set_remaining(self, seconds: int, total: int) -> None:
        """Show the whole seconds left of a total; below zero counts as zero."""
        before = self._seconds
        self._seconds = max(0, seconds)
        self._total = max(1, total)
        words = self._in_words()
        self.setAccessibleDescription(words)
        if any(self._seconds <= mark < before for mark in _SPOKEN_AT):
            announce(self, words, urgent=self._seconds <= WARN_FROM_SECONDS)
        self.update()

    def _in_words(self) -> str:
        if not self._seconds:
            return self.tr("The time to pay is over.")
        if self._seconds < 60:
            return self.tr("Time left to pay: {0} s.").format(self._seconds)
        return self.tr("Time left to pay: {0} min.").format(round(self._seconds / 60))

    def sizeHint(self) -> QSize:
        """Always the same size."""
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring and the digits."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = _STROKE / 2 + 1
        ring = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(theme.color("line"), _STROKE))
        painter.drawEllipse(ring)
        if self._seconds:
            painter.setPen(QPen(theme.color(self.tone), _STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            part = min(1.0, self._seconds / self._total)
            painter.drawArc(ring, 90 * 16, round(360 * 16 * part))
        painter.setFont(figures_font(_DIGITS if len(self.digits) <= len("00:00") else _SMALL_DIGITS, QFont.Weight.Bold))
        painter.setPen(theme.color("text" if self.tone == "accent" else self.tone))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.digits)
