"""What is said when a sale is refused: what happened, what becomes of the money, and what to do next.

One rule for every class of error: a payment that ends without a sale says what becomes of the money. What a class adds
is where it leads: a new total to pay, or another try of the same payment.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.customers.records import CustomerRefused
from pos_app.domain.errors import (
    ApprovalRefused,
    InvalidInput,
    PaymentRefused,
    PriceChanged,
    PromoCodeRefused,
    SaleAfterStart,
    SeatsTaken,
    ServerBusy,
    ServerUnreachable,
)
from pos_app.ui.screens.selling.payment.words import seats_gone
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Ending, Level, Message, message_for
from pos_app.ui.words.payments import payment_words

if TYPE_CHECKING:
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.sales import PaymentMethod


def may_go_on(error: Exception) -> bool:
    """Tell whether the same payment may still be made: by trying again, by a word of the cashier, by another field."""
    if isinstance(error, InvalidInput):
        return error.field == "reference"
    return isinstance(error, ServerUnreachable | ServerBusy | SaleAfterStart | ApprovalRefused | PaymentRefused)


def money_words(error: Exception, method: PaymentMethod) -> str:
    """Return what becomes of money that may have been taken for a sale that this error refused."""
    words = payment_words(method)
    if may_go_on(error):
        return words.not_yet or words.nothing_sold
    if isinstance(error, PriceChanged | PromoCodeRefused):
        return words.new_total or words.nothing_sold
    return words.nothing_sold


def refusal_message(error: Exception, basket: Basket, method: PaymentMethod, *, tendered: bool) -> Message:
    """Put a refusal into words; tendered: money may have been taken for it.

    A card is charged at a machine of its own, which nobody here sees: its payment is told of in any case, but for a
    customer who is refused as soon as the payment is asked for.
    """
    if isinstance(error, CustomerRefused) and not tendered:
        told = message_for(error)
        return replace(told, ends=Ending.CUSTOMER | Ending.PAYMENT | (told.ends & Ending.ANSWER))
    touched = tendered or payment_words(method).takes_by_itself
    if isinstance(error, SeatsTaken):
        return seats_gone(error, basket, method if touched else None)
    told = message_for(error)
    next_step = "" if touched and isinstance(error, PriceChanged) else told.advice
    if isinstance(error, PromoCodeRefused):
        next_step = QCoreApplication.translate("MoneyWords", "The code is taken out: tell the customer the new total.")
    advice = following(money_words(error, method) if touched else "", next_step)
    return Message(told.text, advice, told.level, ends=told.ends)


def new_total_message(before: str, now: str, method: PaymentMethod | None) -> Message:
    """Say that another total is to be paid, before money moves; before and now: the totals; method: of an open payment.

    What a machine beside the till has charged already is not known here.
    """
    words = QCoreApplication.translate("MoneyWords", "The price has changed: the total was {0} and is now {1}.")
    advice = QCoreApplication.translate("MoneyWords", "Tell the customer before you take money.")
    if method is not None and payment_words(method).takes_by_itself:
        advice = payment_words(method).new_total
    return Message(words.format(before, now), advice, Level.WARNING)
