"""Why what is for paid tickets cannot be done with an order of which nothing is paid, and what can be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.orders.standing import OrderStanding
from pos_app.ui.words.messages import Message

if TYPE_CHECKING:
    from pos_app.domain.orders.page import OrderPage


def is_unpaid(order: OrderPage | None) -> bool:
    """Tell whether an order was reserved, and nothing of it was ever paid."""
    if order is None or order.payments or order.live_seats:
        return False
    return order.standing in {OrderStanding.RESERVED, OrderStanding.RELEASED}


def why_not(order: OrderPage, action: str) -> Message:
    """Say why, and what to do. action: print, refund, resale, void, exchange, swap or type."""
    number = grouped(order.number)
    if order.standing is OrderStanding.RELEASED:
        return Message(
            _tr("Nothing of {0} was paid, and its seats were given back.").format(number),
            _tr("Sell the seats anew if they are still free."),
        )
    advice = {
        "print": _tr("Tickets are printed when it is picked up and paid; its slip can be printed now."),
        "refund": _tr("Without a payment nothing goes back. To let seats go, give them back."),
        "resale": _tr("What is not paid is not resold. To let seats go, give them back."),
        "void": _tr("There is no sale to take back. To let seats go, give them back."),
        "exchange": _tr("Give the seats back and reserve others, or exchange them once they are paid."),
        "swap": _tr("Guests change places once their seats are paid."),
        "type": _tr("Ticket types are changed once the seats are paid."),
    }[action]
    return Message(_tr("Nothing of {0} is paid yet.").format(number), advice)


def _tr(words: str) -> str:
    return QCoreApplication.translate("UnpaidOrder", words)
