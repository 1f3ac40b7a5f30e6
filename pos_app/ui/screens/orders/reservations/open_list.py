"""The list of open reservations: read, looked through, and one of them led to what is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.ui.screens.orders.reservations.list_sheet import ReservationsSheet
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.orders.reservations import OpenReservation
    from pos_app.ui.screens.orders.reservations.operations import ReservationOperations
    from pos_app.ui.words.messages import Message


class OpenList(QObject):
    """Opens the list and reads it. What is done with a reservation is asked over the list, by its order as it is then.

    Signals: pick_up_asked(int), order_asked(int): with the list closed. keep_longer_asked(OrderPage),
    give_back_asked(OrderPage). slip_asked(int).
    """

    pick_up_asked = Signal(int)
    order_asked = Signal(int)
    keep_longer_asked = Signal(object)
    give_back_asked = Signal(object)
    slip_asked = Signal(int)

    def __init__(self, screen: QWidget, operations: ReservationOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.sheet: ReservationsSheet | None = None

    def open(self, order_id: int | None) -> None:
        """Show the list. order_id: of the order that is shown, None for none."""
        sheet = ReservationsSheet(self._screen, order_id, self._operations.till_name)
        self.sheet = sheet
        sheet.read_asked.connect(lambda words, performance_id: self._read(sheet, words, performance_id))
        sheet.turn_came.connect(lambda words, performance_id: self._look_again(sheet, words, performance_id))
        sheet.performances_asked.connect(lambda: self._read_performances(sheet))
        sheet.pick_up_asked.connect(lambda one: self._pick_up(sheet, one))
        sheet.keep_longer_asked.connect(lambda one: self._with_order(sheet, one, self.keep_longer_asked.emit))
        sheet.give_back_asked.connect(lambda one: self._with_order(sheet, one, self.give_back_asked.emit))
        sheet.slip_asked.connect(lambda one: self.slip_asked.emit(one.order_id))
        sheet.order_asked.connect(self.order_asked)
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def refresh(self) -> None:
        """Read the list again, where it is open."""
        if self.sheet is not None:
            self.sheet.ask()

    def tell(self, message: Message) -> bool:
        """Say in the list what was done; tell whether it is open."""
        if self.sheet is not None:
            self.sheet.show_said(message)
        return self.sheet is not None

    def _read(self, sheet: ReservationsSheet, words: str, performance_id: int | None) -> None:
        asked = words, performance_id
        self._operations.open_reservations(sheet, words, performance_id).then(
            lambda found: sheet.show_reservations(asked, found), sheet.show_trouble
        )

    def _look_again(self, sheet: ReservationsSheet, words: str, performance_id: int | None) -> None:
        """Read it without being asked: while that gets no answer, what is shown stays."""
        asked = words, performance_id
        self._operations.look_again(sheet, words, performance_id).then(
            lambda found: sheet.show_reservations(asked, found), lambda _error: None
        )

    def _read_performances(self, sheet: ReservationsSheet) -> None:
        self._operations.performances(sheet).then(sheet.offer_performances, lambda _error: None)

    def _pick_up(self, sheet: ReservationsSheet, one: OpenReservation) -> None:
        sheet.close_sheet()
        self.pick_up_asked.emit(one.order_id)

    def _with_order(self, sheet: ReservationsSheet, one: OpenReservation, go_on: Callable[[OrderPage], object]) -> None:
        self._operations.order(sheet, one.order_id).then(go_on, lambda error: sheet.show_said(message_for(error)))

    def _on_closed(self) -> None:
        self.sheet = None
