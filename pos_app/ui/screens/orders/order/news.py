"""What is said of the order that is shown, as long as it is news of that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.standings import change_words

if TYPE_CHECKING:
    from pos_app.domain.orders.page import OrderPage
    from pos_app.ui.widgets.banner import Banner

_SECONDS: Final = 60
"""How long it is news that another till has changed the order."""


class OrderNews:
    """Tells in the banner of the desk of a change at another till, and of the file of tickets, and takes both back."""

    def __init__(self, banner: Banner) -> None:
        self._banner = banner
        self._change: Message | None = None
        self._print: Message | None = None

    def tell_change(self, order: OrderPage, own_till: str) -> None:
        """Say who changed it, unless it was this very till."""
        if not order.history or order.history[0].till_name == own_till:
            return
        last = order.history[0]
        what = change_words(last.kind, changes_tickets=last.changes_tickets)
        who = side_by_side(what, last.staff_name, last.till_name)
        title = QCoreApplication.translate("OrdersScreen", "This order was just changed elsewhere.")
        self._change = Message(title, who, Level.INFO)
        self._banner.show_message(self._change, seconds=_SECONDS)

    def keep_print(self, message: Message) -> None:
        """Know a message of tickets; it goes with the order where it offers their file."""
        self._print = message if message.level is Level.OK and message.action else None

    def forget_change(self) -> None:
        """What was told of the order before, or of its picture before, is true no more, or known by now."""
        self._take_away(self._change)
        self._change = None

    def forget_all(self) -> None:
        """Another order is shown: the file of one guest is not offered beside the order of another one."""
        self.forget_change()
        self._take_away(self._print)
        self._print = None

    def _take_away(self, told: Message | None) -> None:
        if told is not None and self._banner.message is told:
            self._banner.dismiss()
