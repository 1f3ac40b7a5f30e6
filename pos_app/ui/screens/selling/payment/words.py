"""What is said of the money: when the time of its seats is up under it, and when they are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.seats import SeatKey, tell_places
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from pos_app.domain.errors import SeatsTaken
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.gifts import Gift

_NAMED_BY_THE_SERVER: Final = 3


def time_is_up(method: PaymentMethod, count: int, *, are_seats: bool = True) -> Message:
    """Say that the basket ran out while it is being paid: it still sells, but only if nobody is faster.

    count: its places; are_seats: whether all of them are seats.
    """
    if are_seats:
        text = spoken_count(
            "Time is up: the seat is on sale again. Others may take it now.",
            "Time is up: {count} seats are on sale again. Others may take them now.",
            count,
        )
    else:
        text = spoken_count(
            "Time is up: the place is on sale again. Others may take it now.",
            "Time is up: {count} places are on sale again. Others may take them now.",
            count,
        )
    return Message(text, payment_words(method).time_is_up, Level.WARNING)


def nothing_sold(method: PaymentMethod | None) -> str:
    """Say that nothing was sold, and what is to be done with money that may have changed hands."""
    return payment_words(method or PaymentMethod.FREE).nothing_sold


def not_settled() -> Message:
    """Say that no sale begins before the end of the last one is known."""
    words = QCoreApplication.translate("MoneyWords", "The last sale is not settled yet.")
    advice = QCoreApplication.translate(
        "MoneyWords", "Foyer is asking the server. Do not take money before it is known."
    )
    return Message(words, advice, Level.ERROR)


def basket_changed(method: PaymentMethod) -> Message:
    """Say that seats left the basket while the money for it was being counted."""
    words = QCoreApplication.translate("MoneyWords", "The basket has changed: the total is another one now.")
    advice = QCoreApplication.translate("MoneyWords", "Tell the customer, then take the payment.")
    return Message(words, following(nothing_sold(method), advice), Level.WARNING)


def seats_gone(error: SeatsTaken, basket: Basket, method: PaymentMethod | None) -> Message:
    """Say which seats of a basket went while it was being paid; ask before they are taken out of it."""
    gone = {SeatKey(*pair) for pair in error.seats}
    text = spoken(error.message)
    if len(gone) > _NAMED_BY_THE_SERVER:
        # It only counts so many; whoever stands at the till still has the names.
        places = tell_places(line.place for line in basket.lines if line.seat in gone)
        text = following(text, spoken(say("They are {places}.", places=places)))
    left = QCoreApplication.translate("MoneyWords", "The seats that are gone have left the basket.")
    return Message(text, following(nothing_sold(method), left), Level.WARNING)


def why_free(basket: Basket, gift: Gift | None) -> str:
    """Say why there is nothing to pay for a basket: given away for a reason, by a code, or at no price."""
    if gift is not None:
        words = QCoreApplication.translate("MoneyWords", "Complimentary: {0}")
        return words.format(gift.words)
    if basket.totals().discount_minor:
        return QCoreApplication.translate("MoneyWords", "The promo code takes all of it off.")
    return QCoreApplication.translate("MoneyWords", "These tickets cost nothing.")
