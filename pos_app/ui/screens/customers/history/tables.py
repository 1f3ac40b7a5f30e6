"""The orders of a customer, and the money, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.orders.changes import RefundState
from pos_app.domain.orders.standing import OrderStanding
from pos_app.domain.seats import tell_places
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.evenings import shown_day_when, standing_when
from pos_app.ui.words.lists import listed, side_by_side
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.sentences import spoken
from pos_app.ui.words.standings import refund_words, standing_tone, standing_words
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.orders.customer_history import CustomerMoney
    from pos_app.domain.orders.finding import OrderRow

_OVER: Final = frozenset({OrderStanding.VOID, OrderStanding.REFUNDED, OrderStanding.RELEASED})


def orders_table() -> RecordTable:
    """Return an empty table of orders (OrderRow), in the order given."""
    columns: tuple[Column[OrderRow], ...] = (
        Column("order", _tr("Order"), lambda one: grouped(one.number), lower=_sold, width=128, strong=True),
        Column("performance", _tr("Performance, seats"), lambda one: one.title, lower=_where),
        Column(
            "total",
            _tr("Total"),
            lambda one: shown_amount(one.total_minor, one.currency),
            lower=lambda one: standing_words(one.standing),
            tone=lambda one: standing_tone(one.standing),
            width=130,
            right=True,
            strong=True,
        ),
    )
    table = RecordTable(
        "customer-orders",
        columns,
        key=lambda one: one.order_id,
        search=lambda one: (one.number,),
        is_faded=lambda one: one.standing in _OVER,
        as_given=True,
    )
    table.setAccessibleName(_tr("Orders"))
    return table


def money_table(time_zone: Callable[[], str]) -> RecordTable:
    """Return an empty table of what came in and what goes back (CustomerMoney), in the order given.

    time_zone: on whose clock moments are told.
    """

    def told(one: CustomerMoney) -> str:
        return side_by_side(_state(one), shown_dated_moment(one.at, time_zone()))

    columns: tuple[Column[CustomerMoney], ...] = (
        Column("what", _tr("Payment"), _what, lower=told, tone=_tone),
        Column("order", _tr("Order"), lambda one: grouped(one.number), width=120),
        Column("amount", _tr("Amount"), _amount, width=112, right=True, strong=True),
    )
    table = RecordTable("customer-money", columns, key=lambda one: one, search=lambda one: (one.number,), as_given=True)
    table.setAccessibleName(_tr("Payments"))
    return table


def _sold(one: OrderRow) -> str:
    return shown_dated_moment(one.created_at, one.time_zone)


def _where(one: OrderRow) -> str:
    evenings = one.performances
    when = standing_when(evenings[0]) if len(evenings) == 1 else listed(shown_day_when(each) for each in evenings)
    return side_by_side(when, spoken(tell_places(place for each in evenings for place in each.places)))


def _what(one: CustomerMoney) -> str:
    return payment_words(one.method).came_in if one.state is None else payment_words(one.method).name


def _state(one: CustomerMoney) -> str:
    if one.state is None:
        return ""
    return _tr("Refund: {0}").format(refund_words(one.state))


def _tone(one: CustomerMoney) -> str:
    return "muted" if one.state in {None, RefundState.PAID} else "warn"


def _amount(one: CustomerMoney) -> str:
    return shown_amount(one.amount_minor if one.state is None else -one.amount_minor, one.currency)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerHistory", words)
