"""Before anybody can sign in: the connection is being made, or cannot be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui.announce import announce
from pos_app.ui.widgets.icon_label import IconLabel
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.spinner import Spinner

if TYPE_CHECKING:
    from pos_app.domain.errors import PosError


class WaitingPage(QWidget):
    """A turning arc with a sentence, or what is wrong with a button to try again.

    Signals: retry_asked().
    """

    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._spinner = Spinner(40)
        self._icon = IconLabel("plugs", 44, "danger")
        self._words = text_label("", "heading", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._advice = text_label("", "muted", wrap=True)
        self._advice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.retry_button = KeyButton(self.tr("Try again"), icon_name="arrow-clockwise", variant="primary")
        self.retry_button.print_key("Return")
        self.retry_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retry_button.setAutoDefault(True)
        self.retry_button.clicked.connect(self.retry_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 40, 40, 40)
        column.setSpacing(8)
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._spinner, 0, middle)
        column.addWidget(self._icon, 0, middle)
        column.addSpacing(10)
        column.addWidget(self._words)
        column.addWidget(self._advice)
        column.addSpacing(10)
        column.addWidget(self.retry_button, 0, middle)
        column.addStretch(1)
        self.show_waiting("")

    def show_waiting(self, sentence: str) -> None:
        """Say what is being done."""
        self._show(sentence, "", problem=False)

    def show_problem(self, error: PosError) -> None:
        """Say what is wrong and what to do."""
        self._show(error.message, error.advice, problem=True)
        self.retry_button.setFocus()
        announce(self, str(error), urgent=True)

    def _show(self, words: str, advice: str, *, problem: bool) -> None:
        self._spinner.setVisible(not problem)
        self._icon.setVisible(problem)
        self._words.setText(words)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.retry_button.setVisible(problem)
