"""What a screen says while it has nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets.boxes import Gap, column
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import IconLabel, say, text_label
from pos_app.ui.words.messages import Ending

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from pos_app.ui.words.messages import Message


class EmptyState(QWidget):
    """An icon, a sentence that says what to do first, and a button where there is one thing to do.

    Signals: asked() when the button is clicked, and when a server that was away answers again.
    """

    asked = Signal()

    def __init__(self, icon_name: str, title: str, sentence: str = "", *, action: str = "") -> None:
        super().__init__()
        self._is_lost = False
        server_answers().answered.connect(self._on_server_answered)
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

    def show_words(self, icon_name: str, title: str, sentence: str = "", *, action: str = "", key: str = "") -> None:
        """Say something else. key: printed on the button, while the screen listens to it."""
        self._is_lost = False
        self._icon.show_icon(icon_name, "faint")
        self._title.setText(title)
        say(self._sentence, sentence)
        self._button.print_key(key)
        self._button.set_words(action)
        self._button.setVisible(bool(action))

    def show_trouble(self, message: Message) -> None:
        """Say why there is nothing to show, and offer to try again; when a server that was away answers, it is."""
        self.show_words("plugs", message.text, message.advice, action=self.tr("Try again"))
        self._is_lost = bool(message.ends & Ending.ANSWER)

    def _on_server_answered(self) -> None:
        if self._is_lost:
            self._is_lost = False
            self.asked.emit()

    @staticmethod
    def _line(role: str) -> QLabel:
        line = text_label("", role, wrap=True)
        line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return line
