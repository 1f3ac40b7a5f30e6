"""What can be done with reservations at the order desk: its parts, and who hears whom among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.ui.hearing import Hearing, connect_all
from pos_app.ui.screens.orders.reservations.keeping import Keeping
from pos_app.ui.screens.orders.reservations.open_list import OpenList
from pos_app.ui.screens.orders.reservations.slips import Slips
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.page import OrderPage
    from pos_app.ui.screens.orders.reservations.operations import ReservationOperations
    from pos_app.ui.words.messages import Message

_COUNT_EVERY_MS: Final = 5_000


class ReservationDesk(QObject):
    """The list, keeping longer, giving back, slips; and how many are open, counted anew while the screen can be seen.

    Signals: pick_up_asked(int): this order is to be paid for. order_asked(int): it is to be shown. changed(): a
    reservation is another one now. said(Message): where no list is open to say it in. counted(int): so many are open.
    """

    pick_up_asked = Signal(int)
    order_asked = Signal(int)
    changed = Signal()
    said = Signal(object)
    counted = Signal(int)

    def __init__(self, screen: QWidget, operations: ReservationOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.list = OpenList(screen, operations)
        self.keeping = Keeping(screen, operations)
        self.slips = Slips(screen, operations)
        self._timer = QTimer(self, interval=_COUNT_EVERY_MS)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start()
        connect_all(*self.hearings())

    def hearings(self) -> list[Hearing]:
        """Return who hears whom; see OrdersScreen.hearings()."""
        listed, keeping, slips = self.list, self.keeping, self.slips
        return [
            (self._say, keeping.said, slips.said),
            (self._on_changed, keeping.changed),
            (self.pick_up_asked, listed.pick_up_asked),
            (self.order_asked, listed.order_asked),
            (keeping.ask_keep_longer, listed.keep_longer_asked),
            (keeping.ask_give_back, listed.give_back_asked),
            (slips.print_slip, listed.slip_asked),
        ]

    def pick_up(self, order: OrderPage) -> None:
        """Have what is reserved of an order paid for."""
        self.pick_up_asked.emit(order.order_id)

    def keep_longer(self, order_id: int) -> None:
        """Ask until when an order is kept, by its picture as it is then."""
        self._operations.order(self, order_id).then(
            self.keeping.ask_keep_longer, lambda error: self.said.emit(message_for(error))
        )

    def count(self) -> None:
        """Count how many are open; while that gets no answer, what was counted stays."""
        self._operations.count(self).then(self.counted.emit, lambda _error: None)

    def _on_turn(self) -> None:
        if self._screen.isVisible():
            self.count()

    def _on_changed(self) -> None:
        self.list.refresh()
        self.count()
        self.changed.emit()

    def _say(self, message: Message) -> None:
        if not self.list.tell(message):
            self.said.emit(message)
