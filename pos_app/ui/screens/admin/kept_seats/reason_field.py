"""A line for a reason, and below it the ones that are given most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import Button, text_button

if TYPE_CHECKING:
    from collections.abc import Sequence


class ReasonField(TextField):
    """A click on a suggestion types it. Signals: see FieldEditor."""

    def __init__(self, *, longest: int, placeholder: str) -> None:
        super().__init__(longest=longest, placeholder=placeholder)
        self.suggestions: list[Button] = []
        self._row = row(1, spacing=4)
        box = self.layout()
        if isinstance(box, QBoxLayout):
            box.setDirection(QBoxLayout.Direction.TopToBottom)
            box.setSpacing(2)
            box.addLayout(self._row)

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

    def _take(self, reason: str) -> None:
        self.show_value(reason)
        self.setFocus()
        self.edited.emit()
