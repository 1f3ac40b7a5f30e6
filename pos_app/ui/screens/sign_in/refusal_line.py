"""Why a sign-in was not accepted, and how long to wait before the next try."""

from __future__ import annotations

import math

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.steady_clock import steady_seconds
from pos_app.ui.announce import announce
from pos_app.ui.widgets.labels import IconLabel, text_label


class RefusalLine(QWidget):
    """A sentence in red, with the seconds counting down; hidden while all is well.

    Signals: wait_over() when the next try may be made.
    """

    wait_over = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._until = 0.0
        self._words = text_label("", "strong", tone="danger", wrap=True)
        self._advice = text_label("", "muted", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(self._words)
        column.addWidget(self._advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("warning-circle", 20, "danger"))
        row.addLayout(column, 1)
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

    def say(self, message: str, advice: str, wait_seconds: int) -> None:
        """Show why, what to do, and count the seconds down."""
        self._until = steady_seconds() + wait_seconds
        self._words.setText(message)
        self._show_advice(advice)
        self.show()
        announce(self, self.words, urgent=True)
        if wait_seconds > 0:
            self._show_wait()
            self._timer.start()
        else:
            self._timer.stop()

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
            clock = f"{left // 60}:{left % 60:02d}"
            self._show_advice(self.tr("You can try again in {0} min.").format(clock))
        else:
            self._show_advice(self.tr("You can try again in {0} s.").format(left))

    def _on_tick(self) -> None:
        if self.waiting:
            self._show_wait()
            return
        self._timer.stop()
        self.hide()
        self.wait_over.emit()
