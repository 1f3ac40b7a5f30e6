"""What a screen says while it has nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel


class EmptyState(QWidget):
    """An icon, a sentence that says what to do first, and a button where there is one thing to do.

    Signals: asked() when the button is clicked.
    """

    asked = Signal()

    def __init__(
        self, icon_name: str, title: str, sentence: str = "", *, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon_name, 44, "faint")
        self._title = self._line("heading")
        self._sentence = self._line("muted")
        self._button = KeyButton(action)
        self._button.clicked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addSpacing(6)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.show_words(icon_name, title, sentence, action=action)

    def show_words(self, icon_name: str, title: str, sentence: str = "", *, action: str = "") -> None:
        """Say something else."""
        self._icon.show_icon(icon_name, "faint")
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._button.set_words(action)
        self._button.setVisible(bool(action))

    @staticmethod
    def _line(role: str) -> QLabel:
        line = text_label("", role, wrap=True)
        line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return line
