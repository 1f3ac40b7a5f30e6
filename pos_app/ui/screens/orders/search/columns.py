"""What the table of orders shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.seats import tell_places
from pos_app.ui.records.table.columns import Column
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.evenings import shown_day_when, standing_when
from pos_app.ui.words.lists import listed, side_by_side
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.places import seats_words
from pos_app.ui.words.sentences import spoken, spoken_count
from pos_app.ui.words.standings import standing_words
from pos_app.ui.words.times import shown_day, shown_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.orders.finding import OrderRow
    from pos_app.domain.seats import Place

WIDE_ONLY: Final = frozenset({"customer", "seats", "method", "till", "cashier"})
"""These have a column of their own in a wide table; in a narrow one they stand below something else, or not at all."""
NARROW_ONLY: Final = frozenset({"guest"})
"""Customer and seats in one."""


def order_columns(is_wide: Callable[[], bool]) -> tuple[Column[OrderRow], ...]:
    """Return all columns. is_wide: asked for each row that is painted."""

    def below(text: Callable[[OrderRow], str]) -> Callable[[OrderRow], str]:
        return lambda order: "" if is_wide() else text(order)

    return (
        Column("number", _tr("Order"), lambda order: grouped(order.number), lower=below(_till), width=124, strong=True),
        Column("time", _tr("Sold"), _time, lower=_day, width=96, figures=True),
        Column("guest", _tr("Customer, seats"), lambda order: order.customer_name or _seats(order), lower=_guest_where),
        Column("customer", _tr("Customer"), lambda order: order.customer_name),
        Column("performance", _tr("Performance"), lambda order: order.title, lower=_evenings),
        Column("seats", _tr("Seats"), _seats, lower=_where),
        Column("total", _tr("Total"), _total, lower=below(_method), width=106, right=True, strong=True),
        Column("method", _tr("Paid by"), _method, width=96),
        Column("till", _tr("Till"), _till, width=100),
        Column("cashier", _tr("Cashier"), lambda order: order.staff_name, width=130),
        Column("standing", _tr("Standing"), _standing, lower=_waits, tone=lambda _order: "warn", width=112),
    )


def seats_of(order: OrderRow) -> str:
    """Return the places of an order on one line, of however many evenings."""
    return spoken(tell_places(place for seats in order.performances for place in seats.places))


def _till(order: OrderRow) -> str:
    return order.till_name


def _method(order: OrderRow) -> str:
    return "" if order.method is None else payment_words(order.method).name


def _total(order: OrderRow) -> str:
    return shown_amount(order.total_minor, order.currency)


def _time(order: OrderRow) -> str:
    return shown_time(order.created_at, order.time_zone)


def _day(order: OrderRow) -> str:
    return shown_day(order.created_at, order.time_zone)


def _standing(order: OrderRow) -> str:
    return standing_words(order.standing)


def _waits(order: OrderRow) -> str:
    return _tr("At the window") if order.waits else ""


def _evenings(order: OrderRow) -> str:
    """Return when the performance is; of several their days."""
    evenings = order.performances
    return standing_when(evenings[0]) if len(evenings) == 1 else listed(shown_day_when(one) for one in evenings)


def _seats(order: OrderRow) -> str:
    """Return row and seats, or the area, where one says it all; else how many they are."""
    places = _in_one_row(order)
    return (seats_words(places) or places[0].zone) if places else _tickets(order)


def _guest_where(order: OrderRow) -> str:
    """Return the places below a name; below places, what they do not say."""
    return side_by_side(_seats(order), _zone(order)) if order.customer_name else _where(order)


def _zone(order: OrderRow) -> str:
    places = _in_one_row(order)
    return places[0].zone if places and places[0].row else ""


def _where(order: OrderRow) -> str:
    """Return what the line above it does not say."""
    return side_by_side(_zone(order), _tickets(order)) if _in_one_row(order) else seats_of(order)


def _in_one_row(order: OrderRow) -> tuple[Place, ...]:
    """Return the places where all of them are in one row or area of one evening; else none."""
    if len(order.performances) != 1:
        return ()
    places = order.performances[0].places
    return places if len({(place.zone, place.row) for place in places}) == 1 else ()


def _tickets(order: OrderRow) -> str:
    return spoken_count("{count} ticket", "{count} tickets", order.tickets)


def _tr(words: str) -> str:
    return QCoreApplication.translate("OrdersTable", words)
