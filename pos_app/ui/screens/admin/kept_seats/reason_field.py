"""A line for a reason, and below it the ones that are given most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos_app.ui.records.fields.field import FieldEditor
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.widgets.buttons import text_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPushButton


class ReasonField(FieldEditor):
    """Its value is a str; a click on a suggestion types it. Signals: see FieldEditor."""

    def __init__(self, *, longest: int, placeholder: str) -> None:
        super().__init__()
        self._text = TextField(longest=longest, placeholder=placeholder)
        self._text.edited.connect(self.edited)
        self.suggestions: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._text)
        column.addLayout(self._row)
        self.setFocusProxy(self._text)

    def suggest(self, reasons: Sequence[str]) -> None:
        """Offer reasons."""
        while len(self.suggestions) < len(reasons):
            button = text_button("", variant="ghost")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, button=button: self._take(button.text()))
            self._row.insertWidget(len(self.suggestions), button)
            self.suggestions.append(button)
        for button, reason in zip(self.suggestions, reasons, strict=True):
            button.setText(reason)

    def value(self) -> object:
        """Return the words. Raises InvalidInput for more than fit."""
        return self._text.value()

    def overlong(self) -> str:
        """Say that more was typed than fits."""
        return self._text.overlong()

    def show_value(self, value: object) -> None:
        """Show words."""
        self._text.show_value(value)

    def typed(self) -> object:
        """Return the words as they were typed."""
        return self._text.typed()

    def show_wrong(self, wrong: bool) -> None:  # noqa: FBT001 - see FieldEditor
        """Draw the frame red, or not."""
        self._text.show_wrong(wrong)

    def set_name(self, name: str) -> None:
        """Name the line for screen readers."""
        self._text.set_name(name)

    def _take(self, reason: str) -> None:
        self._text.show_value(reason)
        self._text.setFocus()
        self.edited.emit()
