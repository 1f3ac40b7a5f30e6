"""Fields of words."""

from __future__ import annotations

import unicodedata
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pos_app.domain.errors import InvalidAmount, InvalidInput
from pos_app.domain.sentences import say
from pos_app.ui.announce import announce
from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.widgets.bounded_area import BoundedArea
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.labels import set_look, text_label
from pos_app.ui.widgets.line_bounds import bound_line, length_of
from pos_app.ui.words.sentences import spoken, spoken_error

_LINE_HEIGHT: Final = 22
_MOST_TAKEN: Final = 10_000
"""Characters that are taken of what is pasted: more than fit in most fields, and laid out in hundredths of a second."""


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
        self.line = QLineEdit(placeholderText=placeholder)
        bound_line(self.line, _MOST_TAKEN)
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
        words = "" if value is None else str(value)
        # What is stored is never cut, however it came there.
        self.line.setMaxLength(max(_MOST_TAKEN, length_of(words)))
        self.line.setText(words)
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
    """Some lines of words. Signals: see FieldEditor.

    A stored text that is far too long to be laid out is shown by its beginning, and kept whole until somebody writes.
    """

    def __init__(self, *, lines: int = 3, longest: int = 2000, placeholder: str = "") -> None:
        super().__init__()
        self._longest = longest
        self._most = max(_MOST_TAKEN, 2 * longest)
        self._quiet = False
        self._whole: str | None = None
        self.area = BoundedArea(self._most, placeholder)
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(lines * _LINE_HEIGHT + 18)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.textChanged.connect(self._on_text)
        self.area.refused.connect(self._on_too_much)
        self.told = text_label("", "small", tone="warn", wrap=True)
        column(self.area, self.told, inside=self, spacing=4)
        self.told.hide()
        self.setFocusProxy(self.area)

    def value(self) -> object:
        """Return the words. Raises InvalidInput for more than fit."""
        if self._whole is not None:
            return self._whole
        return _fitting(self.area.toPlainText().strip(), self._longest)

    def overlong(self) -> str:
        """Say that more was typed or pasted than fits."""
        return "" if self._whole is not None else _overlong(self, self.area.toPlainText(), self._longest)

    def show_value(self, value: object) -> None:
        """Show words."""
        words = "" if value is None else str(value)
        self._whole = words if len(words) > self._most else None
        self._quiet = True
        self.area.setPlainText(words[: self._longest] if self._whole is not None else words)
        self._quiet = False
        self._say(
            self.tr("This text is too long to be shown whole. It stays as it is unless you write here.")
            if self._whole is not None
            else ""
        )

    def typed(self) -> object:
        """Return the words as they were typed."""
        return self.area.toPlainText().strip() if self._whole is None else self._whole

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
            self._whole = None
            self._say("")
            self.edited.emit()

    def _on_too_much(self, length: int) -> None:
        words = say(
            "What you copied has {length} characters; this field takes {most}. Nothing was pasted.",
            length=length,
            most=self._longest,
        )
        self._say(spoken(words))
        announce(self.area, self.told.text(), urgent=True)

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))
