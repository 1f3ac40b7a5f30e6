"""A line of one's own words, and above it the ones that are given most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.card_numbers import CardNumberRefused, refuse_card_number
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.labels import set_look
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.wrapping_row import WrappingRow
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_REASON: Final = 200


class ReasonLine(QWidget):
    """A line of words, with quick choices that type them. No signals: it is read when it is needed."""

    def __init__(self, name: str, *, longest: int, choices: Sequence[str] = (), text: str = "") -> None:
        super().__init__()
        self.line = QLineEdit(text, placeholderText=name)
        bound_line(self.line, longest)
        self.line.setAccessibleName(name)
        self.line.textChanged.connect(lambda: set_look(self.line, "wrong", "false"))
        self.choices = [text_button(words, variant="tool") for words in choices]
        for button, words in zip(self.choices, choices, strict=True):
            button.clicked.connect(lambda _checked=False, words=words: self._take(words))
        lines = column(inside=self, spacing=6)
        if self.choices:
            quick = QWidget()
            WrappingRow(*self.choices, inside=quick, spacing=6)
            lines.addWidget(quick)
        lines.addWidget(self.line)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """Return what is typed, without spaces around it."""
        return self.line.text().strip()

    def show_wrong(self) -> None:
        """Mark it, and put the cursor there."""
        set_look(self.line, "wrong", "true")
        self.line.setFocus()

    def hide_card_numbers(self) -> bool:
        """Take away what looks like the number of a card; tell whether there was any."""
        return hide_card_numbers(self.line)

    def refuse_card_number(self, field: str) -> str:
        """Return why what is typed cannot be kept, "" where it can; a whole card number is hidden, and the line marked.

        field: what it is called among those that hold a card number (pos_app.domain.card_numbers).
        """
        try:
            refuse_card_number(self.text, field)
        except CardNumberRefused as error:
            self.hide_card_numbers()
            self.show_wrong()
            return spoken_error(error)
        return ""

    def _take(self, words: str) -> None:
        self.line.setText(words)
        self.line.setFocus()
