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
    """Return how many orders and tickets there are, and what they come to, a line for each currency."""
    return "\n".join(_line(one, tells_currency=len(history.totals) > 1) for one in history.totals)


def _line(one: CustomerTotals, *, tells_currency: bool) -> str:
    return side_by_side(one.currency if tells_currency else "", *_counts(one), *_amounts(one))


def _counts(one: CustomerTotals) -> Iterator[str]:
    yield spoken_count("{count} order", "{count} orders", one.orders)
    yield spoken_count("{count} ticket", "{count} tickets", one.tickets)


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
