"""The printer queue of a till: one of those that this computer knows, or any other name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.line_bounds import bound_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST: Final = 200


class PrinterField(FieldEditor):
    """A list that may be typed into; its value is a str, "" for no printer. Signals: see FieldEditor."""

    def __init__(self) -> None:
        super().__init__()
        self.box = ComboBox(editable=True)
        self.box.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        self.box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        line = self.box.lineEdit()
        if line is not None:
            bound_line(line, _LONGEST)
            line.setPlaceholderText(self.tr("No printer: tickets are shown and saved"))
            line.textEdited.connect(self.edited)
        self.box.activated.connect(lambda _at: self.edited.emit())
        self.known = text_label("", "small", wrap=True)
        column(self.box, self.known, inside=self, spacing=4)
        self.known.hide()
        self.setFocusProxy(self.box)

    def show_unknown(self) -> None:
        """Say that it is not known which queues this computer has."""
        self.known.setText(self.tr("The printer queues of this computer could not be read; type the name of one."))
        self.known.show()

    def show_queues(self, queues: Sequence[str]) -> None:
        """Offer the queues of this computer."""
        typed = self.box.currentText()
        self.box.clear()
        self.box.addItems(list(queues))
        self.box.setEditText(typed)
        nothing = self.tr("This computer has no printer queue now; type the name of one that the till will have.")
        self.known.setText("" if queues else nothing)
        self.known.setVisible(not queues)

    def value(self) -> object:
        """Return the name."""
        return self.box.currentText().strip()

    def show_value(self, value: object) -> None:
        """Show a name."""
        self.box.setEditText("" if value is None else str(value))

    def typed(self) -> object:
        """Return the name as it was typed."""
        return self.value()

    def words_of(self, value: object) -> str:
        """Return the name, or that there is none."""
        return str(value) if value else self.tr("No printer")

    def set_name(self, name: str) -> None:
        """Name the list for screen readers."""
        self.box.setAccessibleName(name)
