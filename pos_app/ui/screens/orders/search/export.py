"""The orders that are listed, written to a file for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.documents.csv_tables import write_csv
from pos_app.domain.codes import grouped
from pos_app.domain.currencies import plain
from pos_app.ui import save_file
from pos_app.ui.screens.orders.search.columns import seats_of
from pos_app.ui.words.evenings import shown_dated_when
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.standings import standing_words
from pos_app.ui.words.times import venue_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.finding import OrderRow
    from pos_app.ui.background import Background


class Export(QObject):
    """Writes what is listed. Signals: said(Message): what became of it."""

    said = Signal(object)

    def __init__(self, screen: QWidget, background: Background) -> None:
        super().__init__(screen)
        self._screen = screen
        self._background = background

    def write(self, orders: Sequence[OrderRow]) -> None:
        """Ask where to, and write there."""
        path = save_file.ask_path(self._screen, self.tr("Export these orders"), "orders.csv", save_file.CSV)
        if not path:
            return
        head, rows = self._head(), [_row(order) for order in orders]
        done = spoken_count("{count} order was exported.", "{count} orders were exported.", len(rows))
        save_file.write_file(self._screen, self._background, path, lambda: write_csv(head, rows), done, self.said.emit)

    def _head(self) -> tuple[str, ...]:
        return (
            self.tr("Order"),
            self.tr("Sold"),
            self.tr("Standing"),
            self.tr("Customer"),
            self.tr("Performance"),
            self.tr("When"),
            self.tr("Seats"),
            self.tr("Tickets"),
            self.tr("Total"),
            self.tr("Currency"),
            self.tr("Paid by"),
            self.tr("Till"),
            self.tr("Cashier"),
        )


def _row(order: OrderRow) -> tuple[str, ...]:
    """Return times and amounts as a spreadsheet sorts and adds them, on the clock of the venue."""
    return (
        grouped(order.number),
        venue_time(order.created_at, order.time_zone).strftime("%Y-%m-%d %H:%M:%S"),
        standing_words(order.standing),
        order.customer_name,
        order.title,
        "; ".join(shown_dated_when(one) for one in order.performances),
        seats_of(order),
        str(order.tickets),
        plain(order.total_minor, order.currency),
        order.currency,
        "" if order.method is None else payment_words(order.method).name,
        order.till_name,
        order.staff_name,
    )
