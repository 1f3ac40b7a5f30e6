"""Fields of words."""

from __future__ import annotations

import unicodedata
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from pos_app.domain.errors import InvalidAmount, InvalidInput
from pos_app.domain.sentences import say
from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.labels import set_look, text_label
from pos_app.ui.words.sentences import spoken_error

_LINE_HEIGHT: Final = 22
_MOST_TAKEN: Final = 1_000_000
"""So many characters a line takes before it cuts what is pasted: far more than fit in any field."""


def _length(words: str) -> int:
    """Count characters as they are stored: a letter with its accent is one, however it was typed."""
    return len(unicodedata.normalize("NFC", words))


def _fitting(words: str, longest: int) -> str:
    """Return words that fit. Raises InvalidInput with their length."""
    length = _length(words)
    if length > longest:
        raise InvalidInput(
            say("This is too long: {length} characters, of at most {most}. Shorten it.", length=length, most=longest)
        )
    return words


def _overlong(editor: FieldEditor, words: str, longest: int) -> str:
    if _length(words) > longest:
        try:
            editor.value()
        except (InvalidInput, InvalidAmount) as error:
            return spoken_error(error)
    return ""


class TextField(FieldEditor):
    """One line of words; its value is a str without spaces around it. unit: stands behind it.

    longest: more can be typed and pasted, and is refused with its length, so that nobody saves half of a name.

    Signals: see FieldEditor.
    """

    def __init__(self, *, longest: int = 200, placeholder: str = "", unit: str = "", secret: bool = False) -> None:
        super().__init__()
        self._longest = longest
        self.line = QLineEdit(maxLength=_MOST_TAKEN, placeholderText=placeholder)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textEdited.connect(self.edited)
        self.unit = text_label(unit, "muted")
        row((self.line, 1), self.unit, inside=self, spacing=8)
        # Not before it lies in here: shown by itself it would be a window.
        self.unit.setVisible(bool(unit))
        self.setFocusProxy(self.line)

    def value(self) -> object:
        """Return the words. Raises InvalidInput for more than fit."""
        return self.fitting(self.line.text().strip())

    def fitting(self, words: str) -> str:
        """Return words that fit in here. Raises InvalidInput for more."""
        return _fitting(words, self._longest)

    def overlong(self) -> str:
        """Say that more was typed than fits."""
        return _overlong(self, self.line.text(), self._longest)

    def show_value(self, value: object) -> None:
        """Show words."""
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    def typed(self) -> object:
        """Return the words as they were typed."""
        return self.line.text().strip()

    def show_wrong(self, wrong: bool) -> None:  # noqa: FBT001 - see FieldEditor
        """Draw the frame red, or not; what must not be kept is not left there either."""
        set_look(self.line, "wrong", "true" if wrong else "false")
        if wrong:
            hide_card_numbers(self.line)

    def set_name(self, name: str) -> None:
        """Name the line for screen readers."""
        self.line.setAccessibleName(name)


class TextAreaField(FieldEditor):
    """Some lines of words. Signals: see FieldEditor."""

    def __init__(self, *, lines: int = 3, longest: int = 2000, placeholder: str = "") -> None:
        super().__init__()
        self._longest = longest
        self._quiet = False
        self.area = QPlainTextEdit(placeholderText=placeholder)
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(lines * _LINE_HEIGHT + 18)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.textChanged.connect(self._on_text)
        column(self.area, inside=self)
        self.setFocusProxy(self.area)

    def value(self) -> object:
        """Return the words. Raises InvalidInput for more than fit."""
        return _fitting(self.area.toPlainText().strip(), self._longest)

    def overlong(self) -> str:
        """Say that more was typed than fits."""
        return _overlong(self, self.area.toPlainText(), self._longest)

    def show_value(self, value: object) -> None:
        """Show words."""
        self._quiet = True
        self.area.setPlainText("" if value is None else str(value))
        self._quiet = False

    def typed(self) -> object:
        """Return the words as they were typed."""
        return self.area.toPlainText().strip()

    def show_wrong(self, wrong: bool) -> None:  # noqa: FBT001 - see FieldEditor
        """Draw the frame red, or not; what must not be kept is not left there either."""
        set_look(self.area, "wrong", "true" if wrong else "false")
        if wrong:
            self._quiet = True
            hide_card_numbers(self.area)
            self._quiet = False

    def set_name(self, name: str) -> None:
        """Name the area for screen readers."""
        self.area.setAccessibleName(name)

    def _on_text(self) -> None:
        if not self._quiet:
            self.edited.emit()
