"""Which evening a place of an order is for, told where the order has more than one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui.words.evenings import shown_when
from pos_app.ui.words.lists import side_by_side

if TYPE_CHECKING:
    from pos_app.domain.orders.page import LineOnPage, OrderPage


def evening_parts(order: OrderPage, line: LineOnPage) -> tuple[str, str]:
    """Return the title of the evening of a place, and its day and time; "" twice where all places are for one."""
    evening = next((one for one in order.performances if one.performance_id == line.performance_id), None)
    if evening is None or len(order.performances) == 1:
        return "", ""
    return evening.title, shown_when(evening)


def evening_words(order: OrderPage, line: LineOnPage) -> str:
    """Return both parts on one line."""
    return side_by_side(*evening_parts(order, line))
