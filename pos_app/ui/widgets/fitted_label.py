"""One line of large words that always fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui.look.theme import current_theme, figures_font, ui_font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class FittedLabel(QWidget):
    """Amounts and order numbers in letters as large as the width allows, `pixels` at the most.

    tone: a colour of the theme. figures: all of one width, so that an amount does not tremble. No signals.
    """

    def __init__(
        self,
        text: str = "",
        pixels: int = 40,
        *,
        tone: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        figures: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._pixels = pixels
        self._tone = tone
        self._align = align
        self._write = figures_font if figures else ui_font
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """Return what it says."""
        return self._text

    @property
    def tone(self) -> str:
        """Return the name of its colour."""
        return self._tone

    def show_text(self, text: str, tone: str = "text") -> None:
        """Say something else."""
        self._text = text
        self._tone = tone
        self.setAccessibleName(text)
        self.update()

    def fitted_pixels(self) -> int:
        """Return the size of the letters at the present width."""
        needed = QFontMetricsF(self._font(self._pixels)).horizontalAdvance(self._text)
        if needed <= self.width():
            return self._pixels
        return max(self._smallest(), int(self._pixels * self.width() / needed))

    def _smallest(self) -> int:
        return min(self._pixels, 14)

    def _font(self, pixels: int) -> QFont:
        return self._write(pixels, QFont.Weight.Bold)

    def sizeHint(self) -> QSize:
        """The height of one line of the largest letters; any width will do."""
        return QSize(120, round(self._pixels * 1.22))

    def minimumSizeHint(self) -> QSize:
        """The height is always the same, so that nothing moves when an amount grows."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words."""
        del event
        painter = QPainter(self)
        painter.setFont(self._font(self.fitted_pixels()))
        painter.setPen(current_theme().color(self._tone))
        words = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width() + 1)
        painter.drawText(self.rect(), self._align | Qt.AlignmentFlag.AlignVCenter, words)
