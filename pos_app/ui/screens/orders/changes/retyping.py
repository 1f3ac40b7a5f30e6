"""Other ticket types from the first choice to the difference in the customer's hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import grouped, new_request_id
from pos_app.domain.errors import OrderChanged, PriceChanged
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.exchanges import ExchangeRequest
from pos_app.domain.selling.sales import Tender
from pos_app.ui.screens.orders.approving import Allowed, Approving
from pos_app.ui.screens.orders.changes.type_sheet import TypeSheet
from pos_app.ui.screens.orders.refund.given_back_sheet import GivenBackSheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.exchanges import ExchangeAsk, ExchangeDone, ExchangePreview
    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.staff.sign_in import Approval
    from pos_app.ui.screens.orders.changes.type_sheet import TypeWish
    from pos_app.ui.screens.orders.operations import OrderOperations


class Retyping(QObject):
    """Leads a change of ticket types; the sheet stays open until it went through.

    Signals: new_tickets(tuple): these were made, to be printed. changed(): the order is not as it was shown.
    said(Message).
    """

    new_tickets = Signal(object)
    changed = Signal()
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.approving = Approving(screen, operations)
        self.sheet: TypeSheet | None = None
        self._requests: dict[ExchangeAsk, str] = {}

    def ask(self, order: OrderPage, chosen: Collection[int]) -> None:
        """Read what can be had, and ask. chosen: lines that stand at the top."""
        self._read_offers(order, chosen, {})

    def show_order(self, order: OrderPage) -> None:
        """The picture of an order is newer."""
        sheet = self.sheet
        if sheet is not None and sheet.order.order_id == order.order_id and sheet.order.sign != order.sign:
            sheet.show_order(order)

    def _read_offers(self, order: OrderPage, chosen: Collection[int], known: dict[int, PerformanceOffer]) -> None:
        """Read the offers of all performances, one after the other, then open the sheet."""
        wanted = {line.performance_id for line in order.live_seats if line.performance_id is not None} - known.keys()
        if not wanted:
            self._open(TypeSheet(self._screen, order, known, chosen))
            return
        performance_id = min(wanted)
        self._operations.offer(self, performance_id).then(
            lambda offer: self._read_offers(order, chosen, {**known, performance_id: offer}),
            lambda error: self.said.emit(message_for(error)),
        )

    def _open(self, sheet: TypeSheet) -> None:
        self.sheet = sheet
        sheet.asked.connect(lambda ask: self._reckon(sheet, ask))
        sheet.given.connect(lambda wish: self._go_on(sheet, wish))
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def _reckon(self, sheet: TypeSheet, ask: ExchangeAsk) -> None:
        self._operations.preview_exchange(sheet, ask).then(
            lambda preview: self._on_preview(sheet, preview),
            lambda error: sheet.show_unreckoned(message_for(error)),
        )

    def _on_preview(self, sheet: TypeSheet, preview: ExchangePreview) -> None:
        sheet.show_preview(preview)
        if preview.revision != sheet.order.revision:
            self.changed.emit()

    def _go_on(self, sheet: TypeSheet, wish: TypeWish) -> None:
        preview = sheet.preview
        if preview is None:
            return
        due = preview.difference_minor
        tender = Tender(wish.method, due, due, wish.reference) if due > 0 else None
        request = ExchangeRequest(
            request_id=self._requests.setdefault(wish.ask, new_request_id()),
            order_id=wish.ask.order_id,
            revision=sheet.order.revision,
            ended=wish.ask.ended,
            new=wish.ask.new,
            basket_key=None,
            difference_minor=due,
            tender=tender,
            reason=wish.reason,
            kind=ChangeKind.CORRECTION,
            reference="" if tender is not None else wish.reference,
            used=preview.used,
        )

        def send(approval: Approval | None) -> None:
            self._operations.exchange(self._screen, request, approval).then(
                lambda done: self._on_done(sheet, wish, done), lambda error: self._on_refused(sheet, error)
            )

        title = self._allowed_words(sheet.order.number, preview)
        about = "\n".join(filter(None, (wish.reason, *map(spoken, preview.why))))
        wanted = Allowed(title, about, self.tr("Allow it"), send, lambda: self._on_no_manager(sheet))
        self.approving.begin(wanted, needed=preview.needs_approval)

    def _allowed_words(self, number: str, preview: ExchangePreview) -> str:
        """Say what a manager allows: which order, and the money that moves."""
        amount = shown_amount(abs(preview.difference_minor), preview.currency)
        if preview.difference_minor < 0:
            return self.tr("Other ticket types: {0} goes back, order {1}").format(amount, grouped(number))
        if preview.difference_minor:
            return self.tr("Other ticket types: {0} to pay, order {1}").format(amount, grouped(number))
        return self.tr("Other ticket types for {0}").format(grouped(number))

    def _on_no_manager(self, sheet: TypeSheet) -> None:
        if isValid(sheet):
            sheet.show_refusal(Message(self.tr("Nothing was changed: no manager has allowed it.")))

    def _on_done(self, sheet: TypeSheet, wish: TypeWish, done: ExchangeDone) -> None:
        self._requests.pop(wish.ask, None)
        self.approving.end()
        if isValid(sheet):
            sheet.close_sheet()
        if done.waits:
            self.changed.emit()
        else:
            self.new_tickets.emit(done.ticket_ids)
        difference = done.difference_minor
        if not difference:
            words = self.tr("The ticket types of {0} are changed.").format(grouped(done.number))
            self.said.emit(Message(words, self._what_of_tickets(done), Level.OK))
            return
        caption = self.tr("Customer has paid")
        if difference < 0:
            caption = self.tr("Give back") if done.paid else self.tr("Still to be paid out")
        GivenBackSheet(
            self._screen,
            self.tr("Ticket types changed: {0}").format(grouped(done.number)),
            caption,
            shown_amount(abs(difference), done.currency),
            spoken(done.sentence),
            self._what_of_tickets(done),
        ).open()

    def _what_of_tickets(self, done: ExchangeDone) -> str:
        """Say what becomes of the paper that the customer has, or of tickets that nobody has yet."""
        if done.waits:
            return spoken_count(
                "The new ticket waits at the window.", "The new tickets wait at the window.", len(done.ticket_ids)
            )
        return spoken_count(
            "Take the old ticket back: it opens no door any more.",
            "Take the old tickets back: they open no door any more.",
            len(done.ticket_ids),
        )

    def _on_refused(self, sheet: TypeSheet, error: Exception) -> None:
        """Keep what was typed in the sheet; one that was closed meanwhile leaves a message behind."""
        if self.approving.took(error):
            return
        message = message_for(error)
        if isValid(sheet) and sheet.is_open:
            sheet.show_refusal(message)
            if isinstance(error, PriceChanged):
                self._reckon(sheet, sheet.ask)
        else:
            self.said.emit(Message(message.text, message.advice, Level.ERROR))
        if isinstance(error, OrderChanged):
            self.changed.emit()

    def _on_closed(self) -> None:
        self.sheet = None
