"""Set a ticket type to a percentage of another: "Child = 50 % of Adult"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.domain.editing import FieldRefused
from pos_app.ui.records.fields.choice_fields import ChoiceField, Option
from pos_app.ui.records.fields.field import Field
from pos_app.ui.records.fields.number_fields import PercentField
from pos_app.ui.records.form import RecordForm
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.offers import TypeOffer

_MOST_PERCENT: Final = 500
_HALF: Final = 50
_FORM_HEIGHT: Final = 172


class PercentSheet(Sheet):
    """Which type, how much of which other one. Signals: given(int, int, int): target, percent, base."""

    given = Signal(int, int, int)

    def __init__(self, parent: QWidget, types: Sequence[TypeOffer], target: int) -> None:
        super().__init__(parent, self.tr("A percentage of another price"), width=520)
        options = [Option(one.ticket_type_id, one.name) for one in types]
        self.body.addWidget(
            text_label(self.tr("Each category gets its own amount; half a cent is rounded up."), "muted", wrap=True)
        )
        self.form = RecordForm(
            (
                Field("target", self.tr("Ticket type"), ChoiceField(options)),
                Field("percent", self.tr("Gets"), PercentField(most=_MOST_PERCENT), half=True),
                Field("base", self.tr("Of the price of"), ChoiceField(options), half=True),
            ),
            side=2,
        )
        self.form.setFixedHeight(_FORM_HEIGHT)
        self.form.show_values({"target": target, "percent": _HALF, "base": options[0].key})
        self.body.addWidget(self.form)
        self.yes = self.add_button(self.tr("Fill the column"), "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def open(self) -> None:
        """Show it with the cursor in the first field."""
        super().open()
        self.form.begin()

    def _on_yes(self) -> None:
        try:
            values = self.form.values()
        except FieldRefused as error:
            self.form.show_problems(error.fields)
            return
        target, percent, base = values["target"], values["percent"], values["base"]
        if isinstance(target, int) and isinstance(percent, int) and isinstance(base, int):
            if target == base:
                self.form.show_problems({"base": self.tr("Choose another one.")})
                return
            self.close_sheet()
            self.given.emit(target, percent, base)
