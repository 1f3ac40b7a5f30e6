"""What the orders of a customer come to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import labelled, side_by_side
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.domain.orders.customer_history import CustomerHistory, CustomerTotals


def totals_words(history: CustomerHistory) -> str:
    """Return what all orders come to, a line for each currency; "" where there is none."""
    return "\n".join(side_by_side(*_amounts(one)) for one in history.totals)


def counts_words(history: CustomerHistory) -> str:
    """Return how many orders and tickets there are; "" where there is none."""
    if not history.totals:
        return ""
    orders, tickets = sum(one.orders for one in history.totals), sum(one.tickets for one in history.totals)
    return side_by_side(
        spoken_count("{count} order", "{count} orders", orders),
        spoken_count("{count} ticket", "{count} tickets", tickets),
    )


def _amounts(one: CustomerTotals) -> Iterator[str]:
    yield labelled(_tr("Paid"), shown_amount(one.paid_minor, one.currency))
    for name, minor in (
        (_tr("Refunded"), one.refunded_minor),
        (_tr("Still to be paid back"), one.due_minor),
        (_tr("Reserved, not paid"), one.reserved_minor),
    ):
        if minor:
            yield labelled(name, shown_amount(minor, one.currency))


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerHistory", words)
