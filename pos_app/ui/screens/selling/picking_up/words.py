"""What is said of a reservation at the counter, of its payment, and of what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.errors import (
    ApprovalRefused,
    InvalidInput,
    PaymentRefused,
    PriceChanged,
    SaleAfterStart,
    ServerBusy,
    ServerUnreachable,
)
from pos_app.domain.orders.pick_up_totals import price_with_fee
from pos_app.ui.screens.selling.payment.done_words import sale_words
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.directions import isolated
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from collections.abc import Collection

    from pos_app.domain.orders.reservations import PickUp
    from pos_app.domain.selling.sales import PaymentMethod, Sale
    from pos_app.ui.screens.selling.payment.done_words import DoneWords


def busy_here() -> Message:
    """Say that somebody else is served at this till."""
    words = _tr("Somebody is being served here: finish that first, or release the basket.")
    return Message(words, _tr("Then open the reservation again."), Level.WARNING)


def pays_here() -> Message:
    """Say why no seat is chosen on the map."""
    words = _tr("A reservation is being paid here.")
    return Message(words, _tr("Pay it, or leave it (Esc), before you choose other seats."), Level.WARNING)


def still_reserved(pick_up: PickUp) -> Message:
    """Say that a reservation was left as it is."""
    words = _tr("Order {0} stays reserved for {1}: nothing was sold.")
    return Message(words.format(grouped(pick_up.number), isolated(pick_up.customer_name)))


def nothing_chosen() -> Message:
    """Say that no seat is paid."""
    words = _tr("No seat is chosen.")
    return Message(words, _tr("Choose at least one by the space bar, or Esc leaves the reservation."), Level.WARNING)


def time_is_over() -> str:
    """Say that it is not open here alone any more."""
    return _tr("The time at this till is over: another till may open it. F5 opens it again.")


def over_while_paying() -> Message:
    """Warn over an open payment that the reservation is not open here alone any more."""
    words = _tr("The time at this till is over: the seats may go to somebody else.")
    advice = _tr("If money was taken already, go on: it sells as long as they are reserved. Else Esc, then F5.")
    return Message(words, advice, Level.WARNING)


def may_go_on(error: Exception) -> bool:
    """Tell whether the same payment may still be made: by trying again, or by a word of somebody."""
    if isinstance(error, InvalidInput):
        return error.field == "reference"
    return isinstance(error, ServerUnreachable | ServerBusy | SaleAfterStart | ApprovalRefused | PaymentRefused)


def refusal_message(error: Exception, method: PaymentMethod, *, tendered: bool) -> Message:
    """Put a refusal into words. tendered: money may have been taken for it, and it is said what becomes of that."""
    told = message_for(error)
    words = payment_words(method)
    if not (tendered or words.takes_by_itself):
        return told
    if may_go_on(error):
        money = words.not_yet or words.nothing_sold
    elif isinstance(error, PriceChanged):
        money = words.new_total or words.nothing_sold
    else:
        money = words.nothing_sold
    return Message(told.text, following(money, told.advice), told.level, ends=told.ends, money=True)


def changed_while_paying(method: PaymentMethod) -> Message:
    """Say that another total is due than was counted for."""
    words = _tr("What is picked up has changed: the total is another one now.")
    return Message(words, payment_words(method).nothing_sold, Level.WARNING)


def given_up(method: PaymentMethod) -> Message:
    """Say that a payment was given up after money may have been taken."""
    return Message(_tr("The payment was given up."), payment_words(method).nothing_sold, Level.WARNING)


def is_picked_up(sale: Sale) -> Message:
    """Say that what was not known turned out to be paid."""
    words = _tr("Order {0} is picked up: {1} is paid. Take no money again.")
    amount = shown_amount(sale.total_minor, sale.currency)
    return Message(words.format(grouped(sale.number), amount), _tr("Its tickets are in Orders."), Level.OK)


def is_not_picked_up(method: PaymentMethod | None) -> Message:
    """Say that what was not known turned out not to be paid."""
    words = _tr("The last pick-up was not paid. No money is recorded, and the seats are reserved as before.")
    return Message(words, "" if method is None else payment_words(method).nothing_sold, Level.WARNING)


def done_words(sale: Sale, pick_up: PickUp | None, rest: Collection[int]) -> DoneWords:
    """Return what the panel says of what was paid of a reservation, and of the rest: lines of seats that were not."""
    told = sale_words(sale)
    if pick_up is None:
        return told
    sentence = ""
    if rest:
        owed = sum(price_with_fee(pick_up.lines, line_id, of_now=False) or 0 for line_id in rest)
        sentence = spoken_count(
            "{count} seat stays reserved until {until}; {amount} is to be paid for it.",
            "{count} seats stay reserved until {until}; {amount} is to be paid for them.",
            len(rest),
            until=shown_moment(pick_up.release_at, pick_up.time_zone),
            amount=shown_amount(owed, pick_up.currency),
        )
    return replace(told, rows=((_tr("Name"), pick_up.customer_name), *told.rows), sentence=sentence)


def allowed_words(pick_up: PickUp, told_minor: int, now_minor: int) -> str:
    """Say what a manager allows: today's prices for an order."""
    told, now = (shown_amount(minor, pick_up.currency) for minor in (told_minor, now_minor))
    return _tr("Today's prices for order {0}: {1} in place of {2}").format(grouped(pick_up.number), now, told)


def _tr(words: str) -> str:
    return QCoreApplication.translate("PickingUp", words)
