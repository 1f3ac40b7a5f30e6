"""Ask for a number of places of an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.domain.editing import FieldRefused
from pos_app.ui.records.fields.field import Field
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.form import RecordForm
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FORM_HEIGHT: Final = 130


class PlacesSheet(Sheet):
    """How many, from least to most; hint: what the most is. Signals: given(int)."""

    given = Signal(int)

    def __init__(
        self, parent: QWidget, title: str, label: str, *, least: int, most: int, value: int, hint: str, yes: str
    ) -> None:
        super().__init__(parent, title, width=460)
        self.form = RecordForm((Field("places", label, WholeNumberField(least=least, most=most), hint=hint),), side=2)
        self.form.setFixedHeight(_FORM_HEIGHT)
        self.form.show_values({"places": value})
        self.body.addWidget(self.form)
        self.yes = self.add_button(yes, "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def open(self) -> None:
        """Show it with the cursor in the number."""
        super().open()
        self.form.begin()
        line = self.form.editor("places")
        if isinstance(line, WholeNumberField):
            line.line.selectAll()

    def _on_yes(self) -> None:
        try:
            places = self.form.values()["places"]
        except FieldRefused as error:
            self.form.show_problems(error.fields)
            return
        if isinstance(places, int):
            self.close_sheet()
            self.given.emit(places)
