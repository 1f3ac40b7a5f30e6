"""How long an offer stands, asked with what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from pos_app.domain.waiting.entries import LONGEST_OFFER_MINUTES, SHORTEST_OFFER_MINUTES
from pos_app.ui.waiting.words import length_words
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.labels import say, set_look, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.problem_label import ProblemLabel
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.ui.words.messages import Message

_WIDTH = 520
_DIGITS = 6


class LengthSheet(Sheet):
    """Asks for minutes; stays open after given(), so that a refusal can be shown in it. Signals: given(int)."""

    given = Signal(int)

    def __init__(self, parent: QWidget, title: str, sentence: str, minutes: int, *, yes: str = "") -> None:
        super().__init__(parent, title, width=_WIDTH)
        self.body.addWidget(text_label(sentence, wrap=True))
        self.body.addWidget(text_label(self.tr("An offer stands for at the most"), "strong"))
        self.minutes = QLineEdit(str(minutes))
        bound_line(self.minutes, _DIGITS)
        self.minutes.setFixedWidth(110)
        self.minutes.setAccessibleName(self.tr("Minutes that an offer stands at the most"))
        self.minutes.textChanged.connect(self._on_typed)
        self.body.addLayout(row(self.minutes, text_label(self.tr("minutes")), 1, spacing=8))
        self.told = text_label("", "muted", wrap=True)
        near = self.tr("Near the end of the sale it is shorter; it never stands longer than the sale.")
        self.wrong = text_label("", "body", tone="danger", wrap=True)
        self.wrong.hide()
        self.problem = ProblemLabel()
        for part in (self.wrong, self.told, text_label(near, "small", tone="muted", wrap=True), self.problem):
            self.body.addWidget(part)
        self.yes, self.no = self.add_answers(yes or self.tr("Open the list"), self._on_yes)
        self._on_typed()

    def open(self) -> None:
        """Show it with the minutes selected."""
        super().open()
        self.minutes.setFocus()
        self.minutes.selectAll()

    def show_wrong(self, sentence: str) -> None:
        """Say below the minutes what is wrong with them."""
        say(self.wrong, sentence)
        set_look(self.minutes, "wrong", "true" if sentence else "false")
        self.yes.setEnabled(True)
        self.minutes.setFocus()

    def show_message(self, message: Message) -> None:
        """Say why it was not done; what was typed stays."""
        self.problem.tell_message(message)
        self.yes.setEnabled(True)
        self.yes.setFocus()

    def _typed(self) -> int | None:
        text = "".join(self.minutes.text().split())
        minutes = int(text) if text.isdecimal() else 0
        return minutes if SHORTEST_OFFER_MINUTES <= minutes <= LONGEST_OFFER_MINUTES else None

    def _on_typed(self) -> None:
        minutes = self._typed()
        say(self.told, "" if minutes is None else length_words(minutes))
        say(self.wrong, "")
        set_look(self.minutes, "wrong", "false")
        self.problem.clear_problem()

    def _on_yes(self) -> None:
        minutes = self._typed()
        if minutes is None:
            words = self.tr("Type whole minutes, from {0} to {1}.")
            self.show_wrong(words.format(shown_number(SHORTEST_OFFER_MINUTES), shown_number(LONGEST_OFFER_MINUTES)))
            return
        self.yes.setEnabled(False)
        self.given.emit(minutes)
