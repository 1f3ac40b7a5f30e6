"""Where a letter is to go instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from pos_app.domain.customers.contact import LONGEST_EMAIL
from pos_app.domain.editing import FieldRefused
from pos_app.domain.letters.deeds import clean_recipient
from pos_app.domain.letters.kinds import LetterState
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import breakable, set_look, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.problem_label import ProblemLabel
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import labelled
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.letters.listing import LetterDetails
    from pos_app.ui.words.messages import Message


class RecipientSheet(Sheet):
    """A line for the address; the customer's own is offered where it is another one.

    It stays open after given(), so that a refusal can be shown in it. Signals: given(str).
    """

    given = Signal(str)

    def __init__(self, parent: QWidget, letter: LetterDetails) -> None:
        super().__init__(parent, "", width=560)
        row = letter.row
        self.set_title(self.tr("Change the address of the letter"))
        if row.state is LetterState.SENT:
            sentence = self.tr("A copy goes there; the letter that was sent stays what it was.")
        else:
            sentence = self.tr("The letter goes there in the place of {0}.").format(breakable(row.recipient))
        self.body.addWidget(text_label(sentence, wrap=True))
        self.line = QLineEdit(row.recipient)
        bound_line(self.line, LONGEST_EMAIL)
        self.line.setAccessibleName(self.tr("E-mail"))
        self.line.textChanged.connect(self._on_typed)
        self.body.addWidget(self.line)
        self.own = text_button(labelled(self.tr("The customer's own"), letter.address_now), variant="tool")
        self.own.clicked.connect(lambda: self.line.setText(letter.address_now))
        self.body.addWidget(self.own)
        self.own.setVisible(bool(letter.address_now) and letter.address_now != row.recipient)
        words = self.tr("The customer's own address stays as it is; change it on the customer's page.")
        self.body.addWidget(text_label(words, "muted", wrap=True))
        self.problem = ProblemLabel()
        self.body.addWidget(self.problem)
        self.yes, self.no = self.add_answers(self.tr("Send it there"), self._on_yes)

    def open(self) -> None:
        """Show it with the cursor in the address."""
        super().open()
        self.line.setFocus()
        self.line.selectAll()

    def show_refusal(self, message: Message) -> None:
        """Say why it was refused; what was typed stays."""
        self.problem.tell_message(message)
        self.yes.setEnabled(True)

    def _on_typed(self) -> None:
        set_look(self.line, "wrong", "false")
        self.problem.clear_problem()

    def _on_yes(self) -> None:
        try:
            recipient = clean_recipient(self.line.text())
        except FieldRefused as error:
            set_look(self.line, "wrong", "true")
            self.problem.tell(spoken(error.fields["recipient"]))
            self.line.setFocus()
            return
        self.yes.setEnabled(False)
        self.given.emit(recipient)
