"""The customer's name and the note of an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.domain.codes import grouped
from pos_app.domain.selling.sales import LONGEST_NAME, LONGEST_NOTE
from pos_app.ui.screens.orders.problem_line import ProblemLine
from pos_app.ui.screens.orders.reason_line import ReasonLine
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import following, labelled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.page import OrderPage
    from pos_app.ui.words.messages import Message

_WIDTH: Final = 560


@dataclass(frozen=True, slots=True)
class Details:
    """What was typed, "" for nothing."""

    customer_name: str
    note: str


class DetailsSheet(Sheet):
    """Two lines. It stays open after given(), so that a refusal can be shown in it. Signals: given(Details)."""

    given = Signal(object)

    def __init__(self, parent: QWidget, order: OrderPage) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self.set_title(self.tr("Name and note of {0}").format(grouped(order.number)))
        self.order = order
        self.name = ReasonLine(self.tr("Customer's name"), longest=LONGEST_NAME, text=order.customer_name)
        self.note = ReasonLine(self.tr("Note"), longest=LONGEST_NOTE, text=order.note)
        self.problem = ProblemLine(self.name, self.note)
        for caption, line in ((self.tr("Customer's name"), self.name), (self.tr("Note"), self.note)):
            self.body.addWidget(text_label(caption, "muted"))
            self.body.addWidget(line)
        self.body.addWidget(self.problem)
        self.yes, self.no = self.add_answers(self.tr("Save"), self._on_yes)

    def open(self) -> None:
        """Show it with the cursor in the name."""
        super().open()
        self.name.line.setFocus()
        self.name.line.selectAll()

    def show_order(self, order: OrderPage) -> None:
        """The order was changed elsewhere: show what it says now; words that were typed stay."""
        before, self.order = self.order, order
        texts = (
            (self.name, self.tr("Customer's name"), before.customer_name, order.customer_name),
            (self.note, self.tr("Note"), before.note, order.note),
        )
        replaced: list[str] = []
        for line, caption, old, new in texts:
            if line.text == old:
                line.line.setText(new)
            elif new not in {old, line.text}:
                replaced.append(labelled(self.tr("{0} now").format(caption), new or "\N{EN DASH}"))
        if replaced:
            self.problem.tell(following(self.problem.text(), *replaced))

    def show_refusal(self, message: Message) -> None:
        """Say why it was refused, while that is true; what was chosen and typed stays."""
        self.problem.tell_message(message)
        self.yes.setEnabled(True)

    def _on_yes(self) -> None:
        if self.problem.refuse_card_numbers((self.name, "customer_name"), (self.note, "note")):
            return
        self.yes.setEnabled(False)
        self.given.emit(Details(self.name.text, self.note.text))
