"""What a screen says while it has nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.boxes import Gap, column
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import IconLabel, say, text_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel


class EmptyState(QWidget):
    """An icon, a sentence that says what to do first, and a button where there is one thing to do.

    Signals: asked() when the button is clicked.
    """

    asked = Signal()

    def __init__(self, icon_name: str, title: str, sentence: str = "", *, action: str = "") -> None:
        super().__init__()
        self._icon = IconLabel(icon_name, 44, "faint")
        self._title = self._line("heading")
        self._sentence = self._line("muted")
        self._button = KeyButton(action)
        self._button.clicked.connect(self.asked)
        middle = Qt.AlignmentFlag.AlignHCenter
        column(
            1,
            (self._icon, 0, middle),
            Gap(4),
            self._title,
            self._sentence,
            Gap(6),
            (self._button, 0, middle),
            1,
            inside=self,
            margins=24,
            spacing=8,
        )
        self.show_words(icon_name, title, sentence, action=action)

    def show_words(self, icon_name: str, title: str, sentence: str = "", *, action: str = "") -> None:
        """Say something else."""
        self._icon.show_icon(icon_name, "faint")
        self._title.setText(title)
        say(self._sentence, sentence)
        self._button.set_words(action)
        self._button.setVisible(bool(action))

    @staticmethod
    def _line(role: str) -> QLabel:
        line = text_label("", role, wrap=True)
        line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return line
