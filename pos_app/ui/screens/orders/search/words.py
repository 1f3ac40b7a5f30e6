"""What is said of a list of orders: how many they are, and why there are none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.orders.finding import OrderQuery
from pos_app.ui.screens.orders.search.finding import MOST
from pos_app.ui.words.lists import following
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from pos_app.domain.orders.finding import OrdersPage

_LONGEST: Final = 40
"""Letters of what was looked for that are said again."""


def listed_words(listed: int, page: OrdersPage, *, has_more: bool, is_waiting: bool) -> str:
    """Say how many orders are listed, and whether there are more."""
    if not listed and not has_more:
        return ""
    if is_waiting:
        count = spoken_count("{count} order waits.", "{count} orders wait, by performance and name.", listed)
    else:
        count = spoken_count("{count} order.", "{count} orders, the newest first.", listed)
    if not has_more:
        return count
    if listed >= MOST:
        return following(count, _tr("There are more than can be listed: type more, or choose filters."))
    if page.looked_back_to is not None:
        looked = shown_dated_moment(page.looked_back_to, "UTC")
        return following(count, _tr("Looked back to {0}; scroll to look further.").format(looked))
    return following(count, _tr("Scroll for older ones."))


def empty_words(query: OrderQuery, own_till: int) -> tuple[str, str]:
    """Say why nothing is listed, and what to do. own_till: the id of the till that asks."""
    filters = replace(query, text="")
    if query.text:
        return _words_of_text(shortened(query.text), filters, own_till)
    if filters == OrderQuery(waiting=True):
        return _tr("Nothing waits at the window"), _tr("What is paid and picked up later appears here.")
    if query.is_filtered:
        return _tr("No order fits these filters"), _tr("Leave one of them away.")
    return _tr("No orders yet"), _tr("What is sold here, at any till, appears here, the newest first.")


def _words_of_text(text: str, filters: OrderQuery, own_till: int) -> tuple[str, str]:
    """Say that a text fits nothing among what was looked at, which is not every order where there are filters."""
    if filters == OrderQuery():
        advice = _tr("Try the order number, the family name, or a seat: “stalls row c 18”. Every word has to fit.")
        return _tr("No order fits “{0}”").format(text), advice
    if filters == OrderQuery(waiting=True):
        title, advice = _tr("Nothing waits at the window for “{0}”"), _tr("What was handed over waits no more.")
    elif filters == OrderQuery(till_id=own_till):
        title, advice = _tr("No order of this till fits “{0}”"), _tr("It may have been sold at another till.")
    else:
        title, advice = _tr("No order fits “{0}” with these filters"), _tr("Without them, one may.")
    return title.format(text), advice


def shortened(text: str) -> str:
    """Return the beginning of a long text, as much as a title has room for."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("OrderSearch", words)
