"""Looking for orders while somebody types: one question at a time counts, and the list goes on page by page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pos_app.domain.searching import folded

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.orders.finding import OrderCursor, OrderQuery, OrderRow, OrdersPage
    from pos_app.ui.screens.orders.operations import OrderOperations

PAGE: Final = 50
"""So many orders are read at once."""
MOST: Final = 2_000
"""So many are listed; who looks for one of more has to say more of it."""
_WAITING: Final = 500
"""So many that wait at the window are read at once, to stand by performance and name."""
_ROOM: Final = 12
_LOOKS_BACK: Final = 6
"""So often the next page is asked for by itself while the room of the list is not filled."""


class Finding(QObject):
    """Asks for the first page of a query, and for the next ones as the list is scrolled.

    Signals: found(OrdersPage): the first page. more_found(OrdersPage): the next one. failed(Exception): of the first
    page; of the others what is shown stays, and scrolling asks again.
    """

    found = Signal(object)
    more_found = Signal(object)
    failed = Signal(object)

    def __init__(self, operations: OrderOperations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._query: OrderQuery | None = None
        self._answered: OrderQuery | None = None
        self._next: OrderCursor | None = None
        self._listed = self._looks = 0
        self._is_reading_on = False

    @property
    def answered(self) -> OrderQuery | None:
        """Return what was asked for last, once its answer is there."""
        return self._answered

    @property
    def has_more(self) -> bool:
        """Tell whether there are more than those that are listed."""
        return self._next is not None

    def look_for(self, query: OrderQuery) -> None:
        """Read the first page; an answer to what was asked before is dropped."""
        self._query, self._next, self._is_reading_on, self._looks = query, None, False, 0
        self._answered = None
        limit = _WAITING if query.waiting else PAGE
        self._operations.find(self, query, None, limit).then(self._on_found, self.failed.emit)

    def look_again(self) -> None:
        """Read again as much as is listed."""
        if self._query is None:
            return
        self._answered = None
        self._is_reading_on, limit = False, max(_WAITING if self._query.waiting else PAGE, min(self._listed, MOST))
        self._operations.find(self, self._query, None, limit).then(self._on_found, self.failed.emit)

    def read_on(self) -> None:
        """Read the next page, unless it is being read, or there is none, or it is enough."""
        if self._query is None or self._next is None or self._is_reading_on or self._listed >= MOST:
            return
        self._is_reading_on = True
        self._operations.find(self, self._query, self._next, PAGE).then(self._on_more, self._on_no_more)

    def _on_found(self, page: OrdersPage) -> None:
        self._next, self._listed, self._answered = page.next, len(page.rows), self._query
        if self._query is not None and self._query.waiting:
            page = replace(page, rows=tuple(sorted(page.rows, key=_by_evening_and_name)))
        self.found.emit(page)
        self._look_back()

    def _on_more(self, page: OrdersPage) -> None:
        self._is_reading_on = False
        self._next, self._listed = page.next, self._listed + len(page.rows)
        self.more_found.emit(page)
        self._look_back()

    def _look_back(self) -> None:
        """Read on where a page held less than there is room for: older orders are still to be looked at."""
        if self._listed < _ROOM and self._looks < _LOOKS_BACK:
            self._looks += 1
            self.read_on()

    def _on_no_more(self, _error: Exception) -> None:
        self._is_reading_on = False


def _by_evening_and_name(order: OrderRow) -> tuple[list[datetime], str]:
    return [one.starts_at for one in order.performances[:1]], folded(order.customer_name)
