"""Why something is refused, below what was asked, for as long as it is true."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel

from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets.banner import READING_SECONDS
from pos_app.ui.widgets.labels import say
from pos_app.ui.words.messages import Ending

if TYPE_CHECKING:
    from pos_app.ui.words.messages import Message


class ProblemLabel(QLabel):
    """A sentence, hidden while there is none.

    One about a silent server goes when the server answers, but not before it can have been read.
    Signals: answered(): the server answers of whose silence it tells: what could not be asked can be asked again.
    """

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "body")
        self.setProperty("tone", "danger")
        self._is_of_silence = False
        self._told_at = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.clear_problem)
        server_answers().answered.connect(self._on_server_answered)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say why, until something else is said."""
        self._timer.stop()
        self._is_of_silence = False
        say(self, sentence)

    def tell_message(self, message: Message) -> None:
        """Say why it was refused, until what ends the message has come to pass."""
        self.tell(message.sentence)
        self._is_of_silence = bool(message.ends & Ending.ANSWER)
        self._told_at = time.monotonic()

    def clear_problem(self) -> None:
        """Say nothing."""
        self.tell("")

    def _on_server_answered(self) -> None:
        if not self._is_of_silence or self._timer.isActive():
            return
        unread = READING_SECONDS - (time.monotonic() - self._told_at)
        self._timer.start(max(0, round(unread * 1000)))
        self.answered.emit()
