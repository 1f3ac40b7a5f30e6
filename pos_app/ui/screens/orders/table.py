"""The table of the last orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from pos_app.domain.codes import grouped
from pos_app.domain.seats import tell_places
from pos_app.ui.look.theme import theme_notifier
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.model import RecordModel
from pos_app.ui.records.table.two_line_delegate import TwoLineDelegate
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.evenings import shown_day_when, shown_when
from pos_app.ui.words.lists import listed, side_by_side
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.places import seats_words
from pos_app.ui.words.sentences import spoken, spoken_count
from pos_app.ui.words.times import shown_day, shown_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.seats import Place
    from pos_app.domain.selling.sales import OrderSummary

_ROW_HEIGHT: Final = 50
"""Pixels; ten of them fit into a window of 720."""
_WIDE: Final = 1150
"""From so many pixels on nothing needs to stand below something else."""
_CUSTOMER: Final = "customer"
_METHOD: Final = "method"
_CASHIER: Final = "cashier"


class OrdersTable(QTableView):
    """One row an order, in the order given, chosen by click or arrow keys.

    Not a RecordTable: the last orders are not sorted, and their columns have fixed widths.
    Signals: order_chosen(int): the id of the order, also when the choice came with new contents.
    """

    order_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_wide = False
        columns = _columns(lambda: self._is_wide)
        self._model = RecordModel(columns, lambda order: order.void)
        self.setModel(self._model)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Last orders"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        for at, column in enumerate(columns):
            fixed = QHeaderView.ResizeMode.Fixed if column.width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(at, fixed)
            if column.width:
                header.resizeSection(at, column.width)
        self._own = [at for at, column in enumerate(columns) if column.key in {_CUSTOMER, _METHOD, _CASHIER}]
        self._give_way()
        self.selectionModel().currentRowChanged.connect(self._on_row)
        theme_notifier().changed.connect(self.viewport().update)

    @property
    def orders(self) -> tuple[OrderSummary, ...]:
        """Return what is shown."""
        return self._model.records

    @property
    def chosen(self) -> int | None:
        """Return the id of the chosen order."""
        row = self.currentIndex().row()
        return self.orders[row].order_id if 0 <= row < len(self.orders) else None

    def show_orders(self, orders: tuple[OrderSummary, ...], choose: int | None = None) -> None:
        """Show other orders; the one chosen stays chosen, else it is the first. choose: the one to choose."""
        wanted = self.chosen if choose is None else choose
        self._model.show_records(orders)
        if orders:
            self.selectRow(next((row for row, order in enumerate(orders) if order.order_id == wanted), 0))

    def _give_way(self) -> None:
        """Give columns of their own to customer, payment and cashier where there is room for them."""
        self._is_wide = self.width() >= _WIDE
        for at in self._own:
            self.setColumnHidden(at, not self._is_wide)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the width."""
        super().resizeEvent(event)
        if self._is_wide is not (self.width() >= _WIDE):
            self._give_way()

    def _on_row(self, current: QModelIndex) -> None:
        if current.isValid():
            self.order_chosen.emit(self.orders[current.row()].order_id)


def _columns(is_wide: Callable[[], bool]) -> tuple[Column[OrderSummary], ...]:
    """Return all columns; what has one of its own in a wide window stands below something else in a narrow one."""

    def below(text: Callable[[OrderSummary], str]) -> Callable[[OrderSummary], str]:
        return lambda order: "" if is_wide() else text(order)

    return (
        Column(
            "number", _tr("Order"), lambda order: grouped(order.number), lower=below(_customer), width=112, strong=True
        ),
        Column("time", _tr("Sold"), _time, lower=_day, width=98, figures=True),
        Column("performance", _tr("Performance"), lambda order: order.title, lower=_evenings),
        Column(_CUSTOMER, _tr("Customer"), _customer, width=160),
        Column("seats", _tr("Seats"), _seats, lower=_where),
        Column("total", _tr("Total"), _total, lower=below(_method), width=112, right=True, strong=True),
        Column(_METHOD, _tr("Paid by"), _method, width=96),
        Column("till", _tr("Till"), lambda order: order.till_name, lower=below(_cashier), width=108),
        Column(_CASHIER, _tr("Cashier"), _cashier, width=140),
        Column("status", _tr("Status"), _status, lower=_given_back, tone=lambda _order: "danger", width=90),
    )


def _customer(order: OrderSummary) -> str:
    return order.customer_name


def _cashier(order: OrderSummary) -> str:
    return order.staff_name


def _method(order: OrderSummary) -> str:
    return payment_words(order.method).name


def _total(order: OrderSummary) -> str:
    return shown_amount(order.total_minor, order.currency)


def _time(order: OrderSummary) -> str:
    return shown_time(order.created_at, order.time_zone)


def _day(order: OrderSummary) -> str:
    return shown_day(order.created_at, order.time_zone)


def _evenings(order: OrderSummary) -> str:
    """Return when the performance is; of several their days."""
    evenings = order.performances
    return shown_when(evenings[0]) if len(evenings) == 1 else listed(shown_day_when(one) for one in evenings)


def _seats(order: OrderSummary) -> str:
    """Return row and seats, or the area, where one says it all; else how many they are."""
    places = _in_one_row(order)
    return (seats_words(places) or places[0].zone) if places else _tickets(order)


def _where(order: OrderSummary) -> str:
    """Return what the line above it does not say."""
    places = _in_one_row(order)
    if places:
        return side_by_side(places[0].zone if places[0].row else "", _tickets(order))
    return spoken(tell_places(place for seats in order.performances for place in seats.places))


def _in_one_row(order: OrderSummary) -> tuple[Place, ...]:
    """Return the places where all of them are in one row or area of one evening; else none."""
    if len(order.performances) != 1:
        return ()
    places = order.performances[0].places
    return places if len({(place.zone, place.row) for place in places}) == 1 else ()


def _tickets(order: OrderSummary) -> str:
    return spoken_count("{count} ticket", "{count} tickets", order.tickets)


def _status(order: OrderSummary) -> str:
    return _tr("Void") if order.void else _tr("Paid")


def _given_back(order: OrderSummary) -> str:
    return _tr("Given back") if order.void else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("OrdersTable", words)
