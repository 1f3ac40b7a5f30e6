"""Whose an order is: a customer who is found or made, or a plain name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pos_app.domain.card_numbers import CardNumberRefused, refuse_card_number
from pos_app.domain.customers.finding import CustomerRow
from pos_app.ui.customers.finder import CustomerFinder
from pos_app.ui.customers.words import row_of
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.ui.customers.source import CustomerSource


class CustomerLine(QWidget):
    """The finder of customers with what a line of a sheet does. Its own signals are those of `finder`."""

    def __init__(self, source: CustomerSource, *, key_to_make: str) -> None:
        super().__init__()
        self._source = source
        self.finder = CustomerFinder(source, key_to_make=key_to_make)
        self.line = self.finder.line
        column(self.finder, inside=self)
        self.setFocusProxy(self.finder)

    @property
    def text(self) -> str:
        """Return the name that is typed, or that of the customer who is chosen."""
        return self.finder.name

    @property
    def customer_id(self) -> int | None:
        """Return who is chosen; None: a plain name."""
        return None if self.finder.customer is None else self.finder.customer.customer_id

    def show_whose(self, name: str, customer_id: int | None) -> None:
        """Show a name, and whose it is; what is known of a customer is read."""
        self.finder.show_choice(name, None if customer_id is None else CustomerRow(customer_id, name))
        if customer_id is not None and self._source.may_ask:
            self._source.load(self, customer_id).then(
                lambda record: self._on_loaded(customer_id, name, record), lambda _error: None
            )

    def show_wrong(self) -> None:
        """Mark it, and put the cursor there."""
        self.finder.show_wrong(wrong=True)
        self.line.setFocus()

    def hide_card_numbers(self) -> bool:
        """Take away what looks like the number of a card; tell whether there was any."""
        return hide_card_numbers(self.line)

    def refuse_card_number(self, field: str) -> str:
        """Return why what is typed cannot be kept, "" where it can; see ReasonLine."""
        try:
            refuse_card_number(self.text, field)
        except CardNumberRefused as error:
            self.show_wrong()
            return spoken_error(error)
        return ""

    def _on_loaded(self, asked: int, name: str, record: CustomerRecord) -> None:
        """Show who it is, unless somebody else was chosen or typed meanwhile; the order keeps its own name."""
        if self.customer_id == asked and self.text == name.strip():
            self.finder.show_choice(name, row_of(record))
