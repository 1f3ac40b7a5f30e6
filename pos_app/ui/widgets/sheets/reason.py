"""Ask why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit

from pos_app.domain.card_numbers import CardNumberRefused, refuse_card_number
from pos_app.domain.texts import clean_line
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.labels import set_look, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.problem_label import ProblemLabel
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.messages import Message
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.errors import PosError

LONGEST_REASON: Final = 200
_WIDTH: Final = 520


@dataclass(frozen=True, slots=True)
class Reason:
    """What was answered."""

    text: str


class ReasonSheet(Sheet):
    """Quick choices and a line of one's own.

    It stays open after given(), so that a refusal can be shown in it: call close_sheet() or show_refusal().
    Signals: given(Reason).
    """

    given = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str = "",
        *,
        choices: Sequence[str],
        yes: str,
        danger: bool = False,
        width: int = _WIDTH,
    ) -> None:
        super().__init__(parent, title, width=width)
        self._choices: list[QWidget] = []
        self._is_late = False
        if sentence:
            self.body.addWidget(text_label(sentence, wrap=True))
        self._add_choices(choices)
        self.reason_field = QLineEdit(placeholderText=self.tr("Reason"))
        bound_line(self.reason_field, LONGEST_REASON)
        self.reason_field.setAccessibleName(self.tr("Reason"))
        self.reason_field.textChanged.connect(self._on_typed)
        self.body.addWidget(self.reason_field)
        self._wrong = ProblemLabel()
        self.body.addWidget(self._wrong)
        self.yes, self.no = self.add_answers(yes, self._on_yes, variant="danger" if danger else "primary")

    def open(self) -> None:
        """Show it with the cursor in the reason."""
        super().open()
        self.reason_field.setFocus()

    def show_refusal(self, error: PosError) -> None:
        """Say inside the sheet why it was not accepted, and let the person correct it."""
        self.show_problem(spoken_error(error))

    def show_problem(self, sentence: str) -> None:
        """As show_refusal, whatever went wrong."""
        self.show_message(Message(sentence))

    def show_message(self, message: Message) -> None:
        """As show_refusal; what is said of a silent server goes when it answers."""
        if self._is_late:
            return
        hide_card_numbers(self.reason_field)
        self._wrong.tell_message(message)
        self.yes.setEnabled(True)
        # The focus left the button when it was disabled; the first choice would get the next Enter.
        self.yes.setFocus()

    def show_too_late(self, sentence: str) -> None:
        """Say why no reason helps any longer.

        It stays open for that, so that letters typed for the reason do nothing on the screen behind it.
        """
        self._is_late = True
        self._wrong.tell(sentence)
        self.yes.setEnabled(False)
        for choice in self._choices:
            choice.setEnabled(False)
        self.reason_field.setReadOnly(True)
        self.reason_field.setFocus()

    def _add_choices(self, choices: Sequence[str]) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, words in enumerate(choices):
            button = text_button(words, variant="tool")
            button.clicked.connect(lambda _checked=False, words=words: self._on_choice(words))
            self._choices.append(button)
            grid.addWidget(button, number // 2, number % 2)
        self.body.addLayout(grid)

    def _on_choice(self, words: str) -> None:
        self.reason_field.setText(words)
        self.yes.setFocus()

    def _on_typed(self) -> None:
        set_look(self.reason_field, "wrong", "false")
        self._wrong.clear_problem()

    def _on_yes(self) -> None:
        # As it is stored: what it can be refused for is told here, before anybody takes money or calls a manager.
        reason = Reason(clean_line(self.reason_field.text(), LONGEST_REASON))
        if refused := self._refused_words(reason):
            hide_card_numbers(self.reason_field)
            set_look(self.reason_field, "wrong", "true")
            self._wrong.tell(refused)
            self.reason_field.setFocus()
        else:
            self.yes.setEnabled(False)
            self.given.emit(reason)

    def _refused_words(self, reason: Reason) -> str:
        """Say why a reason cannot be kept, "" where it can."""
        if not reason.text:
            return self.tr("Choose or type a reason.")
        try:
            refuse_card_number(reason.text, "reason")
        except CardNumberRefused as error:
            return spoken_error(error)
        return ""
