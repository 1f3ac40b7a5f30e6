"""Reserved seats kept longer, or given back before their time: from the question to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import grouped, new_request_id
from pos_app.domain.orders.reservations import GiveUpRequest, KeepLongerRequest
from pos_app.ui.screens.orders.reservations.give_back_sheet import GiveBackSheet
from pos_app.ui.screens.orders.reservations.keep_sheet import KeepSheet
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.orders.reservations import KeptReservation
    from pos_app.ui.screens.orders.reservations.operations import ReservationOperations

Question: TypeAlias = "KeepSheet | GiveBackSheet"


class Keeping(QObject):
    """Leads both; a sheet stays open until its request went through.

    A request names the revision of the picture that its sheet shows.
    Signals: changed(): a reservation is another one now, or may be. said(Message): what became of it.
    """

    changed = Signal()
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: ReservationOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.sheet: Question | None = None
        self._requests: dict[tuple[object, ...], str] = {}

    def ask_keep_longer(self, order: OrderPage) -> None:
        """Ask until when the seats of an order are kept."""
        if order.reserved is None:
            self._tell_over(order)
            return
        sheet = KeepSheet(self._screen, order, order.reserved.release_at)
        sheet.given.connect(lambda moment, reason: self._keep_longer(sheet, moment, reason))
        self._open(sheet)

    def ask_give_back(self, order: OrderPage) -> None:
        """Ask which seats of an order go on sale again."""
        if order.reserved is None:
            self._tell_over(order)
            return
        sheet = GiveBackSheet(self._screen, order)
        sheet.given.connect(lambda lines, reason: self._give_back(sheet, lines, reason))
        self._open(sheet)

    def show_order(self, order: OrderPage) -> None:
        """A picture of an order was read; a sheet about seats that are reserved no longer goes, and says so."""
        sheet = self.sheet
        if sheet is None or sheet.order.order_id != order.order_id or sheet.order.revision == order.revision:
            return
        if order.reserved is None:
            sheet.close_sheet()
            self._tell_over(order)
        else:
            sheet.show_order(order)

    def _open(self, sheet: Question) -> None:
        self.sheet = sheet
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def _keep_longer(self, sheet: KeepSheet, moment: datetime, reason: str) -> None:
        order = sheet.order
        request = KeepLongerRequest(
            self._id("keep", order, moment, reason), order.order_id, order.revision, moment, reason
        )
        self._operations.keep_longer(self._screen, request).then(
            lambda kept: self._on_kept(sheet, kept), lambda error: self._on_refused(sheet, error)
        )

    def _give_back(self, sheet: GiveBackSheet, lines: tuple[int, ...], reason: str) -> None:
        order = sheet.order
        request_id = self._id("give back", order, lines, reason)
        request = GiveUpRequest(request_id, order.order_id, order.revision, lines, reason)
        self._operations.give_back(self._screen, request).then(
            lambda kept: self._on_given_back(sheet, kept, len(lines)), lambda error: self._on_refused(sheet, error)
        )

    def _id(self, what: str, order: OrderPage, *asked: object) -> str:
        """Return the id of a request: asked for once more after its answer was lost, it is the same one."""
        return self._requests.setdefault((what, order.order_id, order.revision, *asked), new_request_id())

    def _on_kept(self, sheet: KeepSheet, kept: KeptReservation) -> None:
        moment = "" if kept.release_at is None else shown_moment(kept.release_at, sheet.order.time_zone)
        words = self.tr("{0} is kept until {1}.").format(grouped(kept.number), moment)
        self._end(sheet, Message(words, "", Level.OK))

    def _on_given_back(self, sheet: GiveBackSheet, kept: KeptReservation, seats: int) -> None:
        words = spoken_count(
            "{count} seat of {order} is on sale again.",
            "{count} seats of {order} are on sale again.",
            seats,
            order=grouped(kept.number),
        )
        stays = spoken_count("{count} seat stays reserved.", "{count} seats stay reserved.", kept.seats)
        over = self.tr("Nothing of it is reserved any more: its slip is good for nothing now.")
        self._end(sheet, Message(words, stays if kept.seats else over, Level.OK))

    def _end(self, sheet: Question, message: Message) -> None:
        if isValid(sheet):
            sheet.close_sheet()
        self.said.emit(message)
        self.changed.emit()

    def _on_refused(self, sheet: Question, error: Exception) -> None:
        """Keep what was typed in the sheet; one that was closed meanwhile leaves a message behind."""
        message = message_for(error)
        if not isValid(sheet) or not sheet.is_open:
            self.said.emit(Message(message.text, message.advice, Level.ERROR))
        elif isinstance(sheet, KeepSheet):
            sheet.show_refusal(error)
        else:
            sheet.show_refusal(message)
        self._operations.order(self, sheet.order.order_id).then(self.show_order, lambda _error: None)
        self.changed.emit()

    def _tell_over(self, order: OrderPage) -> None:
        words = self.tr("Nothing of {0} is reserved any more.").format(grouped(order.number))
        self.said.emit(Message(words, self.tr("It was picked up, given back, or its time was over."), Level.WARNING))
        self.changed.emit()

    def _on_closed(self) -> None:
        self.sheet = None
