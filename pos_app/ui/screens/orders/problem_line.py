"""What is wrong with what was typed into a sheet of the order desk, for as long as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui.widgets.labels import keep_room
from pos_app.ui.widgets.problem_label import ProblemLabel

if TYPE_CHECKING:
    from typing import Protocol

    from PySide6.QtWidgets import QLineEdit

    from pos_app.ui.words.messages import Message

    class TypedField(Protocol):
        """A field of words: see ReasonLine."""

        line: QLineEdit

        def show_wrong(self) -> None:
            """Mark it, and put the cursor there."""

        def hide_card_numbers(self) -> bool:
            """Take away what looks like the number of a card; tell whether there was any."""

        def refuse_card_number(self, field: str) -> str:
            """Return why what is typed cannot be kept, "" where it can."""


class ProblemLine(ProblemLabel):
    """As its base; a sentence about what was typed goes when that field is edited. It keeps its room.

    No signals of its own.
    """

    def __init__(self, *fields: TypedField) -> None:
        super().__init__()
        keep_room(self)
        self._fields = fields
        self._about: tuple[TypedField, ...] = ()
        for field in fields:
            field.line.textChanged.connect(lambda _text, field=field: self._on_edited(field))

    def tell(self, sentence: str) -> None:
        """Say why, until something else is said."""
        self._about = ()
        super().tell(sentence)

    def tell_of_field(self, field: TypedField, sentence: str) -> None:
        """Say what is wrong with what was typed, until it is edited; the field is marked, and has the cursor."""
        field.show_wrong()
        self.tell(sentence)
        self._about = (field,)

    def tell_message(self, message: Message) -> None:
        """As its base. A whole card number, for which it may be refused, does not stay in its field."""
        about = tuple([field for field in self._fields if field.hide_card_numbers()])
        super().tell_message(message)
        self._about = about

    def refuse_card_numbers(self, *asked: tuple[TypedField, str]) -> bool:
        """Say of the first field with a whole card number that it cannot be kept; tell whether there is one.

        asked: fields, and what each is called among those that hold a card number (pos_app.domain.card_numbers).
        """
        for field, name in asked:
            if words := field.refuse_card_number(name):
                self.tell_of_field(field, words)
                return True
        return False

    def _on_edited(self, field: TypedField) -> None:
        if field in self._about:
            self.clear_problem()
