"""What becomes of a scan where somebody is at work: the door judges it, a till says what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.domain.door.check_in import Reason
from pos_app.domain.door.scan_text import clean_scan
from pos_app.domain.roles import Permission
from pos_app.services.orders.scanned_slip import ScannedSlip
from pos_app.services.orders.scanned_ticket import tell_scanned
from pos_app.ui.widgets.scan_input import type_scan
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.services.orders.scanned_ticket import ScannedTicket
    from pos_app.ui.office import Office

_NO_TICKET: Final = frozenset({Reason.INVALID, Reason.UNKNOWN})


class TillScans(QObject):
    """Routes scans: to the door while it is in front; else into a field that takes them; else it says what they are.

    A till checks nobody in. The order of the ticket is chosen on Orders, and Orders is shown unless the person has
    something begun: seats in the basket, a sale that is shown, a manager's work. Then a button shows it. While a
    payment or a question is open nothing is chosen either: the scan is only told. The slip of a reservation shows its
    order likewise, and a button leads to its payment.

    screen: returns the key of the screen in front. is_begun: tells whether the sell screen has a customer.
    Signals:
        for_door(str): a scan for the door to judge.
        said(Message): what a ticket is.
        order_found(int): the order of a ticket. order_wanted(int): to be shown, too.
        pick_up_wanted(int): what is reserved of it is to be paid for.
    """

    for_door = Signal(str)
    said = Signal(object)
    order_found = Signal(int)
    order_wanted = Signal(int)
    pick_up_wanted = Signal(int)

    def __init__(
        self, office: Office, page: QWidget, screen: Callable[[], str], is_begun: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._office, self._page, self._screen, self._is_begun = office, page, screen, is_begun

    def take(self, text: str) -> None:
        """Do with a scan what is done with it here."""
        if self._screen() == "door":
            self.for_door.emit(text)
        elif clean_scan(text) and not type_scan(text) and self._office.actor.may(Permission.SELL):
            self._office.read_latest(self, "scan", tell_scanned, text).then(self._on_told, self._on_failed)

    @property
    def _is_asking(self) -> bool:
        """Tell whether a payment or a question is open."""
        is_open = any(sheet.is_open and sheet.isVisible() for sheet in self._page.findChildren(Sheet))
        return is_open or QApplication.activeModalWidget() is not None

    def _on_told(self, told: ScannedTicket | ScannedSlip) -> None:
        message = Message(spoken(told.standing), spoken(told.what), _level_of(told))
        order_id = told.order_id
        if order_id is None or self._is_asking:
            self.said.emit(message)
            return
        self.order_found.emit(order_id)
        if self._screen() == "orders" or (self._screen() == "sell" and not self._is_begun()):
            self.order_wanted.emit(order_id)
            if isinstance(told, ScannedSlip) and told.is_reserved and not told.open_at and not self._is_begun():
                message = replace(message, action=self.tr("Pick up"))
                message = replace(message, on_action=lambda: self.pick_up_wanted.emit(order_id))
            self.said.emit(message)
            return
        message = replace(message, action=self.tr("Show the order"))
        self.said.emit(replace(message, on_action=lambda: self.order_wanted.emit(order_id)))

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(message_for(error))


def _level_of(told: ScannedTicket | ScannedSlip) -> Level:
    if isinstance(told, ScannedSlip):
        return Level.INFO if told.is_reserved else Level.WARNING
    if told.is_good:
        return Level.OK
    return Level.WARNING if told.is_used or told.reason in _NO_TICKET else Level.ERROR
