"""The sheet by which a party joins a waiting list: who, how many, where they will sit, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from pos_app.domain.errors import InvalidInput, WaitingRefused
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.domain.waiting.entries import MOST_OF_A_PARTY, ListState
from pos_app.ui.customers.finder import CustomerFinder
from pos_app.ui.customers.making import CustomerSheet
from pos_app.ui.screens.selling.waiting.wants import PartyWants
from pos_app.ui.waiting.words import waiting_words, waits_already
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.labels import say, set_look, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.performance_line import PerformanceLines
from pos_app.ui.widgets.problem_label import ProblemLabel
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from pos_app.domain.customers.finding import CustomerRow
    from pos_app.domain.waiting.rows import WaitingPage
    from pos_app.ui.customers.source import CustomerSource

_WIDTH: Final = 960
_HEIGHT: Final = 420
_MAKE_KEY: Final = "F8"
_ROWS: Final = 2


class JoinSheet(Sheet):
    """Asks who waits and for what. Stays open after wanted(), so that a refusal can be shown beside its field.

    Keys: F8 makes a customer of what is typed.
    Signals: wanted(Wanted): by Enter. page_asked(): how the list stands is to be read once more.
    """

    wanted = Signal(object)
    page_asked = Signal()

    def __init__(
        self, parent: QWidget, source: CustomerSource, name: str = "", customer: CustomerRow | None = None
    ) -> None:
        super().__init__(parent, parent.tr("Join the waiting list"), width=_WIDTH)
        self._source = source
        self._busy = False
        # Why a party cannot join is not in the page that is read after it: the words stay until it is asked again.
        self._is_refused = False
        self.page: WaitingPage | None = None
        self.wants: PartyWants | None = None
        self._evening = PerformanceLines()
        self._standing = text_label("", "muted", wrap=True)
        self.finder = CustomerFinder(
            source, key_to_make=_MAKE_KEY if source.may_ask else "", rows=_ROWS, only_known=True
        )
        self.finder.show_choice(name, customer)
        self.finder.changed.connect(self._on_changed)
        self._wrong_customer, self._wrong_seats = (text_label("", "body", tone="danger", wrap=True) for _ in range(2))
        self.finder.put_beside_line(self._wrong_customer)
        self.seats = QLineEdit("2")
        bound_line(self.seats, 4)
        self.seats.setFixedWidth(96)
        self.seats.setAccessibleName(self.tr("How many people"))
        self.seats.textChanged.connect(self._on_seats)
        for label in (self._wrong_customer, self._wrong_seats):
            label.hide()
        self._place_of_wants = QWidget()
        self._reading = text_label(self.tr("Reading the waiting list…"), "muted")
        self._wants_column = column(self._reading, inside=self._place_of_wants, margins=(0, 0, 8, 0))
        who = column(
            text_label(self.tr("Who waits"), "strong"),
            self.finder,
            text_label(self.tr("How many people"), "strong"),
            row(self.seats, 1),
            self._wrong_seats,
            1,
            spacing=8,
        )
        # A house may have many zones.
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(self._place_of_wants)
        form = QWidget()
        row((who, 1), (scrolled, 1), inside=form, spacing=24)
        for part in (self._evening, self._standing, form):
            self.body.addWidget(part)
        self.let_give_way(form, _HEIGHT)
        self.problem = ProblemLabel()
        self.problem.answered.connect(self._on_answered)
        self.body.addWidget(self.problem)
        self.yes = self.add_button(self.tr("Join the list"), "Return", variant="primary", size="large")
        self.yes.clicked.connect(self._on_yes)
        self.make = self.add_button(self.tr("Make customer"), _MAKE_KEY, size="large")
        self.make.clicked.connect(self._on_make)
        self.make.setVisible(source.may_ask)
        self.no = self.add_button(self.tr("Cancel"), "Esc", size="large")
        self.no.clicked.connect(self.cancel)
        self._enable()

    def open(self) -> None:
        """Show it with the cursor in the customer's name."""
        super().open()
        self.finder.line.setFocus()

    def cancel(self) -> None:
        """Close without an answer; not while the party is put on the list."""
        if not self._busy:
            super().cancel()

    def show_page(self, page: WaitingPage) -> None:
        """Offer what can be wanted, and say who waits already, or why nobody can join."""
        self.page = page
        evening = page.evening
        shown = PerformanceSeats(
            evening.performance_id, evening.title, evening.starts_at, evening.time_zone, (), evening.ends_at
        )
        self._evening.show_seats((shown,))
        say(self._standing, waiting_words(len(page.waiting), sum(one.entry.seats for one in page.waiting)))
        if self.wants is None:
            self.wants = PartyWants(evening)
            self._reading.hide()
            self._wants_column.addWidget(self.wants)
            self._wants_column.addStretch(1)
        double = self._tell_double()
        if why_not := self._why_not():
            self.problem.tell(why_not)
        elif double or not self._is_refused:
            self.problem.clear_problem()
        self._enable()

    def show_no_page(self, error: Exception) -> None:
        """Say why it is not known how the list stands."""
        self.problem.tell_message(message_for(error))

    def show_busy(self) -> None:
        """The party is put on the list: no button works."""
        self._busy = True
        self._enable()
        self.setFocus()

    def show_error(self, error: Exception) -> None:
        """Say why the party did not join, beside its field where it is about one; what was typed stays."""
        self._busy = False
        self._enable()
        field = error.field if isinstance(error, InvalidInput) else ""
        if field == "seats" and isinstance(error, InvalidInput):
            self._refuse_seats(spoken_error(error))
        elif isinstance(error, InvalidInput) and self.wants is not None and self.wants.show_wrong(field, error):
            return
        else:
            self._is_refused = isinstance(error, WaitingRefused)
            self.problem.tell_message(message_for(error))
            self.yes.setFocus()

    def _why_not(self) -> str:
        page = self.page
        if page is None or page.state is ListState.OPEN:
            return ""
        if page.state is ListState.CLOSED:
            return following(
                self.tr("The waiting list of this performance is closed."), self.tr("A manager can open it again.")
            )
        if page.evening.free:
            return following(
                self.tr("There are still seats on sale for this performance."),
                self.tr("Sell them, or let a manager open a waiting list."),
            )
        return ""

    def _party(self) -> int | None:
        text = "".join(self.seats.text().split())
        number = int(text) if text.isdecimal() else 0
        return number if 1 <= number <= MOST_OF_A_PARTY else None

    def _on_yes(self) -> None:
        if self._busy or self.wants is None:
            return
        if why_not := self._why_not():
            self.problem.tell(why_not)
            return
        customer, seats = self.finder.customer, self._party()
        if customer is None:
            words = self.tr("Choose who waits, or make a customer: a letter or a call tells of seats that come free.")
            say(self._wrong_customer, words)
            self.finder.show_wrong(wrong=True)
            self.finder.line.setFocus()
            return
        if self._tell_double():
            self.finder.line.setFocus()
            return
        if seats is None:
            words = self.tr("Type how many people, from 1 to {0}.").format(shown_number(MOST_OF_A_PARTY))
            self._refuse_seats(words)
            return
        wanted = self.wants.wanted(customer.customer_id, seats)
        if wanted is not None:
            self._is_refused = False
            self.problem.clear_problem()
            self.wanted.emit(wanted)

    def _tell_double(self) -> bool:
        """Tell what a customer waits for already; tells whether one does."""
        customer, page = self.finder.customer, self.page
        rows = () if page is None or customer is None else page.rows
        waits = next(
            (one for one in rows if customer is not None and one.entry.customer_id == customer.customer_id), None
        )
        say(self._wrong_customer, "" if waits is None else waits_already(waits))
        self.finder.show_wrong(wrong=waits is not None)
        return waits is not None

    def _refuse_seats(self, words: str) -> None:
        say(self._wrong_seats, words)
        set_look(self.seats, "wrong", "true")
        self.seats.setFocus()
        self.seats.selectAll()

    def _on_seats(self) -> None:
        say(self._wrong_seats, "")
        set_look(self.seats, "wrong", "false")
        if self.wants is not None:
            self.wants.show_party(self._party() or 0)

    def _on_make(self) -> None:
        sheet = CustomerSheet(self, self._source, self.finder.draft())
        sheet.made.connect(self.finder.choose)
        sheet.open()

    def _on_changed(self) -> None:
        self._tell_double()
        self._enable()

    def _on_answered(self) -> None:
        if self.page is None:
            self.page_asked.emit()

    def _enable(self) -> None:
        for part in (self.finder, self.seats, self._place_of_wants, self.no):
            part.setEnabled(not self._busy)
        self.yes.setEnabled(not self._busy and self.wants is not None)
        self.make.setEnabled(not self._busy and self.finder.customer is None)
