"""From the list of refunds due to the money in the customer's hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import grouped, new_request_id
from pos_app.domain.orders.refunds import GiveUp, PayOut
from pos_app.ui.screens.orders.approving import Allowed, Approving
from pos_app.ui.screens.orders.due.pay_sheet import PaySheet
from pos_app.ui.screens.orders.due.sheet import DueSheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.refunds import PaidOut, RefundDue
    from pos_app.domain.staff.sign_in import Approval
    from pos_app.ui.screens.orders.due.pay_sheet import PayWish
    from pos_app.ui.screens.orders.operations import OrderOperations


class Paying(QObject):
    """Opens the list, pays out one after the other, and reads it again after each.

    Signals: changed(): the order that is shown may be another one now. order_asked(int). said(Message): something for
    the person whose sheet is closed already.
    """

    changed = Signal()
    order_asked = Signal(int)
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.approving = Approving(screen, operations)
        self.list: DueSheet | None = None
        self.sheet: PaySheet | None = None
        self._requests: dict[tuple[int, PayWish, bool], str] = {}

    def open(self, order_id: int | None) -> None:
        """Show what is due. order_id: of the order that is shown, None for none."""
        sheet = DueSheet(self._screen, order_id)
        self.list = sheet
        sheet.pay_asked.connect(lambda due: self._ask(due, only_way=False))
        sheet.give_up_asked.connect(lambda due: self._ask(due, only_way=True))
        sheet.order_asked.connect(self.order_asked)
        sheet.read_asked.connect(self._read)
        sheet.closed.connect(self._on_closed)
        sheet.open()
        self._read()

    def _read(self) -> None:
        if self.list is not None:
            self._operations.refunds_due(self.list).then(self.list.show_due, self.list.show_trouble)

    def _ask(self, due: RefundDue, *, only_way: bool) -> None:
        sheet = PaySheet(self._screen, due, only_way=only_way)
        self.sheet = sheet
        sheet.given.connect(lambda wish: self._go_on(sheet, due, wish, only_way=only_way))
        sheet.open()

    def _go_on(self, sheet: PaySheet, due: RefundDue, wish: PayWish, *, only_way: bool) -> None:
        # Asked for once more after its answer was lost, it is the same request.
        request_id = self._requests.setdefault((due.refund_id, wish, only_way), new_request_id())

        def pay(approval: Approval | None) -> None:
            request = PayOut(request_id, due.refund_id, wish.method, wish.reference, reason=wish.reason)
            self._operations.pay_out(self._screen, request, approval).then(
                lambda paid: self._on_paid(sheet, paid), lambda error: self._on_refused(sheet, error)
            )

        def give_up(approval: Approval | None) -> None:
            request = GiveUp(request_id, due.refund_id, wish.reason, wish.method)
            self._operations.give_up(self._screen, request, approval).then(
                lambda _new: self._on_given_up(sheet), lambda error: self._on_refused(sheet, error)
            )

        amount = shown_amount(due.amount_minor, due.currency)
        if only_way:
            title = self.tr("Another way for {0} of {1}: {2}").format(
                amount, grouped(due.number), payment_words(wish.method).name
            )
            refused = self.tr("Nothing was changed: no manager has allowed it.")
        else:
            title = self.tr("Pay out {0} of {1}").format(amount, grouped(due.number))
            refused = self.tr("Nothing was paid out: no manager has allowed it.")
        send = give_up if only_way else pay
        wanted = Allowed(
            title,
            wish.reason or due.reason,
            self.tr("Allow it"),
            send,
            lambda: self._on_no_manager(sheet, refused),
        )
        self.approving.begin(wanted, needed=False)

    def _on_no_manager(self, sheet: PaySheet, refused: str) -> None:
        if isValid(sheet):
            sheet.show_refusal(Message(refused))

    def _on_paid(self, sheet: PaySheet, paid: PaidOut) -> None:
        self._end(sheet)
        title = self.tr("The refund of {0} is paid out.").format(grouped(paid.number))
        if self.list is not None:
            self.list.show_said(title, spoken(paid.sentence))
        else:
            self.said.emit(Message(title, spoken(paid.sentence), Level.OK))

    def _on_given_up(self, sheet: PaySheet) -> None:
        self._end(sheet)
        words = self.tr("It is due by the other way now.")
        if self.list is not None:
            self.list.show_said(words)
        else:
            self.said.emit(Message(words, "", Level.OK))

    def _end(self, sheet: PaySheet) -> None:
        self.approving.end()
        if isValid(sheet):
            sheet.close_sheet()
        self.sheet = None
        self._read()
        self.changed.emit()

    def _on_refused(self, sheet: PaySheet, error: Exception) -> None:
        """Keep what was typed in the sheet; one that was closed meanwhile leaves a message behind."""
        if self.approving.took(error):
            return
        message = message_for(error)
        if isValid(sheet) and sheet.is_open:
            sheet.show_refusal(message)
        else:
            self.said.emit(Message(message.text, message.advice, Level.ERROR))
        self._read()
        self.changed.emit()

    def _on_closed(self) -> None:
        self.list = None
