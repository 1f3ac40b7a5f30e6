"""Which evening the places of an order are for: told of each where there are several, else once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui.words.evenings import standing_when
from pos_app.ui.words.lists import side_by_side

if TYPE_CHECKING:
    from pos_app.domain.orders.page import LineOnPage, OrderPage


def evening_parts(order: OrderPage, line: LineOnPage) -> tuple[str, str]:
    """Return the title of the evening of a place, and its day and time; "" twice where all places are for one."""
    evening = next((one for one in order.performances if one.performance_id == line.performance_id), None)
    if evening is None or len(order.performances) == 1:
        return "", ""
    return evening.title, standing_when(evening)


def evening_words(order: OrderPage, line: LineOnPage) -> str:
    """Return both parts on one line."""
    return side_by_side(*evening_parts(order, line))


def only_evening(order: OrderPage) -> str:
    """Return title, day and time of the evening that all places are for; "" where there are several."""
    if len(order.performances) != 1:
        return ""
    return side_by_side(order.performances[0].title, standing_when(order.performances[0]))
