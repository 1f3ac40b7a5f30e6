"""What came of a step: it is under way, it went well, or what is wrong and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.ui.announce import announce
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.labels import IconLabel, set_tone, text_label
from pos_app.ui.widgets.spinner import Spinner


class Outcome(QWidget):
    """A sign, a sentence, and the next step below it. No signals."""

    def __init__(self) -> None:
        super().__init__()
        self._spinner = Spinner(22)
        self._icon = IconLabel("check-circle", 22, "ok")
        self.message = text_label("", "strong", wrap=True)
        self.advice = text_label("", "body", wrap=True)
        words = column(self.message, self.advice, 1, spacing=2)
        top = Qt.AlignmentFlag.AlignTop
        row((self._spinner, 0, top), (self._icon, 0, top), (words, 1), inside=self, margins=(0, 4, 0, 0), spacing=10)
        self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self._show("", "", busy=False)
        self._icon.hide()

    def show_busy(self, sentence: str) -> None:
        """Say what is being done."""
        self._show(sentence, "", busy=True)

    def show_good(self, message: str, advice: str = "") -> None:
        """Say that it went well."""
        self._icon.show_icon("check-circle", "ok")
        self._show(message, advice, busy=False)
        announce(self, f"{message} {advice}".strip())

    def show_problem(self, message: str, advice: str = "") -> None:
        """Say what is wrong."""
        self._icon.show_icon("warning-circle", "danger")
        self._show(message, advice, busy=False, tone="danger")
        announce(self, f"{message} {advice}".strip(), urgent=True)

    def _show(self, message: str, advice: str, *, busy: bool, tone: str = "") -> None:
        self._spinner.setVisible(busy)
        self._icon.setVisible(not busy)
        set_tone(self.message, tone)
        self.message.setText(message)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
