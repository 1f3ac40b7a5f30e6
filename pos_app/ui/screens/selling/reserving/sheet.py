"""The sheet that reserves a basket: under whose name, until when, what it costs, and why it is not reserved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import InvalidInput
from pos_app.domain.selling.sales import LONGEST_NOTE
from pos_app.ui.customers.finder import CustomerFinder
from pos_app.ui.customers.making import CustomerSheet
from pos_app.ui.screens.selling.reserving.until import UntilField
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.labels import say, set_look, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.performance_line import PerformanceLines
from pos_app.ui.widgets.problem_label import ProblemLabel
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.spinner import Spinner
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Message, message_for
from pos_app.ui.words.sentences import spoken, spoken_count, spoken_error

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.customers.finding import CustomerRow
    from pos_app.domain.orders.reservations import ReservationTerms
    from pos_app.domain.selling.basket import Basket
    from pos_app.ui.customers.source import CustomerSource

_WIDTH: Final = 640
_MAKE_KEY: Final = "F8"
_ROWS: Final = 2
_SLOW_MS: Final = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Under whose name it is reserved, and until when; None: as the house does it."""

    name: str
    customer: CustomerRow | None
    note: str
    release_at: datetime | None


class ReserveSheet(Sheet):
    """Asks for name, time and note. Stays open after wanted(), so that a refusal can be shown in it.

    While nobody knows whether it is reserved, nothing can be changed, and it cannot be left.
    Keys: F8 makes a customer of what is typed.
    Signals: wanted(Wanted): by Enter. terms_asked(): the house's terms are to be read once more.
    """

    wanted = Signal(object)
    terms_asked = Signal()

    def __init__(self, parent: QWidget, source: CustomerSource, basket: Basket) -> None:
        super().__init__(parent, parent.tr("Reserve"), width=_WIDTH)
        self._source = source
        self._seats = len(basket.lines)
        self._busy = False
        self._why_not = ""
        self.until: UntilField | None = None
        performances = PerformanceLines()
        self.finder = CustomerFinder(source, key_to_make=_MAKE_KEY if source.may_ask else "", rows=_ROWS)
        self.finder.show_choice(basket.customer_name, basket.customer)
        self.finder.changed.connect(self._on_changed)
        self.note_field = QLineEdit(basket.note)
        bound_line(self.note_field, LONGEST_NOTE)
        self.note_field.setAccessibleName(self.tr("Note"))
        self._wrong_name, self._wrong_note = (text_label("", "body", tone="danger", wrap=True) for _ in range(2))
        for label in (self._wrong_name, self._wrong_note):
            label.hide()
        self.finder.put_beside_line(self._wrong_name)
        self._reading = text_label(self.tr("Reading until when seats are kept…"), "muted")
        self._place_of_until = QWidget()
        self._until_column = column(self._reading, inside=self._place_of_until)
        total = shown_amount(basket.totals().total_minor, basket.currency)
        words = spoken_count("To pay at pick-up, for {count} seat", "To pay at pick-up, for {count} seats", self._seats)
        self.total = text_label(total, "title")
        self.problem = ProblemLabel()
        self.problem.answered.connect(self._on_answered)
        for part in (
            performances,
            text_label(self.tr("Under whose name"), "strong"),
            self.finder,
            text_label(self.tr("Kept until"), "strong"),
            self._place_of_until,
            text_label(self.tr("Note, for the staff"), "strong"),
            self.note_field,
            self._wrong_note,
            self.problem,
        ):
            self.body.addWidget(part)
        # Not before it lies in here: shown by itself it would be a window.
        performances.show_seats(basket.seats_by_performance())
        self.body.addLayout(row((text_label(words, "heading"), 1), self.total))
        self.yes = self.add_button(self.tr("Reserve"), "Return", variant="primary", size="large")
        self.yes.clicked.connect(self._on_yes)
        self.make = self.add_button(self.tr("Make customer"), _MAKE_KEY, size="large")
        self.make.clicked.connect(self._on_make)
        self.make.setVisible(source.may_ask)
        self.no = self.add_button(self.tr("Cancel"), "Esc", size="large")
        self.no.clicked.connect(self.cancel)
        self.waiting = QWidget()
        row(Spinner(22), text_label(self.tr("Reserving…"), "muted"), inside=self.waiting, spacing=10)
        self.waiting.hide()
        self._buttons.insertWidget(0, self.waiting)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self.waiting.show)
        self._enable()

    def open(self) -> None:
        """Show it with the cursor in the name."""
        super().open()
        self.finder.line.setFocus()

    def cancel(self) -> None:
        """Close without an answer; not while it is being reserved."""
        if not self._busy:
            super().cancel()

    def show_terms(self, terms: ReservationTerms) -> None:
        """Offer until when seats are kept, and say where these are too many, or it is too late."""
        self.problem.clear_problem()
        if self.until is None:
            self.until = UntilField(terms)
            self.until.changed.connect(self.problem.clear_problem)
            self._reading.hide()
            self._until_column.addWidget(self.until)
        if self._seats > terms.most_seats:
            words = spoken_count(
                "One reservation keeps {count} seat at the most.",
                "One reservation keeps {count} seats at the most.",
                terms.most_seats,
            )
            self._why_not = following(words, self.tr("Esc, then give some back, or sell them."))
        elif terms.too_late is not None:
            self._why_not = spoken(terms.too_late)
        if self._why_not:
            self.problem.tell(self._why_not)
        self._enable()

    def show_no_terms(self, error: Exception) -> None:
        """Say why it is not known until when seats are kept."""
        self.problem.tell_message(message_for(error))

    def show_busy(self) -> None:
        """It is being reserved: no button works."""
        self._busy = True
        self._enable()
        self.setFocus()
        self._slow.start()

    def show_error(self, error: Exception) -> None:
        """Say why it was not reserved, beside the fields where it is about one; what was typed stays."""
        self._rest()
        if not isinstance(error, FieldRefused):
            self.let_try_again(message_for(error))
            return
        fields = {name: spoken(sentence) for name, sentence in error.fields.items()}
        name, time = fields.pop("customer_name", ""), fields.pop("release_at", "")
        say(self._wrong_name, name)
        self.finder.show_wrong(wrong=bool(name))
        if self.until is not None:
            self.until.show_problem(time)
        self.problem.tell(following(*fields.values()))
        if name:
            self.finder.line.setFocus()
        elif time and self.until is not None:
            self.until.take_keyboard()

    def let_try_again(self, message: Message) -> None:
        """Say why it is not reserved; what was typed stays, and Enter asks again."""
        self._rest()
        self.problem.tell_message(message)
        self.finder.line.setFocus()

    def show_unknown(self, message: Message) -> None:
        """Say that nobody knows yet; it waits."""
        self.problem.tell(message.sentence)

    def _on_yes(self) -> None:
        for label in (self._wrong_name, self._wrong_note):
            say(label, "")
        name, note = self.finder.name, self.note_field.text().strip()
        if self._busy or self.until is None or not self._may_store(name, note):
            return
        if self._why_not:
            self.problem.tell(self._why_not)
            return
        if not name:
            say(self._wrong_name, self.tr("Type the name that the seats are kept under."))
            self.finder.show_wrong(wrong=True)
            self.finder.line.setFocus()
            return
        try:
            release_at = self.until.value()
        except InvalidInput as error:
            self.until.show_problem(spoken_error(error))
            self.until.take_keyboard()
            return
        self.problem.clear_problem()
        self.wanted.emit(Wanted(name, self.finder.customer, note, release_at))

    def _may_store(self, name: str, note: str) -> bool:
        """Tell whether name and note can be kept; a card number is refused where it was typed."""
        fields = (
            (name, "customer_name", self._wrong_name, self.finder.line),
            (note, "note", self._wrong_note, self.note_field),
        )
        for text, called, label, line in fields:
            set_look(line, "wrong", "false")
            try:
                refuse_card_number(text, called)
            except InvalidInput as refusal:
                say(label, spoken_error(refusal))
                set_look(line, "wrong", "true")
                hide_card_numbers(line)
                line.setFocus()
                return False
        return True

    def _on_make(self) -> None:
        sheet = CustomerSheet(self, self._source, self.finder.draft())
        sheet.made.connect(self.finder.choose)
        sheet.open()

    def _on_changed(self) -> None:
        say(self._wrong_name, "")
        self._enable()

    def _on_answered(self) -> None:
        if self.until is None:
            self.terms_asked.emit()

    def _rest(self) -> None:
        self._busy = False
        self._slow.stop()
        self.waiting.hide()
        self._enable()

    def _enable(self) -> None:
        for part in (self.finder, self.note_field, self._place_of_until, self.no):
            part.setEnabled(not self._busy)
        self.yes.setEnabled(not self._busy and self.until is not None)
        self.make.setEnabled(not self._busy and self.finder.customer is None)
