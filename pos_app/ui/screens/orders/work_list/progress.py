"""How far a run is, with the buttons that pause it and end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from pos_app.ui.screens.orders.work_list.running import WorkRun


class ProgressStrip(QWidget):
    """A line, a bar and two buttons; hidden while nothing runs. Keys: F9 pauses and goes on. No signals."""

    def __init__(self, run: WorkRun) -> None:
        super().__init__()
        self._run = run
        self.words = text_label("", "strong")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedHeight(6)
        self.pause_button = KeyButton("", "F9", icon_name="hourglass-medium")
        self.pause_button.clicked.connect(self._on_pause)
        self.leave_button = KeyButton(self.tr("Leave the rest"), icon_name="x")
        self.leave_button.clicked.connect(run.leave_rest)
        told = column(1, self.words, self.bar, 1, spacing=6)
        row((told, 1), self.pause_button, self.leave_button, inside=self, spacing=12)
        run.changed.connect(self.show_progress)
        self.show_progress()

    def show_progress(self) -> None:
        """Show how far it is now."""
        run = self._run
        self.setVisible(run.is_busy)
        if not run.is_busy:
            return
        self.bar.setRange(0, run.total)
        self.bar.setValue(run.done)
        words = self.tr("Paused: {0} of {1} done") if run.is_paused else self.tr("Working: {0} of {1} done")
        self.words.setText(words.format(shown_number(run.done), shown_number(run.total)))
        self.pause_button.set_words(self.tr("Go on") if run.is_paused else self.tr("Pause"))

    def _on_pause(self) -> None:
        if self._run.is_paused:
            self._run.go_on()
        else:
            self._run.pause()
