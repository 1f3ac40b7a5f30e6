"""Printing tickets anew and taking an order back: the questions, the request, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import grouped, new_request_id
from pos_app.ui.screens.orders.give_back_sheet import GiveBackSheet
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.words import counted_places
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.places import place_words
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.selling.sales import OrderDetail, VoidedOrder
    from pos_app.domain.staff.sign_in import Approval
    from pos_app.flows.print_tickets import PrintedTickets
    from pos_app.ui.screens.orders.operations import OrderOperations
    from pos_app.ui.widgets.sheets.reason import Reason

Question: TypeAlias = ReasonSheet | ApprovalSheet


class Corrections(QObject):
    """Leads one reprint or one void from the question to its end. A sheet stays open until its request went through.

    Signals:
        reprinted(PrintedTickets): set anew, not yet printed.
        voided(VoidedOrder): taken back; the sheet with the amount is open.
        said(Message): something for the person whose sheet is closed already.
    """

    reprinted = Signal(object)
    voided = Signal(object)
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.sheet: Question | None = None
        self._open_voids: dict[int, str] = {}

    def ask_reprint(self, order: OrderDetail, ticket_ids: Sequence[int]) -> None:
        """Ask why these tickets are printed anew, and do it; the other tickets of the order stay as they are."""
        ticket_ids = tuple(ticket_ids)
        tickets = len(ticket_ids)
        sheet = ReasonSheet(
            self._screen,
            self._what_is_reprinted(order, ticket_ids),
            self._what_becomes_void(order, tickets),
            choices=(self.tr("Paper jam"), self.tr("Lost by the customer"), self.tr("Wrong paper")),
            yes=spoken_count("Reprint {count} ticket", "Reprint {count} tickets", tickets),
        )
        request_id = new_request_id()
        sheet.given.connect(
            lambda reason: self._operations.reprint(self._screen, ticket_ids, request_id, reason.text).then(
                lambda printed: self._on_reprinted(sheet, printed), lambda error: self._on_refused(sheet, error)
            )
        )
        self._open(sheet)

    def ask_void(self, order: OrderDetail) -> None:
        """Ask why the order is taken back, and where it is no manager who asks, which manager allows it; and do it."""
        summary = order.summary
        title = self.tr("Void order {0}").format(grouped(summary.number))
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
        # Asked for once more after its answer was lost, it is the same request, and is told the amount to give back.
        request_id = self._open_voids.setdefault(summary.order_id, new_request_id())

        def send(asking: Question, reason: str, approval: Approval | None) -> None:
            def voided(order: VoidedOrder) -> None:
                self._open_voids.pop(summary.order_id, None)
                self._on_voided(asking, order)

            self._operations.void(self._screen, summary.order_id, request_id, reason, approval).then(
                voided, lambda error: self._on_refused(asking, error)
            )

        def go_on(reason: Reason) -> None:
            if alone:
                send(sheet, reason.text, None)
            else:
                sheet.close_sheet()
                self._ask_manager(title, reason.text, send)

        sheet.given.connect(go_on)
        self._open(sheet)

    def _ask_manager(self, title: str, reason: str, send: Callable[[Question, str, Approval | None], None]) -> None:
        sheet = ApprovalSheet(self._screen, title, reason, yes=self.tr("Void the order"))
        sheet.given.connect(lambda approval: send(sheet, reason, approval))
        self._open(sheet)
        self._operations.approvers(sheet).then(sheet.show_managers, sheet.refuse)

    def _what_is_reprinted(self, order: OrderDetail, ticket_ids: tuple[int, ...]) -> str:
        number = grouped(order.summary.number)
        if len(ticket_ids) == 1:
            place = next((one.place for one in order.tickets if one.ticket_id == ticket_ids[0]), None)
            if place is not None:
                return self.tr("Print {place} of {order} anew").format(place=place_words(place), order=number)
        return spoken_count(
            "Print {count} ticket of {order} anew",
            "Print {count} tickets of {order} anew",
            len(ticket_ids),
            order=number,
        )

    def _what_becomes_void(self, order: OrderDetail, tickets: int) -> str:
        others = sum(not one.void for one in order.tickets) - tickets
        void = self.tr("The paper printed before is void from then on: only the new print opens the door.")
        if others <= 0:
            return void
        return following(
            void,
            spoken_count(
                "The other ticket of this order stays good.",
                "The {count} other tickets of this order stay good.",
                others,
            ),
        )

    def _what_is_lost(self, order: OrderDetail) -> str:
        summary = order.summary
        amount = shown_amount(summary.total_minor, summary.currency)
        back = payment_words(summary.method).goes_back.format(amount)
        places = [place for one in summary.performances for place in one.places]
        what = counted_places.become_void(summary.title, places)
        return f"{what} {back}".strip()

    def _open(self, sheet: Question) -> None:
        self.sheet = sheet
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def _on_closed(self) -> None:
        self.sheet = None

    def _on_reprinted(self, sheet: Question, printed: PrintedTickets) -> None:
        if isValid(sheet):
            sheet.close_sheet()
        self.reprinted.emit(printed)

    def _on_voided(self, sheet: Question, voided: VoidedOrder) -> None:
        if isValid(sheet):
            sheet.close_sheet()
        self.voided.emit(voided)
        GiveBackSheet(self._screen, voided).open()

    def _on_refused(self, sheet: Question, error: Exception) -> None:
        """Keep what was typed in the sheet; one that was closed meanwhile leaves a message behind."""
        message = message_for(error)
        if isValid(sheet) and sheet.is_open:
            if isinstance(sheet, ApprovalSheet):
                sheet.refuse(error)
            else:
                sheet.show_problem(message.sentence)
        else:
            self.said.emit(Message(message.text, message.advice, Level.ERROR))
