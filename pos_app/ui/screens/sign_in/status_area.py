"""What came of the last try: it is being checked, or why it was not accepted and how long to wait for the next."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.steady_clock import steady_seconds
from pos_app.ui.announce import announce
from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.labels import IconLabel, text_label
from pos_app.ui.widgets.spinner import Spinner
from pos_app.ui.words.times import shown_countdown

_HINT_MS: Final = 8_000


class RefusalLine(QWidget):
    """A sentence in red, with the seconds counting down; hidden while all is well.

    Signals: wait_over() when the next try may be made.
    """

    wait_over = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._until = 0.0
        self._is_of_server = False
        server_answers().answered.connect(self._on_server_answered)
        self._words = text_label("", "strong", tone="danger", wrap=True)
        self._advice = text_label("", "muted", wrap=True)
        words = column(self._words, self._advice, spacing=1)
        row(IconLabel("warning-circle", 20, "danger"), (words, 1), inside=self, spacing=8)
        self._timer = QTimer(self, interval=250)
        self._timer.timeout.connect(self._on_tick)
        self.hide()

    @property
    def waiting(self) -> bool:
        """Tell whether the next try has to wait."""
        return self._seconds_left() > 0

    @property
    def words(self) -> str:
        """Return what is said."""
        return f"{self._words.text()} {self._advice.text()}".strip()

    def tell(self, message: str, advice: str, wait_seconds: int) -> None:
        """Show why, what to do, and count the seconds down."""
        self._until = steady_seconds() + wait_seconds
        self._is_of_server = False
        self._words.setText(message)
        self._show_advice(advice)
        self.show()
        announce(self, self.words, urgent=True)
        if wait_seconds > 0:
            self._show_wait()
            self._timer.start()
        else:
            self._timer.stop()

    def end_with_answer(self) -> None:
        """What is said is true only until the server answers."""
        self._is_of_server = True

    def _on_server_answered(self) -> None:
        if self._is_of_server:
            self._is_of_server = False
            self.hide()

    def forget(self) -> None:
        """Hide it and wait no longer here: somebody else may try. Whether the wait is over is judged by the service."""
        self._until = 0.0
        self._timer.stop()
        self.hide()

    def clear(self) -> None:
        """Hide it; a wait that runs is kept."""
        if not self.waiting:
            self.hide()

    def _seconds_left(self) -> int:
        return max(0, math.ceil(self._until - steady_seconds()))

    def _show_advice(self, advice: str) -> None:
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))

    def _show_wait(self) -> None:
        left = self._seconds_left()
        if left > 60:
            self._show_advice(self.tr("You can try again in {0} min.").format(shown_countdown(left)))
        else:
            self._show_advice(self.tr("You can try again in {0} s.").format(left))

    def _on_tick(self) -> None:
        if self.waiting:
            self._show_wait()
            return
        self._timer.stop()
        self.hide()
        self.wait_over.emit()


class StatusArea(QWidget):
    """Keeps its height, so that nothing jumps when something is said.

    Signals: wait_over() when the next try may be made.
    """

    wait_over = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(44)
        self.refusal = RefusalLine()
        self.refusal.wait_over.connect(self.wait_over)
        self._busy = QWidget()
        self._sentence = text_label("", "muted")
        row(Spinner(20), (self._sentence, 1), inside=self._busy, spacing=8)
        self._hint = QWidget()
        self._hint_words = text_label("", "strong", wrap=True)
        row(IconLabel("info", 20, "accent"), (self._hint_words, 1), inside=self._hint, spacing=8)
        self._hint_ends = QTimer(self, singleShot=True, interval=_HINT_MS)
        self._hint_ends.timeout.connect(self._hint.hide)
        column(self.refusal, self._busy, self._hint, 1, inside=self)
        self._busy.hide()
        self._hint.hide()

    @property
    def hint(self) -> str:
        """Return the hint that is shown, "" for none."""
        return self._hint_words.text() if self._hint.isVisibleTo(self) else ""

    def show_hint(self, words: str) -> None:
        """Say for a moment what has nothing to do with a try; why the last one was refused stays."""
        self._hint_words.setText(words)
        self._hint.show()
        self._hint_ends.start()
        announce(self, words, urgent=True)

    def show_busy(self, sentence: str) -> None:
        """Say what is being done."""
        self._hint.hide()
        self.refusal.clear()
        self._sentence.setText(sentence)
        self._busy.show()

    def show_refusal(self, message: str, advice: str, wait_seconds: int) -> None:
        """Say why, and count the seconds down."""
        self._busy.hide()
        self._hint.hide()
        self.refusal.tell(message, advice, wait_seconds)

    def clear(self) -> None:
        """Say nothing."""
        self._busy.hide()
        self._hint.hide()
        self.refusal.clear()
