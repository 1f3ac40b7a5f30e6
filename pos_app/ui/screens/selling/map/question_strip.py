"""A question of another till, above the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.announce import announce
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import IconLabel, panel, text_label
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.selling.seat_requests import AskedOfUs


class QuestionStrip(QWidget):
    """Says who asks for which seat, and takes the answer; hidden while nobody asks.

    Signals: answered(AskedOfUs, bool): whether the seat may go.
    """

    answered = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: AskedOfUs | None = None
        strip = panel()
        self._text = text_label("", "strong", wrap=True)
        self._title = text_label("", "muted", wrap=True)
        self.yes = KeyButton(self.tr("Let it go"), "Ctrl+Y", variant="primary")
        self.no = KeyButton(self.tr("Keep"), "Ctrl+K")
        self.yes.clicked.connect(lambda: self._answer(yes=True))
        self.no.clicked.connect(lambda: self._answer(yes=False))
        words = column(self._text, self._title, spacing=1)
        sign = IconLabel("swap", 22, "accent")
        row(sign, (words, 1), self.no, self.yes, inside=strip, margins=(16, 8, 10, 8), spacing=10)
        column(strip, inside=self, margins=(8, 0, 8, 0))
        self.hide()

    @property
    def question(self) -> AskedOfUs | None:
        """Return what is asked."""
        return self._question

    def show_question(self, question: AskedOfUs | None) -> None:
        """Show a question, or none."""
        if question == self._question:
            return
        self._question = question
        if question is None:
            self.hide()
        else:
            who = f"{question.till_name} ({question.person})"
            self._text.setText(self.tr("{0} asks for {1}").format(who, spoken(question.place.spoken())))
            self._title.setText(question.title)
            self.show()
            announce(self, self._text.text(), urgent=True)

    def _answer(self, *, yes: bool) -> None:
        if self._question is not None:
            self.answered.emit(self._question, yes)
