"""The ways to pay as the windows name them: one row of words for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from pos_app.domain.payments.giving_back import by_way
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import following, labelled, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.domain.payments.giving_back import Amount


@dataclass(frozen=True, slots=True)
class PaymentWords:
    """What is said of one way to pay.

    name: in lists, and on its button. paid: before the amount that was handed over, once it is sold; came_in: before
    the amount that was kept for the order. given_back: how the money of a void
    order goes back; goes_back: the same before it is decided ({0}: the amount; "" where there is none). nothing_sold: a
    sale was refused, and what becomes of the money; new_total: the same where another total is to be paid now; not_yet:
    the same where trying again may still make it.
    Where it is taken at the counter: title, of its pane; time_is_up: what to do while its seats are on sale again;
    cut_off: what to find out when the till was cut off over it; takes_by_itself: a machine beside the till may have
    taken the money already; icon and key of its button ("" for none).
    """

    name: str
    paid: str
    came_in: str
    given_back: str
    goes_back: str
    nothing_sold: str
    new_total: str = ""
    not_yet: str = ""
    title: str = ""
    time_is_up: str = ""
    cut_off: str = ""
    takes_by_itself: bool = False
    icon: str = ""
    key: str = ""


def payment_words(method: PaymentMethod) -> PaymentWords:
    """Return what is said of a way to pay."""
    match method:
        case PaymentMethod.CARD:
            return PaymentWords(
                name=_tr("Card"),
                paid=_tr("Paid by card"),
                came_in=_tr("Paid by card"),
                given_back=_tr("On the card terminal, to the card that paid."),
                goes_back=_tr("{0} goes back on the card terminal."),
                nothing_sold=_tr("Nothing was sold. If the card was charged, reverse it at the terminal."),
                new_total=_tr(
                    "Nothing was sold. If the card was charged, reverse the old charge at the terminal first, "
                    "then take the new one."
                ),
                not_yet=_tr(
                    "Nothing is sold yet. Do not charge the card twice: Enter tries again. "
                    "If you give up and it was charged, reverse it at the terminal."
                ),
                title=_tr("Card"),
                time_is_up=_tr(
                    "Do not charge the card yet: Esc, then F5 holds them again, then F9. "
                    "If it is charged already, go on: it sells unless somebody was faster."
                ),
                cut_off=_tr("Look at the terminal whether the card was charged before you take money again."),
                takes_by_itself=True,
                icon="credit-card",
                key="F9",
            )
        case PaymentMethod.CASH:
            return PaymentWords(
                name=_tr("Cash"),
                paid=_tr("Cash given"),
                came_in=_tr("Paid in cash"),
                given_back=_tr("From the drawer, in cash."),
                goes_back=_tr("{0} goes back in cash."),
                nothing_sold=_tr("Nothing was sold. Give the money back."),
                new_total=_tr("Nothing was sold. Give the money back, then take the new total."),
                not_yet=_tr("Nothing is sold yet: Enter tries again. If you give up, give the money back."),
                title=_tr("Cash"),
                time_is_up=_tr(
                    "Surest before you take money: Esc, then F5 holds them again, then F10. "
                    "Enter still sells unless somebody was faster."
                ),
                cut_off=_tr("No money is recorded: ask whether the cash was handed over already."),
                icon="money",
                key="F10",
            )
        case PaymentMethod.FREE:
            return PaymentWords(
                name=_tr("Free"),
                paid=_tr("Free of charge"),
                came_in=_tr("Free of charge"),
                given_back=_tr("The tickets were free of charge."),
                goes_back="",
                nothing_sold=_tr("Nothing was sold."),
                new_total=_tr("Nothing was sold. Tell the customer what is to pay now."),
                not_yet=_tr("Nothing is given out yet: Enter tries again."),
                title=_tr("Free of charge"),
                time_is_up=_tr(
                    "Surest: Esc, then F5 holds them again, then F10. "
                    "Enter still gives them out unless somebody was faster."
                ),
            )
        case PaymentMethod.ELSEWHERE:
            return PaymentWords(
                name=_tr("Paid elsewhere"),
                paid=_tr("Paid elsewhere"),
                came_in=_tr("Paid elsewhere"),
                given_back=_tr("Where it was paid, before this season was taken over."),
                goes_back=_tr("{0} must be given back where it was paid."),
                nothing_sold=_tr("Nothing was sold."),
            )
        case _:
            assert_never(method)


def tell_goes_back(amounts: Iterable[Amount], currency: str) -> str:
    """Say how money would go back, one sum for each way; "" where none does."""
    ways = by_way(amounts).items()
    return following(*(payment_words(way).goes_back.format(shown_amount(minor, currency)) for way, minor in ways))


def tell_stays_due(amounts: Iterable[Amount], currency: str) -> str:
    """Say that money is not given back yet, and by which ways it is due; "" where there is none."""
    ways = by_way(amounts)
    if not any(ways.values()):
        return ""
    whole = shown_amount(sum(ways.values()), currency)
    if len(ways) == 1:
        how = payment_words(next(iter(ways))).name
    else:
        how = side_by_side(
            *(labelled(payment_words(way).name, shown_amount(minor, currency)) for way, minor in ways.items())
        )
    return _tr("{0} stands under Refunds due until it is paid out ({1}).").format(whole, how)


def methods_with_a_key() -> tuple[PaymentMethod, ...]:
    """Return the ways to pay that a cashier chooses among, in the order in which they are offered."""
    return tuple(method for method in PaymentMethod if payment_words(method).key)


def method_of_key(key: int) -> PaymentMethod | None:
    """Return the way to pay that a key (Qt.Key) chooses."""
    name = QKeySequence(key).toString()
    return next((method for method in methods_with_a_key() if payment_words(method).key == name), None)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Payments", words)
