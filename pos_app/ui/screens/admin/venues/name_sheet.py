"""Ask for a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form_sheet import FormSheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

_NAME: Final = "name"
_HEIGHT: Final = 86


class NameSheet(FormSheet):
    """One line to be typed, an explanation above it. Signals: given(str): what was typed; see FormSheet."""

    def __init__(self, parent: QWidget, title: str, *, name: str, yes: str, sentence: str = "") -> None:
        self.field = TextField(longest=200)
        fields = (Field(_NAME, "", self.field),)
        super().__init__(parent, title, fields, {_NAME: name}, yes=yes, height=_HEIGHT, sentence=sentence, width=460)
        self.field.set_name(title)

    def open(self) -> None:
        """Show it with the line ready to be typed over."""
        super().open()
        self.field.line.selectAll()

    def answer(self, values: Mapping[str, object]) -> object:
        """Return the name."""
        return str(values[_NAME])
