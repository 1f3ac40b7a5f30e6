"""The field that finds a customer: by name, e-mail or phone, as somebody types; a plain name stays possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from pos_app.domain.errors import PosError
from pos_app.domain.selling.sales import LONGEST_NAME
from pos_app.ui.announce import announce
from pos_app.ui.customers.chosen_card import ChosenCard
from pos_app.ui.customers.suggestions import ROWS, Suggestions
from pos_app.ui.customers.verifying.sheet import VerifySheet
from pos_app.ui.customers.words import draft_of, is_no_name, row_of
from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.keys import ENTER
from pos_app.ui.widgets.labels import set_look
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from pos_app.domain.customers.finding import CustomerRow, CustomersPage
    from pos_app.domain.customers.records import CustomerDraft, CustomerRecord
    from pos_app.ui.customers.source import CustomerSource

PAUSE_MS: Final = 180
_SHORTEST: Final = 2


class CustomerFinder(QWidget):
    """A line for name, e-mail or phone, and below it who may be meant, or who was chosen.

    Whoever types over a customer's name means somebody else: the choice is gone, and the words stay.
    key_to_make: makes a customer of what is typed, which is said where none is found. rows: so many are seen at once.
    only_known: a plain name is of no use here.
    Signals: changed(): the words or the customer are others now. picked(CustomerRow): a customer was chosen.
    """

    changed = Signal()
    picked = Signal(object)

    def __init__(
        self, source: CustomerSource, *, key_to_make: str = "", rows: int = ROWS, only_known: bool = False
    ) -> None:
        super().__init__()
        self._source = source
        self._only_known = only_known
        self._key_to_make = key_to_make
        self.customer: CustomerRow | None = None
        self._is_unanswered = self._is_asking = self._is_awaited = False
        self.line = QLineEdit(placeholderText=self.tr("Name, e-mail or phone"))
        bound_line(self.line, LONGEST_NAME)
        self.line.setAccessibleName(self.tr("Customer's name"))
        self.line.textEdited.connect(self._on_typed)
        self.line.installEventFilter(self)
        self.suggestions = Suggestions(rows=rows)
        self.suggestions.picked.connect(self.choose)
        self.card = ChosenCard()
        self.card.dropped.connect(self._on_dropped)
        self.card.verify_asked.connect(self._on_verify)
        below = QWidget()
        self._below = QStackedLayout(below)
        self._below.addWidget(self.suggestions)
        self._below.addWidget(self.card)
        self._lines = column(self.line, below, inside=self, spacing=6)
        self.setFocusProxy(self.line)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        server_answers().answered.connect(self._on_server_answered)
        self._show_hint()
        if not source.may_ask:
            self.suggestions.hide()

    @property
    def name(self) -> str:
        """What is typed, which is the customer's name where one is chosen."""
        return self.line.text().strip()

    def draft(self) -> CustomerDraft:
        """Return the customer that may be made of what is typed."""
        return draft_of(self.name)

    def show_choice(self, name: str, customer: CustomerRow | None) -> None:
        """Show a name, and whose it is, as if nobody had typed it."""
        self.line.setText(name)
        self.line.setCursorPosition(len(name))
        self.customer = customer
        self._show_customer()
        if customer is None and name:
            self._pause.start()

    def choose(self, customer: CustomerRow) -> None:
        """Take a customer, whose name is then the order's."""
        self._pause.stop()
        self.suggestions.setCurrentRow(-1)
        self.show_choice(customer.name, customer)
        self.show_wrong(wrong=False)
        self.line.setFocus()
        announce(self, self.tr("Chosen: {0}").format(customer.name), urgent=True)
        self.changed.emit()
        self.picked.emit(customer)

    def put_beside_line(self, label: QLabel) -> None:
        """Show a label of the sheet below the line, where what is said of the name is looked for."""
        self._lines.insertWidget(1, label)

    def show_wrong(self, *, wrong: bool) -> None:
        """Draw the frame of the line red, or not; a card number is not left there."""
        set_look(self.line, "wrong", "true" if wrong else "false")
        if wrong:
            hide_card_numbers(self.line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrow keys and Enter choose of those who are offered, while the keyboard stays in the line."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.customer is None and (self.suggestions.take_key(event) or self._keeps_enter(event))
        return super().eventFilter(watched, event)

    def _keeps_enter(self, event: QKeyEvent) -> bool:
        """Let no address and no number be kept as a name: Enter waits for whose it is, or says that it is nobody's."""
        if event.key() not in ENTER or not self._source.may_ask or self._is_unanswered or not is_no_name(self.name):
            return False
        self._is_awaited = self._pause.isActive() or self._is_asking
        if not self._is_awaited:
            self.show_wrong(wrong=True)
            announce(self, self._nobody_words(), urgent=True)
        return True

    def _on_typed(self) -> None:
        # Whoever types on means what is typed: Enter takes nobody who was walked to before.
        self.suggestions.setCurrentRow(-1)
        if self.customer is not None:
            self.customer = None
            self._show_customer()
        self.show_wrong(wrong=False)
        self._is_awaited = False
        self._pause.start()
        self.changed.emit()

    def _on_dropped(self) -> None:
        """The name is meant, and not this customer."""
        self.customer = None
        self._show_customer()
        self.line.setFocus()
        self.line.selectAll()
        self._pause.start()
        self.changed.emit()

    def _on_verify(self) -> None:
        if self.customer is not None:
            sheet = VerifySheet(self, self._source.codes, self.customer)
            sheet.verified.connect(self._on_verified)
            sheet.open()

    def _on_verified(self, record: CustomerRecord) -> None:
        """Show the customer as it is now; the order keeps the name that is typed."""
        self.show_choice(self.name, row_of(record))
        self.changed.emit()

    def _show_customer(self) -> None:
        self.card.show_customer(self.customer)
        self._below.setCurrentWidget(self.suggestions if self.customer is None else self.card)

    def _ask(self) -> None:
        if not self._source.may_ask or self.customer is not None:
            return
        text = self.name
        # A family name in Chinese is one letter.
        if len(text) < _SHORTEST and text.isascii():
            self._show_hint()
            return
        self._is_asking = True
        self._source.find(self, text).then(lambda page: self._on_found(text, page), self._on_not_found)

    def _on_found(self, text: str, page: CustomersPage) -> None:
        self._is_unanswered = self._is_asking = False
        if text != self.name or self.customer is not None:
            return
        self.suggestions.show_customers(page.rows, self._nobody_words())
        if len(page.rows) != 1 or not is_no_name(text):
            self._is_awaited = False
        elif self._is_awaited:
            self._is_awaited = False
            self.choose(page.rows[0])
        else:
            self.suggestions.setCurrentRow(0)

    def _on_not_found(self, error: Exception) -> None:
        """Nobody can be offered; the name can be kept all the same."""
        self._is_asking = self._is_awaited = False
        if isinstance(error, PosError):
            self._is_unanswered = True
            self.suggestions.show_customers((), message_for(error).sentence)
        else:
            self.suggestions.show_customers((), message_for(error).text)

    def _on_server_answered(self) -> None:
        if self._is_unanswered and self.isVisible():
            self._is_unanswered = False
            self._pause.start()

    def _show_hint(self) -> None:
        words = self.tr("Customers who may be meant stand here as you type: arrow keys and Enter choose one.")
        self.suggestions.show_customers((), words)

    def _nobody_words(self) -> str:
        if self._only_known and self._key_to_make:
            words = self.tr("Nobody is found. Type more of the name or the number; {0} makes a customer.")
            return words.format(self._key_to_make)
        if self._only_known:
            return self.tr("Nobody is found. Type a part of the name, the whole address or the number.")
        if is_no_name(self.name):
            if self._key_to_make:
                words = self.tr("No customer has this address or number. Type a name; {0} makes a customer.")
                return words.format(self._key_to_make)
            return self.tr("No customer has this address or number. Type a name.")
        if self._key_to_make:
            words = self.tr("No customer is called so. Enter keeps the plain name; {0} makes a customer.")
            return words.format(self._key_to_make)
        return self.tr("No customer is called so. Enter keeps the plain name.")
