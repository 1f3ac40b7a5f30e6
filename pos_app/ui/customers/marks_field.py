"""A field of marks: those in use as buttons, and a line for one of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.customers.records import LONGEST_MARK, MOST_MARKS, USUAL_MARKS, clean_marks
from pos_app.domain.texts import name_key
from pos_app.ui.customers.words import mark_words
from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.labels import set_look
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.wrapping_row import WrappingRow
from pos_app.ui.words.lists import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.ui.widgets.buttons import Button

_MOST_OFFERED = 12


class MarksField(FieldEditor):
    """Marks of a customer; its value is a tuple of str, as they are stored. Signals: see FieldEditor.

    Several typed in the line are parted by commas.
    """

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str, Button] = {}
        self._row_of_buttons = QWidget()
        self._row = WrappingRow(inside=self._row_of_buttons, spacing=6)
        self.line = QLineEdit(placeholderText=self.tr("Another mark"))
        bound_line(self.line, (LONGEST_MARK + 2) * MOST_MARKS)
        self.line.textEdited.connect(self.edited)
        column(self._row_of_buttons, self.line, inside=self, spacing=6)
        self.setFocusProxy(self.line)
        self.offer(USUAL_MARKS)

    def offer(self, marks: Iterable[str]) -> None:
        """Offer these beside the usual ones; what is chosen stays chosen."""
        chosen = self.value()
        known = {name_key(mark): mark for mark in (*self._buttons, *USUAL_MARKS, *marks)}
        for mark in known.values():
            if len(self._buttons) < _MOST_OFFERED:
                self._button(mark)
        self._press(chosen)

    def value(self) -> tuple[str, ...]:
        """Return the marks: those that are down, then those in the line."""
        down = [mark for mark, button in self._buttons.items() if button.isChecked()]
        return clean_marks((*down, *self.line.text().split(",")))

    def show_value(self, value: object) -> None:
        """Press the buttons of marks; those without one stand in the line."""
        self._press(tuple(map(str, value)) if isinstance(value, tuple | list) else ())

    def typed(self) -> object:
        """Return the marks."""
        return self.value()

    def words_of(self, value: object) -> str:
        """Name the marks."""
        return listed(map(mark_words, map(str, value))) if isinstance(value, tuple | list) else ""

    def show_wrong(self, wrong: bool) -> None:  # noqa: FBT001 - see FieldEditor
        """Draw the frame of the line red, or not."""
        set_look(self.line, "wrong", "true" if wrong else "false")
        if wrong:
            hide_card_numbers(self.line)

    def set_name(self, name: str) -> None:
        """Name the line for screen readers."""
        self.line.setAccessibleName(name)

    def _button(self, mark: str) -> None:
        if mark in self._buttons:
            return
        button = text_button(mark_words(mark), variant="tool")
        button.setProperty("scale", "small")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.edited)
        self._row.addWidget(button)
        self._buttons[mark] = button

    def _press(self, marks: tuple[str, ...]) -> None:
        wanted = {name_key(mark): mark for mark in marks}
        for mark, button in self._buttons.items():
            button.setChecked(wanted.pop(name_key(mark), None) is not None)
        self.line.setText(", ".join(wanted.values()))
