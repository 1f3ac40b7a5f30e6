"""A customer's name and a note on the order, both optional."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from pos_app.domain.selling.sales import LONGEST_NAME, LONGEST_NOTE
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class OrderSheet(Sheet):
    """Asks for the name and the note.

    Signals: given(str, str): name and note.
    """

    given = Signal(str, str)

    def __init__(self, parent: QWidget, name: str, note: str) -> None:
        super().__init__(parent, parent.tr("Name and note"))
        self.name_field = QLineEdit(name, maxLength=LONGEST_NAME)
        self.name_field.setAccessibleName(self.tr("Customer's name"))
        self.note_field = QLineEdit(note, maxLength=LONGEST_NOTE)
        self.note_field.setAccessibleName(self.tr("Note"))
        self.body.addWidget(text_label(self.tr("Customer's name, printed on the tickets"), "strong"))
        self.body.addWidget(self.name_field)
        self.body.addWidget(text_label(self.tr("Note, for the staff"), "strong"))
        self.body.addWidget(self.note_field)
        yes = self.add_button(self.tr("Keep"), "Return", variant="primary")
        yes.clicked.connect(self._on_yes)
        no = self.add_button(self.tr("Cancel"), "Esc")
        no.clicked.connect(self.cancel)

    def open(self) -> None:
        """Show it with the cursor in the name."""
        super().open()
        self.name_field.setFocus()

    def _on_yes(self) -> None:
        self.given.emit(self.name_field.text().strip(), self.note_field.text().strip())
        self.close_sheet()
