"""Whose the order is, and a note on it: a customer who is found or made, or a plain name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import InvalidInput
from pos_app.domain.selling.sales import LONGEST_NOTE
from pos_app.ui.customers.finder import CustomerFinder
from pos_app.ui.customers.making import CustomerSheet
from pos_app.ui.records.fields.choice_fields import CheckField
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.labels import say, set_look, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.customers.finding import CustomerRow
    from pos_app.ui.customers.source import CustomerSource

MAKE_KEY: Final = "F8"
_WIDTH: Final = 560


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """Whose an order is. collect: its tickets wait at the window. customer: None for a plain name, or none."""

    name: str = ""
    note: str = ""
    collect: bool = False
    customer: CustomerRow | None = None


class OrderSheet(Sheet):
    """Asks for the customer or the name, for the note, and whether the tickets are picked up later.

    Keys: F8 makes a customer of what is typed.
    Signals: given(OrderAnswer).
    """

    given = Signal(object)

    def __init__(self, parent: QWidget, source: CustomerSource, before: OrderAnswer) -> None:
        super().__init__(parent, parent.tr("Customer and note"), width=_WIDTH)
        self._source = source
        self.finder = CustomerFinder(source, key_to_make=MAKE_KEY if source.may_ask else "")
        self.finder.show_choice(before.name, before.customer)
        self.finder.changed.connect(self._on_changed)
        self.name_field = self.finder.line
        self.note_field = QLineEdit(before.note)
        bound_line(self.note_field, LONGEST_NOTE)
        self.note_field.setAccessibleName(self.tr("Note"))
        self._wrong_name = text_label("", "body", tone="danger", wrap=True)
        self._wrong_name.hide()
        self.collect = CheckField(self.tr("Picked up later at the window; nothing is printed now"))
        self.collect.show_value(before.collect)
        self._wrong = text_label("", "body", tone="danger", wrap=True)
        self._wrong.hide()
        self.body.addWidget(text_label(self.tr("Customer, or a name; printed on the tickets"), "strong"))
        self.body.addWidget(self.finder)
        self.body.addWidget(self._wrong_name)
        self.body.addWidget(text_label(self.tr("Note, for the staff"), "strong"))
        self.body.addWidget(self.note_field)
        self.body.addWidget(self.collect)
        self.body.addWidget(self._wrong)
        self.yes = self.add_button(self.tr("Keep"), "Return", variant="primary")
        self.yes.clicked.connect(self._on_yes)
        self.make = self.add_button(self.tr("Make customer"), MAKE_KEY)
        self.make.clicked.connect(self._on_make)
        self.make.setVisible(source.may_ask)
        no = self.add_button(self.tr("Cancel"), "Esc")
        no.clicked.connect(self.cancel)

    def open(self) -> None:
        """Show it with the cursor in the name."""
        super().open()
        self.finder.line.setFocus()

    def _on_changed(self) -> None:
        say(self._wrong_name, "")
        self.make.setEnabled(self.finder.customer is None)

    def _on_make(self) -> None:
        sheet = CustomerSheet(self, self._source, self.finder.draft())
        sheet.made.connect(self.finder.choose)
        sheet.open()

    def _on_yes(self) -> None:
        name, note = self.finder.name, self.note_field.text().strip()
        for text, called in ((name, "customer_name"), (note, "note")):
            try:
                refuse_card_number(text, called)
            except InvalidInput as refusal:
                self._refuse(called, spoken_error(refusal))
                return
        collect = self.collect.box.isChecked()
        if collect and not name:
            self._refuse("customer_name", self.tr("Type the name that the tickets wait under."))
            return
        self.close_sheet()
        self.given.emit(OrderAnswer(name, note, collect, self.finder.customer))

    def _refuse(self, field: str, sentence: str) -> None:
        """Say what is wrong below its field; whole card numbers are left in neither."""
        is_name = field == "customer_name"
        say(self._wrong_name, sentence if is_name else "")
        say(self._wrong, "" if is_name else sentence)
        self.finder.show_wrong(wrong=is_name)
        set_look(self.note_field, "wrong", "false" if is_name else "true")
        hide_card_numbers(self.finder.line)
        hide_card_numbers(self.note_field)
        (self.finder.line if is_name else self.note_field).setFocus()
