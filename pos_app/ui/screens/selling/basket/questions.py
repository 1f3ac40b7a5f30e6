"""What is asked about the basket: release it, hold it longer, sell after the start, the customer's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QLineEdit

from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import InvalidInput, PosError
from pos_app.domain.selling.sales import LONGEST_NAME, LONGEST_NOTE
from pos_app.ui.records.fields.choice_fields import CheckField
from pos_app.ui.widgets.card_numbers import hide_card_numbers
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet, confirm
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words import counted_places
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.evenings import shown_when
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken, spoken_count, spoken_error

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.hold_request import HoldRequest
    from pos_app.ui.widgets.sheets.reason import Reason

NAMED_PLACES: Final = 4
"""So many places are named before the rest is counted."""


def ask_late_sale(screen: QWidget) -> ConfirmSheet:
    """Ask whether tickets are sold for a performance that has begun."""
    return confirm(
        screen,
        QCoreApplication.translate("BasketQuestions", "The performance has begun"),
        QCoreApplication.translate("BasketQuestions", "Sell tickets for it all the same?"),
        yes=QCoreApplication.translate("BasketQuestions", "Sell late tickets"),
        danger=False,
    )


class OrderSheet(Sheet):
    """Asks for the name and the note, and whether the tickets are picked up later.

    Signals: given(str, str, bool): name, note, and that.
    """

    given = Signal(str, str, bool)

    def __init__(self, parent: QWidget, name: str, note: str, *, collect: bool = False) -> None:
        super().__init__(parent, parent.tr("Name and note"))
        self.name_field = QLineEdit(name)
        bound_line(self.name_field, LONGEST_NAME)
        self.name_field.setAccessibleName(self.tr("Customer's name"))
        self.note_field = QLineEdit(note)
        bound_line(self.note_field, LONGEST_NOTE)
        self.note_field.setAccessibleName(self.tr("Note"))
        self.body.addWidget(text_label(self.tr("Customer's name, printed on the tickets"), "strong"))
        self.body.addWidget(self.name_field)
        self.body.addWidget(text_label(self.tr("Note, for the staff"), "strong"))
        self.body.addWidget(self.note_field)
        self.collect = CheckField(self.tr("Picked up later at the window; nothing is printed now"))
        self.collect.show_value(collect)
        self.body.addWidget(self.collect)
        self._wrong = text_label("", "body", tone="danger", wrap=True)
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        yes = self.add_button(self.tr("Keep"), "Return", variant="primary")
        yes.clicked.connect(self._on_yes)
        no = self.add_button(self.tr("Cancel"), "Esc")
        no.clicked.connect(self.cancel)

    def open(self) -> None:
        """Show it with the cursor in the name."""
        super().open()
        self.name_field.setFocus()

    def _on_yes(self) -> None:
        name, note = self.name_field, self.note_field
        given = name.text().strip(), note.text().strip()
        for field in (name, note):
            hide_card_numbers(field)
        for field, text, called in zip((name, note), given, ("customer_name", "note"), strict=True):
            try:
                refuse_card_number(text, called)
            except InvalidInput as refusal:
                say(self._wrong, spoken_error(refusal))
                field.setFocus()
                return
        collect = self.collect.box.isChecked()
        if collect and not given[0]:
            say(self._wrong, self.tr("Type the name that the tickets wait under."))
            name.setFocus()
            return
        self.given.emit(*given, collect)
        self.close_sheet()


class BasketQuestions(QObject):
    """Asks over the sell screen, and does what was answered.

    Signals: said(Message): something for the person. released(): the whole basket goes back on sale.
    """

    said = Signal(object)
    released = Signal()

    def __init__(self, screen: QWidget, hold: BasketHold) -> None:
        super().__init__(screen)
        self._screen = screen
        self._hold = hold
        self._extension: ReasonSheet | None = None
        self._late: list[HoldRequest] = []

    def ask_release(self) -> None:
        """Ask once, naming what goes back on sale."""
        lines = self._hold.basket.lines
        if not lines:
            return
        places, performances = self._hold.basket.places(), self._hold.basket.performances()
        groups = [group for one in performances for group in one.groups]
        evenings = [one.seats() for one in performances for _ in one.groups]
        named = tuple(
            side_by_side(spoken(group.spoken()), seats.title, shown_when(seats))
            for group, seats in zip(groups[:NAMED_PLACES], evenings, strict=False)
        )
        more = sum(len(group.lines) for group in groups[NAMED_PLACES:])
        sheet = confirm(
            self._screen,
            self.tr("Release the basket?"),
            counted_places.these_go_back(places),
            yes=counted_places.release_them(places),
            no=spoken_count("Keep it", "Keep them", len(lines)),
            lost=(*named, *((self.tr("and {0} more").format(shown_number(more)),) if more else ())),
        )
        sheet.confirmed.connect(self.released)

    def ask_extension(self) -> None:
        """Ask for the reason to hold the seats longer; it ends when their time is over."""
        placed = self._hold.placed
        if placed is None or placed.extended or self._hold.is_expired:
            return
        sheet = ReasonSheet(
            self._screen,
            self.tr("Hold the seats longer"),
            self.tr("Once a basket, and never beyond 30 minutes from its first seat."),
            choices=(
                self.tr("Customer is deciding"),
                self.tr("Card terminal is slow"),
                self.tr("Group is still counting"),
                self.tr("Customer went for money"),
            ),
            yes=self.tr("Extend"),
        )
        request_id = new_request_id()

        def done(placed: PlacedHold) -> None:
            self._hold.compare(placed)
            sheet.close_sheet()

        def refused(error: Exception) -> None:
            if sheet.is_open and isinstance(error, PosError):
                sheet.show_refusal(error)
            else:
                sheet.close_sheet()
                self.said.emit(message_for(error))

        def extend(reason: Reason) -> None:
            self._hold.extend(reason.text, request_id).then(done, refused)

        def closed() -> None:
            self._extension = None

        sheet.given.connect(extend)
        sheet.closed.connect(closed)
        self._extension = sheet
        sheet.open()

    def end_extension(self) -> None:
        """The time is over: there is nothing to hold longer."""
        if self._extension is not None:
            self._extension.show_too_late(self.tr("Time is up. Esc, then F5 takes the seats again."))

    def ask_name(self) -> None:
        """Ask for the customer's name and a note on the order."""
        basket = self._hold.basket
        sheet = OrderSheet(self._screen, basket.customer_name, basket.note, collect=basket.collect)
        sheet.given.connect(self.take_name)
        sheet.open()

    def take_name(self, name: str, note: str, collect: bool = False) -> None:  # noqa: FBT001, FBT002 - a slot
        """Put the name and the note on the order. collect: its tickets wait at the window."""

        def write(basket: Basket) -> None:
            basket.customer_name, basket.note, basket.collect = name, note, collect

        self._hold.change(write)

    def ask_late(self, request: HoldRequest) -> None:
        """Ask once for all that is asked for until it is answered."""
        asking = bool(self._late)
        self._late.append(request)
        if not asking:
            sheet = ask_late_sale(self._screen)
            sheet.confirmed.connect(self._on_late_allowed)
            sheet.closed.connect(self._on_late_answered)

    def _on_late_allowed(self) -> None:
        for request in self._late:
            self._hold.late.allow(request.performance_ids)
            self._hold.ask(request)

    def _on_late_answered(self) -> None:
        self._late.clear()
