"""What is asked about the basket: release it, hold it longer, sell after the start, the customer's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import PosError
from pos_app.ui.customers.words import row_of
from pos_app.ui.screens.selling.basket.order_sheet import OrderAnswer, OrderSheet
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet, confirm
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words import counted_places
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.evenings import shown_when
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.customers.finding import CustomerRow
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.ui.customers.source import CustomerSource
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.hold_request import HoldRequest
    from pos_app.ui.screens.selling.basket.panel import BasketPanel
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


class BasketQuestions(QObject):
    """Asks over the sell screen, and does what was answered.

    Signals: said(Message): something for the person. released(): the whole basket goes back on sale.
    """

    said = Signal(object)
    released = Signal()

    def __init__(self, screen: QWidget, hold: BasketHold, customers: CustomerSource) -> None:
        super().__init__(screen)
        self._screen = screen
        self._hold = hold
        self._customers = customers
        self._extension: ReasonSheet | None = None
        self._late: list[HoldRequest] = []
        self._asked_for: int | None = None

    def hearings(self, panel: BasketPanel) -> list[Hearing]:
        """Return what leads to which question."""
        hold = self._hold
        return [
            (self.ask_name, panel.name.clicked),
            (self.drop_customer, panel.drop_customer.clicked),
            (self.learn_customer, hold.basket_changed),
            (self.ask_release, panel.release.clicked),
            (self.ask_extension, panel.extend.clicked),
            (self.end_extension, hold.expired),
            (self.ask_late, hold.late_sale_asked),
        ]

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
        """Ask whose the order is, be it a customer's or under a plain name, and for a note on it."""
        basket = self._hold.basket
        before = OrderAnswer(basket.customer_name, basket.note, basket.collect, basket.customer)
        sheet = OrderSheet(self._screen, self._customers, before)
        sheet.given.connect(self._take_answer)
        sheet.open()

    def take_name(self, name: str, note: str, collect: bool = False, customer: CustomerRow | None = None) -> None:  # noqa: FBT001, FBT002 - as it is asked for
        """Put the name and the note on the order. collect: its tickets wait at the window. customer: whose it is."""

        def write(basket: Basket) -> None:
            basket.name_customer(name, customer)
            basket.note, basket.collect = note, collect

        self._hold.change(write)

    def drop_customer(self) -> None:
        """The order is nobody's who is known; its note stays."""
        self._hold.change(lambda basket: basket.name_customer("", None))

    def learn_customer(self) -> None:
        """Learn who a customer is of whom only the number is known: that of a basket that was cut off."""
        basket = self._hold.basket
        customer_id = basket.customer_id
        if customer_id is None or basket.customer is not None or customer_id == self._asked_for:
            return
        self._asked_for = customer_id

        def learnt(record: CustomerRecord) -> None:
            self._asked_for = None
            if self._hold.basket.customer_id == customer_id:
                self._hold.change(lambda basket: basket.name_customer(record.name, row_of(record)))

        # The number does for the sale; of whom it is, somebody may look up anew by F8.
        self._customers.load(self, customer_id).then(learnt, lambda _error: None)

    def _take_answer(self, answer: OrderAnswer) -> None:
        self.take_name(answer.name, answer.note, answer.collect, answer.customer)

    def ask_late(self, request: HoldRequest) -> None:
        """Ask once for all that is asked for until it is answered; what was under way then goes with the answer."""
        if self._hold.late.allows_any(request.performance_ids):
            self._hold.ask(request)
            return
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
