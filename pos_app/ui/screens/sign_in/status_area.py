"""What came of the last try: being checked, or why it was not accepted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui.screens.sign_in.refusal_line import RefusalLine
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.spinner import Spinner


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
        row = QHBoxLayout(self._busy)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Spinner(20))
        row.addWidget(self._sentence, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.refusal)
        column.addWidget(self._busy)
        column.addStretch(1)
        self._busy.hide()

    def show_busy(self, sentence: str) -> None:
        """Say what is being done."""
        self.refusal.clear()
        self._sentence.setText(sentence)
        self._busy.show()

    def show_refusal(self, message: str, advice: str, wait_seconds: int) -> None:
        """Say why, and count the seconds down."""
        self._busy.hide()
        self.refusal.say(message, advice, wait_seconds)

    def clear(self) -> None:
        """Say nothing."""
        self._busy.hide()
        self.refusal.clear()
