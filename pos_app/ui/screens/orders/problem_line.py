"""Why something is refused, at the foot of a sheet of the order desk, for as long as it is true."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel

from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets.banner import READING_SECONDS
from pos_app.ui.widgets.labels import say
from pos_app.ui.words.messages import Ending

if TYPE_CHECKING:
    from pos_app.ui.screens.orders.reason_line import ReasonLine
    from pos_app.ui.words.messages import Message


class ProblemLine(QLabel):
    """A sentence, hidden while there is none.

    One about what was typed goes when the field is edited. One about a silent server goes when the server answers, but
    not before it can have been read.
    Signals: answered(): the server answers of whose silence it tells: what could not be asked can be asked again.
    """

    answered = Signal()

    def __init__(self, *fields: ReasonLine) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "body")
        self.setProperty("tone", "danger")
        self._fields = fields
        self._about: tuple[ReasonLine, ...] = ()
        self._is_of_silence = False
        self._told_at = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.clear_problem)
        for field in fields:
            field.line.textChanged.connect(lambda _text, field=field: self._on_edited(field))
        server_answers().answered.connect(self._on_server_answered)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say why, until something else is said."""
        self._tell(sentence)

    def tell_of_field(self, field: ReasonLine, sentence: str) -> None:
        """Say what is wrong with what was typed, until it is edited; the field is marked, and has the cursor."""
        field.show_wrong()
        self._tell(sentence, about=(field,))

    def tell_message(self, message: Message) -> None:
        """Say why it was refused. A whole card number, for which it may be, does not stay in its field."""
        about = tuple([field for field in self._fields if field.hide_card_numbers()])
        self._tell(message.sentence, about=about, of_silence=bool(message.ends & Ending.ANSWER))

    def refuse_card_numbers(self, *asked: tuple[ReasonLine, str]) -> bool:
        """Say of the first field with a whole card number that it cannot be kept; tell whether there is one.

        asked: fields, and what each is called among those that hold a card number (pos_app.domain.card_numbers).
        """
        for field, name in asked:
            if words := field.refuse_card_number(name):
                self.tell_of_field(field, words)
                return True
        return False

    def clear_problem(self) -> None:
        """Say nothing."""
        self._tell("")

    def _tell(self, sentence: str, *, about: tuple[ReasonLine, ...] = (), of_silence: bool = False) -> None:
        self._timer.stop()
        self._about, self._is_of_silence = about, of_silence
        self._told_at = time.monotonic()
        say(self, sentence)

    def _on_edited(self, field: ReasonLine) -> None:
        if field in self._about:
            self.clear_problem()

    def _on_server_answered(self) -> None:
        if not self._is_of_silence or self._timer.isActive():
            return
        unread = READING_SECONDS - (time.monotonic() - self._told_at)
        self._timer.start(max(0, round(unread * 1000)))
        self.answered.emit()
