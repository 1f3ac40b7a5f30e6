"""What is being done, and how far it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from pos_app.ui.screens.admin.venues.drawing import Share
from pos_app.ui.screens.admin.venues.plan_words import progress_words
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import text_label

_LOOK_MS: Final = 100


class BusyBar(QWidget):
    """A line and a bar; hidden while nothing is being done. No signals."""

    def __init__(self) -> None:
        super().__init__()
        self._share, self._what = Share(), ""
        self._doing = text_label("", "small")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(6)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._on_look)
        column(self._doing, self._bar, inside=self, margins=(18, 6, 18, 8), spacing=4)
        self.hide()

    def show_busy(self, what: str) -> Share:
        """Say what is being done ("" for nothing); the share that is returned may be told on any thread."""
        self._share, self._what = Share(), what
        self._on_look()
        self.setVisible(bool(what))
        if what:
            self._look.start()
        else:
            self._look.stop()
        return self._share

    def _on_look(self) -> None:
        done = self._share.done
        self._doing.setText(progress_words(done, self._what))
        # Without any share told yet it only moves to and fro.
        self._bar.setRange(0, 100 if done else 0)
        self._bar.setValue(round(done * 100))
