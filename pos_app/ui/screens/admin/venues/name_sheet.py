"""Ask for a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import InvalidInput
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class NameSheet(Sheet):
    """One line to be typed, an explanation above it. Stays open until close_sheet().

    Signals: given(str): what was typed.
    """

    given = Signal(str)

    def __init__(self, parent: QWidget, title: str, *, name: str, yes: str, sentence: str = "") -> None:
        super().__init__(parent, title, width=460)
        if sentence:
            self.body.addWidget(text_label(sentence, "muted", wrap=True))
        self.field = TextField(longest=200)
        self.field.set_name(title)
        self.field.show_value(name)
        self.body.addWidget(self.field)
        self._wrong = text_label("", "small", tone="danger", wrap=True)
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self.yes = self.add_button(yes, "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def open(self) -> None:
        """Show it with the line ready to be typed over."""
        super().open()
        self.field.line.setFocus()
        self.field.line.selectAll()

    def take(self, refusal: Exception | None) -> None:
        """Close, for the name was taken; or say why it cannot be."""
        if refusal is None:
            self.close_sheet()
        else:
            self.show_refusal(refusal)

    def show_refusal(self, error: Exception) -> None:
        """Say why it cannot be called so; what was typed stays."""
        message = message_for(error)
        words = " ".join(error.fields.values()) if isinstance(error, FieldRefused) else message.text
        self._wrong.setText(f"{words} {message.advice}".strip())
        self._wrong.show()
        self.field.show_wrong(True)

    def _on_yes(self) -> None:
        try:
            name = str(self.field.value())
        except InvalidInput as error:
            self.show_refusal(error)
            return
        self.given.emit(name)
