"""The free seats as a list: zone, row, seat, category, price; for the keyboard and for screen readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from pos_app.domain.seats import MapState, SeatKind
from pos_app.domain.sentences import say
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.seats import Place
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.background import Background
    from pos_app.ui.seat_map.live_map import LiveMap


@dataclass(frozen=True, slots=True)
class FreeSeat:
    """A row of the list; index: of the seat in the plan."""

    index: int
    place: Place
    category: str
    price: str

    @property
    def seat(self) -> str:
        """Return its number, and what it is for where that is something of its own: "12 (companion)"."""
        match self.place.kind:
            case SeatKind.WHEELCHAIR:
                return spoken(say("{seat} (wheelchair)", seat=self.place.number))
            case SeatKind.COMPANION:
                return spoken(say("{seat} (companion)", seat=self.place.number))
            case SeatKind.RESTRICTED:
                return spoken(say("{seat} (restricted view)", seat=self.place.number))
            case _:
                return self.place.number


def free_seats(plan: SeatPlan, states: NDArray[np.int8], prices: Mapping[int, str]) -> tuple[FreeSeat, ...]:
    """Return the free seats of a plan in the order of the house. prices: ready to read, by the index of a category."""
    found: list[FreeSeat] = []
    for at in (states == MapState.FREE).nonzero()[0].tolist():
        category = int(plan.category[at])
        found.append(FreeSeat(at, plan.place(at), plan.categories[category].name, prices.get(category, "")))
    return tuple(found)


class FreeSeatSheet(Sheet):
    """The list over the window: type to narrow it, Enter takes the seat and stays open.

    Signals: chosen(int): the index of a seat in the plan.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget, seats: tuple[FreeSeat, ...]) -> None:
        super().__init__(parent, parent.tr("Free seats"), width=640)
        self.search = SearchField(self.tr("Zone, row, seat or category"), "")
        self.search.textChanged.connect(self._on_searched)
        columns: tuple[Column[FreeSeat], ...] = (
            Column("zone", self.tr("Zone"), lambda seat: seat.place.zone, lambda seat: seat.index),
            Column("row", self.tr("Row"), lambda seat: seat.place.row),
            Column("seat", self.tr("Seat"), lambda seat: seat.seat),
            Column("category", self.tr("Category"), lambda seat: seat.category),
            Column("price", self.tr("Price"), lambda seat: seat.price),
        )
        self.table = RecordTable(
            "free seats",
            columns,
            lambda seat: seat.index,
            lambda seat: (seat.place.zone, seat.place.row, seat.seat, seat.category),
        )
        # They stay in the order of the house.
        self.table.setSortingEnabled(False)
        self.table.setAccessibleName(self.tr("Free seats"))
        self.table.opened.connect(self._on_take)
        self.table.show_records(seats)
        self.body.addWidget(self.search)
        self.body.addWidget(self.table)
        self.let_give_way(self.table, 380)
        take = self.add_button(self.tr("Take this seat"), "Return", variant="primary")
        take.clicked.connect(self._on_take)
        done = self.add_button(self.tr("Close"), "Esc")
        done.clicked.connect(self.cancel)
        self.table.selectRow(0)

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.search.setFocus()

    def _on_searched(self, words: str) -> None:
        """Enter takes the first that fits."""
        self.table.mark(None)
        self.table.look_for(words)

    def _on_take(self) -> None:
        shown = self.table.shown
        if shown:
            row = max(0, self.table.currentIndex().row())
            self.chosen.emit(shown[row].index)
            self.table.selectRow(min(row + 1, len(shown) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list from the search field too."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.search.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = max(0, min(len(self.table.shown) - 1, self.table.currentIndex().row() + step))
            self.table.selectRow(row)
            return
        super().keyPressEvent(event)


class FreeSeats(QObject):
    """Lists the free seats over the sell screen. prices: ready to read, by the index of a category in the open plan.

    Signals: said(Message): something for the person. chosen(int): a seat of the list, by its index in the plan.
    """

    said = Signal(object)
    chosen = Signal(int)

    def __init__(
        self, screen: QWidget, background: Background, live: LiveMap, prices: Callable[[], dict[int, str]]
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._background = background
        self._live = live
        self._prices = prices
        self._listing = False

    def show_list(self) -> None:
        """Show the list, made ready in the background: a large house has many."""
        plan = self._live.plan
        if plan is None or self._listing:
            return
        self._listing = True
        self._background.compute(self, free_seats, plan, self._live.states, self._prices()).then(
            lambda seats: self._on_listed(seats, plan), self._on_not_listed
        )

    def _on_listed(self, seats: tuple[FreeSeat, ...], plan: SeatPlan) -> None:
        self._listing = False
        if self._live.plan is plan and self._screen.isVisible():
            sheet = FreeSeatSheet(self._screen, seats)
            sheet.chosen.connect(self.chosen)
            sheet.open()

    def _on_not_listed(self, error: Exception) -> None:
        self._listing = False
        self.said.emit(message_for(error))
