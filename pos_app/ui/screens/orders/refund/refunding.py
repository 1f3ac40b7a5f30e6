"""A refund from the first tick to the sentence for the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import grouped, new_request_id
from pos_app.domain.errors import OrderChanged
from pos_app.domain.orders.refunds import RefundRequest
from pos_app.ui.screens.orders.approving import Allowed, Approving
from pos_app.ui.screens.orders.refund.given_back_sheet import GivenBackSheet
from pos_app.ui.screens.orders.refund.sheet import RefundSheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.orders.refunds import RefundAsk, RefundDone, RefundPreview
    from pos_app.domain.staff.sign_in import Approval
    from pos_app.ui.screens.orders.operations import OrderOperations
    from pos_app.ui.screens.orders.refund.sheet import RefundWish


class Refunding(QObject):
    """Leads a refund; the sheet stays open until it went through.

    Signals: done(): tickets were given back. changed(): the order is not as it was
    shown. said(Message): something for the person whose sheet is closed already.
    """

    done = Signal()
    changed = Signal()
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.approving = Approving(screen, operations)
        self.sheet: RefundSheet | None = None
        self._requests: dict[tuple[RefundAsk, bool], str] = {}

    def ask(self, order: OrderPage, ticked: Collection[int]) -> None:
        """Ask what is given back. ticked: lines of places that are chosen already."""
        sheet = RefundSheet(self._screen, order, ticked)
        self.sheet = sheet
        sheet.asked.connect(lambda ask: self._reckon(sheet, ask))
        sheet.given.connect(lambda wish: self._go_on(sheet, wish))
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def show_order(self, order: OrderPage) -> None:
        """The picture of an order is newer."""
        shown = self.sheet.order if self.sheet is not None else None
        if self.sheet is None or shown is None or shown.order_id != order.order_id:
            return
        if shown.sign != order.sign:
            self.sheet.show_order(order)

    def _reckon(self, sheet: RefundSheet, ask: RefundAsk) -> None:
        self._operations.preview_refund(sheet, ask).then(
            lambda preview: self._on_preview(sheet, preview),
            lambda error: sheet.show_unreckoned(message_for(error)),
        )

    def _on_preview(self, sheet: RefundSheet, preview: RefundPreview) -> None:
        sheet.show_preview(preview)
        if preview.revision != sheet.order.revision:
            self.changed.emit()

    def _go_on(self, sheet: RefundSheet, wish: RefundWish) -> None:
        preview = sheet.preview
        if preview is None:
            return
        # Asked for once more after its answer was lost, it is the same request.
        request = RefundRequest(
            request_id=self._requests.setdefault((wish.ask, wish.pay_now), new_request_id()),
            order_id=wish.ask.order_id,
            revision=sheet.order.revision,
            line_ids=wish.ask.line_ids,
            amount_minor=preview.amount_minor,
            reason=wish.reason,
            fee_line_ids=wish.ask.fee_line_ids,
            way=wish.ask.way,
            pay_now=wish.pay_now,
            reference=wish.reference,
            used=preview.used,
        )

        def send(approval: Approval | None) -> None:
            self._operations.refund(self._screen, request, approval).then(
                lambda done: self._on_done(sheet, wish, done), lambda error: self._on_refused(sheet, error)
            )

        amount = shown_amount(preview.amount_minor, preview.currency)
        title = self.tr("Refund {0} of {1}").format(amount, grouped(sheet.order.number))
        about = "\n".join((wish.reason, *map(spoken, preview.why)))
        # Whoever cancels the manager's sheet is back in this one.
        wanted = Allowed(title, about, self.tr("Allow the refund"), send, lambda: self._on_no_manager(sheet))
        self.approving.begin(wanted, needed=preview.needs_approval)

    def _on_no_manager(self, sheet: RefundSheet) -> None:
        if isValid(sheet):
            sheet.show_refusal(Message(self.tr("Nothing was refunded: no manager has allowed it.")))

    def _on_done(self, sheet: RefundSheet, wish: RefundWish, done: RefundDone) -> None:
        self._requests.pop((wish.ask, wish.pay_now), None)
        self.approving.end()
        if isValid(sheet):
            sheet.close_sheet()
        self.done.emit()
        amount = shown_amount(done.amount_minor, done.currency)
        title = self.tr("Refunded: {0}").format(grouped(done.number))
        caption = self.tr("Give back") if done.paid else self.tr("Still to be paid out")
        due = "" if done.paid else self.tr("It stands under Refunds due until it is paid out.")
        tickets = len(wish.ask.line_ids)
        gone = spoken_count("This ticket opens no door any more.", "These tickets open no door any more.", tickets)
        GivenBackSheet(
            self._screen, title, caption, amount, spoken(done.sentence), following(gone if tickets else "", due)
        ).open()

    def _on_refused(self, sheet: RefundSheet, error: Exception) -> None:
        """Keep what was typed in the sheet; one that was closed meanwhile leaves a message behind."""
        if self.approving.took(error):
            return
        message = message_for(error)
        if isValid(sheet) and sheet.is_open:
            sheet.show_refusal(message)
        else:
            self.said.emit(Message(message.text, message.advice, Level.ERROR))
        if isinstance(error, OrderChanged):
            self.changed.emit()

    def _on_closed(self) -> None:
        self.sheet = None
