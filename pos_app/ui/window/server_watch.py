"""What the window says of the server: that it is away, that it is back, that its clock does not run evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import ServerUnreachable
from pos_app.ui.server_answers import server_answers
from pos_app.ui.window.connection import Connection
from pos_app.ui.words.messages import Ending, Level, Message
from pos_app.ui.words.times import shown_span

if TYPE_CHECKING:
    from pos_app.ui.window.heartbeat import Heartbeat
    from pos_app.ui.window.main_window import MainWindow


class ServerWatch(QObject):
    """Says it once, by the heartbeat and by what others who ask the server pass on.

    Signals: came_back(): it answers again. clock_jumped(): holds end sooner or later than it seemed.
    """

    came_back = Signal()
    clock_jumped = Signal()

    def __init__(self, window: MainWindow, heart: Heartbeat) -> None:
        super().__init__(heart)
        self._window = window
        self._is_lost = False
        heart.answered.connect(self.note_answer)
        server_answers().answered.connect(self.note_answer)
        heart.lost.connect(self.note_failure)
        heart.jumped.connect(self._on_clock_jumped)
        heart.behind.connect(self._on_clock_behind)

    @property
    def is_lost(self) -> bool:
        """Tell whether the server did not answer when it was asked last."""
        return self._is_lost

    def note_answer(self) -> None:
        """It has answered somebody."""
        self._window.show_connection(Connection.ONLINE)
        if self._is_lost:
            self._is_lost = False
            self._window.show_message(Message(self.tr("The server answers again."), "", Level.OK), 4)
            self.came_back.emit()

    def note_failure(self, error: Exception) -> None:
        """It has not; where it cannot be reached, that is left on the screen until it is back."""
        if not isinstance(error, ServerUnreachable):
            self._window.show_error(error)
            return
        self._window.show_connection(Connection.LOST)
        if not self._is_lost:
            self._is_lost = True
            advice = self.tr("Foyer keeps trying. What is on the screen stays as it is.")
            words = self.tr("The server does not answer.")
            self._window.show_message(Message(words, advice, Level.WARNING, ends=Ending.ANSWER))

    def _on_clock_jumped(self, seconds: float) -> None:
        """The server's clock decides when holds end, so a jump of it is said."""
        words = (
            self.tr("The server's clock went forward by {0}.")
            if seconds > 0
            else self.tr("The server's clock went back by {0}.")
        )
        self._warn_of_clock(words.format(shown_span(seconds)))
        self.clock_jumped.emit()

    def _on_clock_behind(self, seconds: float) -> None:
        words = self.tr("The server's clock is {0} behind the last entry of this till: it was set back.")
        self._warn_of_clock(words.format(shown_span(seconds)))

    def _warn_of_clock(self, words: str) -> None:
        advice = self.tr("Holds may end too early or too late. Tell the administrator.")
        self._window.show_message(Message(words, advice, Level.WARNING))
