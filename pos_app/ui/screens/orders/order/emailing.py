"""The tickets of an order by e-mail once more: the address is confirmed, or another one typed, and they go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import grouped, new_request_id
from pos_app.domain.customers.contact import LONGEST_EMAIL
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from pos_app.services.orders.letters.emailing import TicketMail
    from pos_app.ui.screens.orders.operations import OrderOperations

_LEAST_HEIGHT: Final = 86


class Emailing(QObject):
    """Asks once, and writes the letter; the sheet stays open until its request went through.

    Signals: said(Message): something for the person whose sheet is closed already.
    """

    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.sheet: FormSheet | None = None

    def ask(self, order_id: int) -> None:
        """Ask where the tickets are to go; nothing goes anywhere before that is confirmed."""
        self._operations.ticket_mail(self._screen, order_id).then(self._open, self._on_refused)

    def _open(self, mail: TicketMail) -> None:
        if not mail.tickets:
            self.said.emit(Message(self.tr("No ticket of this order is good any more."), "", Level.WARNING))
            return
        count = spoken_count(
            "{count} ticket goes there, as it is good now. Its code stays the same.",
            "{count} tickets go there, as they are good now. Their codes stay the same.",
            mail.tickets,
        )
        request_id = new_request_id()
        sheet = self.sheet = FormSheet(
            self._screen,
            self.tr("Tickets of {0} by e-mail").format(grouped(mail.number)),
            [Field("recipient", self.tr("To"), TextField(longest=LONGEST_EMAIL))],
            {"recipient": mail.recipient},
            yes=self.tr("Send them there"),
            sentence=count,
            height=_LEAST_HEIGHT,
        )

        def given(values: Mapping[str, object]) -> None:
            recipient = str(values.get("recipient") or "").strip()
            answer = self._operations.email_tickets(self._screen, mail.order_id, recipient, request_id)
            answer.then(lambda _letter_id: done(recipient), refused)

        def done(recipient: str) -> None:
            if isValid(sheet):
                sheet.close_sheet()
            self.said.emit(Message(self.tr("The tickets go to {0} by e-mail.").format(recipient), "", Level.OK))

        def refused(error: Exception) -> None:
            if isValid(sheet) and sheet.is_open:
                sheet.show_refusal(error)
            else:
                self._on_refused(error)

        sheet.given.connect(given)
        sheet.open()

    def _on_refused(self, error: Exception) -> None:
        self.said.emit(message_for(error))
