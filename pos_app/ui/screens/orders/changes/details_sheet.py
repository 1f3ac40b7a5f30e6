"""The customer or the name of an order, and its note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.domain.codes import grouped
from pos_app.domain.selling.sales import LONGEST_NOTE
from pos_app.ui.customers.making import CustomerSheet
from pos_app.ui.screens.orders.changes.customer_line import CustomerLine
from pos_app.ui.screens.orders.problem_line import ProblemLine
from pos_app.ui.screens.orders.reason_line import ReasonLine
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import following, labelled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.page import OrderPage
    from pos_app.ui.customers.source import CustomerSource
    from pos_app.ui.words.messages import Message

_WIDTH: Final = 560
_MAKE_KEY: Final = "F8"


@dataclass(frozen=True, slots=True)
class Details:
    """What was typed, "" for nothing, and who was chosen, None for a plain name."""

    customer_name: str
    note: str
    customer_id: int | None


class DetailsSheet(Sheet):
    """Two lines; F8 makes a customer of what is typed.

    It stays open after given(), so that a refusal can be shown in it. Signals: given(Details).
    """

    given = Signal(object)

    def __init__(self, parent: QWidget, order: OrderPage, source: CustomerSource) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self.set_title(self.tr("Customer and note of {0}").format(grouped(order.number)))
        self.order = order
        self._source = source
        self.name = CustomerLine(source, key_to_make=_MAKE_KEY if source.may_ask else "")
        self.name.show_whose(order.customer_name, order.customer_id)
        self.note = ReasonLine(self.tr("Note"), longest=LONGEST_NOTE, text=order.note)
        self.problem = ProblemLine(self.name, self.note)
        for caption, line in ((self.tr("Customer, or a name"), self.name), (self.tr("Note"), self.note)):
            self.body.addWidget(text_label(caption, "muted"))
            self.body.addWidget(line)
        self.body.addWidget(self.problem)
        self.yes, self.no = self.add_answers(self.tr("Save"), self._on_yes)
        self.make = self.add_button(self.tr("Make customer"), _MAKE_KEY)
        self.make.clicked.connect(self._on_make)
        self.make.setVisible(source.may_ask)
        self.name.finder.changed.connect(self._on_name)
        self._on_name()

    def open(self) -> None:
        """Show it with the cursor in the name."""
        super().open()
        self.name.line.setFocus()
        self.name.line.selectAll()

    def show_order(self, order: OrderPage) -> None:
        """The order was changed elsewhere: show what it says now; words that were typed stay."""
        before, self.order = self.order, order
        replaced: list[str] = []
        if (self.name.text, self.name.customer_id) == (before.customer_name, before.customer_id):
            self.name.show_whose(order.customer_name, order.customer_id)
        elif order.customer_name not in {before.customer_name, self.name.text}:
            replaced.append(self._now(self.tr("Customer's name"), order.customer_name))
        if self.note.text == before.note:
            self.note.line.setText(order.note)
        elif order.note not in {before.note, self.note.text}:
            replaced.append(self._now(self.tr("Note"), order.note))
        if replaced:
            self.problem.tell(following(self.problem.text(), *replaced))
        self._on_name()

    def show_refusal(self, message: Message) -> None:
        """Say why it was refused, while that is true; what was chosen and typed stays."""
        self.problem.tell_message(message)
        self.yes.setEnabled(True)

    def _now(self, caption: str, words: str) -> str:
        return labelled(self.tr("{0} now").format(caption), words or "\N{EN DASH}")

    def _on_name(self) -> None:
        self.make.setEnabled(self.name.customer_id is None)

    def _on_make(self) -> None:
        sheet = CustomerSheet(self, self._source, self.name.finder.draft())
        sheet.made.connect(self.name.finder.choose)
        sheet.open()

    def _on_yes(self) -> None:
        if self.problem.refuse_card_numbers((self.name, "customer_name"), (self.note, "note")):
            return
        self.yes.setEnabled(False)
        self.given.emit(Details(self.name.text, self.note.text, self.name.customer_id))
