"""Taking a fresh sale back as a whole, as if it had not been made: the questions, the request, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import grouped, new_request_id
from pos_app.domain.errors import NotFound, OrderChanged, VoidRefused
from pos_app.ui.screens.orders.approving import Allowed, Approving
from pos_app.ui.screens.orders.refund.given_back_sheet import GivenBackSheet
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words import counted_places
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.payments import payment_words, tell_goes_back
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.selling.sales import VoidedOrder
    from pos_app.domain.staff.sign_in import Approval
    from pos_app.ui.screens.orders.operations import OrderOperations
    from pos_app.ui.widgets.sheets.reason import Reason


class Voiding(QObject):
    """Leads one void from the question to its end. The sheet stays open until its request went through.

    Signals: voided(VoidedOrder): taken back; the sheet with the amount is open. changed(): the order may not be as it
    was shown. said(Message): something for the person whose sheet is closed already.
    """

    voided = Signal(object)
    changed = Signal()
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.approving = Approving(screen, operations)
        self.sheet: ReasonSheet | None = None
        self._requests: dict[int, str] = {}

    def ask(self, order: OrderPage) -> None:
        """Ask why the order is taken back, and where it is no manager who asks, which manager allows it; and do it."""
        title = self.tr("Void order {0}").format(grouped(order.number))
        alone = self._operations.may_approve
        sheet = ReasonSheet(
            self._screen,
            title,
            self._what_is_lost(order),
            choices=(
                self.tr("Wrong performance"),
                self.tr("Wrong seats"),
                self.tr("Changed their mind"),
                self.tr("Wrong payment"),
            ),
            yes=self.tr("Void the order") if alone else self.tr("Go on"),
            danger=alone,
        )
        self.sheet = sheet
        # Asked for once more after its answer was lost, it is the same request, and is told the amount to give back.
        request_id = self._requests.setdefault(order.order_id, new_request_id())

        def go_on(reason: Reason) -> None:
            def send(approval: Approval | None) -> None:
                self._operations.void(self._screen, order.order_id, request_id, reason.text, approval).then(
                    lambda voided: self._on_voided(sheet, order, voided),
                    lambda error: self._on_refused(sheet, order.order_id, error),
                )

            yes = self.tr("Void the order")
            wanted = Allowed(
                self._allowed_words(order, title), reason.text, yes, send, lambda: self._on_no_manager(sheet)
            )
            self.approving.begin(wanted, needed=True)

        sheet.given.connect(go_on)
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def _allowed_words(self, order: OrderPage, title: str) -> str:
        """Say what a manager allows: which order, and the money that goes back."""
        goes_back = sum(paid.amount_minor for paid in order.payments)
        if not goes_back:
            return title
        amount = shown_amount(goes_back, order.currency)
        return self.tr("Void order {0}: {1} goes back").format(grouped(order.number), amount)

    def _what_is_lost(self, order: OrderPage) -> str:
        places = [place for one in order.performances for place in one.places]
        titles = " + ".join(dict.fromkeys(one.title for one in order.performances))
        return following(counted_places.become_void(titles, places), tell_goes_back(order.payments, order.currency))

    def _on_no_manager(self, sheet: ReasonSheet) -> None:
        if isValid(sheet):
            sheet.show_problem(self.tr("Nothing was taken back: no manager has allowed it."))

    def _on_voided(self, sheet: ReasonSheet, order: OrderPage, voided: VoidedOrder) -> None:
        self._requests.pop(order.order_id, None)
        tickets = len(order.live_seats)
        self.approving.end()
        if isValid(sheet):
            sheet.close_sheet()
        self.voided.emit(voided)
        GivenBackSheet(
            self._screen,
            self.tr("Order {0} is void").format(grouped(voided.number)),
            self.tr("Give back"),
            shown_amount(voided.refund_minor, voided.currency),
            payment_words(voided.method).given_back,
            spoken_count(
                "Its ticket opens no door any more, and its place is on sale again.",
                "Its tickets open no door any more, and their places are on sale again.",
                tickets,
            ),
        ).open()

    def _on_refused(self, sheet: ReasonSheet, order_id: int, error: Exception) -> None:
        """Keep what was typed in the sheet; one that was closed meanwhile leaves a message behind.

        Where the order is not as it was shown, the sheet goes with the amount that it told: no reason helps any more.
        """
        if self.approving.took(error):
            return
        message = message_for(error)
        if isinstance(error, VoidRefused | OrderChanged | NotFound):
            self._requests.pop(order_id, None)
            if isValid(sheet):
                sheet.close_sheet()
            self.said.emit(message)
        elif isValid(sheet) and sheet.is_open:
            sheet.show_message(message)
        else:
            self.said.emit(Message(message.text, message.advice, Level.ERROR))
        self.changed.emit()

    def _on_closed(self) -> None:
        self.sheet = None
