"""A minute's warning before a reservation gives its seats back, on the screens that have no card for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from pos_app.ui.screens.selling.reserving.ending import KEEP_KEY
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.window.reminder import Reminder
from pos_app.ui.words.messages import Ending, Level, Message

if TYPE_CHECKING:
    from pos_app.domain.orders.reservations import OpenReservation
    from pos_app.ui.screens.orders.screen import OrdersScreen
    from pos_app.ui.screens.selling.reserving.ending import EndingReservations
    from pos_app.ui.window.main_window import MainWindow


class ReservationEnds(QObject):
    """Has it told in the banner of the window while another screen than Sell is shown, and leads to keeping longer.

    It looks while somebody is signed in; it goes with their screens. No signals: it says so in the window.
    """

    def __init__(self, window: MainWindow, ending: EndingReservations, orders: OrdersScreen) -> None:
        super().__init__(ending)
        self._window, self._ending, self._orders = window, ending, orders
        self._told: tuple[int, str, bool] | None = None
        self._reminder = Reminder(window.banner, self)
        self._reminder.closed.connect(ending.close_message)
        self._key = QShortcut(QKeySequence(KEEP_KEY), window, self._keep_longer)
        self._key.setAutoRepeat(False)
        self._key.setEnabled(False)
        ending.destroyed.connect(self._key.deleteLater)
        ending.keep_asked.connect(self._keep_longer)
        ending.changed.connect(self._tell)
        window.screen_changed.connect(self._tell)
        ending.start()

    def _tell(self) -> None:
        """Say it where Sell is not shown; over an open question it is said only, for that is to be answered first."""
        first = self._ending.first
        self._key.setEnabled(first is not None)
        if first is None or self._window.current_screen == "sell":
            self._told = None
            self._reminder.withdraw()
            return
        asking = self._is_asking
        now = first.order_id, self._ending.words, asking
        if now == self._told:
            return
        self._told = now
        self._reminder.tell(self._message(first, asking=asking), at_once=True)
        self._window.banner.raise_()

    def _message(self, first: OpenReservation, *, asking: bool) -> Message:
        words, more = self._ending.words, self._ending.more
        if asking:
            return Message(words, more, Level.WARNING, ends=Ending(0))
        keep = self.tr("Keep longer")
        return Message(
            words, more, Level.WARNING, keep, lambda: self._lead(first.order_id), key=KEEP_KEY, ends=Ending(0)
        )

    @property
    def _is_asking(self) -> bool:
        return any(sheet.is_open and sheet.isVisible() for sheet in self._window.page.findChildren(Sheet))

    def _keep_longer(self) -> None:
        first = self._ending.first
        if first is not None and not self._is_asking:
            self._lead(first.order_id)

    def _lead(self, order_id: int) -> None:
        self._window.show_screen("orders")
        self._orders.open_order(order_id)
        self._orders.reservations.keep_longer(order_id)
