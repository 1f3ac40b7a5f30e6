"""A sheet with a few fields: a category, an area, numbers, names of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pos_app.domain.editing import FieldRefused
from pos_app.ui.records.form import RecordForm
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.ui.records.fields.field import Field
    from pos_app.ui.widgets.key_button import KeyButton


class FormSheet(Sheet):
    """Asks for the values of fields. Stays open until take() or close_sheet().

    Signals: given(object): the values, a mapping by the names of the fields.
    """

    given = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, object],
        *,
        yes: str,
        height: int,
        sentence: str = "",
    ) -> None:
        super().__init__(parent, title, width=560)
        if sentence:
            self.body.addWidget(text_label(sentence, "muted", wrap=True))
        self._first = fields[0].name
        self.form = RecordForm(fields, side=2)
        self.form.setFixedHeight(height)
        self.form.show_values(values)
        self.body.addWidget(self.form)
        self.yes = self.add_button(yes, "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def add_other(self, words: str) -> KeyButton:
        """Add a button that closes the sheet, too."""
        button = self.add_button(words, variant="danger")
        button.clicked.connect(self.close_sheet)
        return button

    def open(self) -> None:
        """Show it with the cursor in the first field."""
        super().open()
        self.form.begin()

    def take(self, refusal: Exception | None) -> None:
        """Close, for the answer was taken; or say beside the field why it cannot be, and keep what was typed."""
        self.yes.setEnabled(True)
        if refusal is None:
            self.close_sheet()
            return
        message = message_for(refusal)
        words = f"{message.text} {message.advice}".strip()
        self.form.show_problems(refusal.fields if isinstance(refusal, FieldRefused) else {self._first: words})

    def _on_yes(self) -> None:
        try:
            values = self.form.values()
        except FieldRefused as error:
            self.form.show_problems(error.fields)
            return
        self.yes.setEnabled(False)
        self.given.emit(values)
