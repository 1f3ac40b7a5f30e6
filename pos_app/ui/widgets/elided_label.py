"""A line of words that is cut with an ellipsis where there is no room, and told whole in its tool tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class ElidedLabel(QLabel):
    """A plain-text label of one line. Styled by the property role, as text_label is. No signals of its own."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_words(text)

    @property
    def words(self) -> str:
        """Return all that it says, cut or not."""
        return self._words

    def show_words(self, text: str) -> None:
        """Say something else."""
        self._words = text
        self.setAccessibleName(text)
        self._cut()

    def _cut(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, max(0, self.width()))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._words if shown != self._words else "")

    def minimumSizeHint(self) -> QSize:
        """As narrow as the layout wants it."""
        return QSize(20, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Room for all the words."""
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._words) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut where the new width asks for it."""
        super().resizeEvent(event)
        self._cut()
