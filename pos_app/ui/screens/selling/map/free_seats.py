"""The free seats as a list: zone, row, seat, category, price; for the keyboard and for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from pos_app.domain.seats import FOR_SALE
from pos_app.domain.selling.place_search import PlaceFinder
from pos_app.ui.screens.selling.map.free_seat_sheet import FreeSeat, FreeSeatSheet, sought_place
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.background import Background
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.undoing import Undoing
    from pos_app.ui.screens.selling.map.choosing import Choosing
    from pos_app.ui.screens.selling.map.panel import MapPanel
    from pos_app.ui.seat_map.live_map import LiveMap
    from pos_app.ui.words.messages import Message


def free_seats(plan: SeatPlan, states: NDArray[np.int8], prices: Mapping[int, str]) -> tuple[FreeSeat, ...]:
    """Return the free seats of a plan in the order of the house. prices: ready to read, by the index of a category."""
    found: list[FreeSeat] = []
    for at in np.isin(states, FOR_SALE).nonzero()[0].tolist():
        category = int(plan.category[at])
        found.append(FreeSeat(at, plan.place(at), plan.categories[category].name, prices.get(category, "")))
    return tuple(found)


def place_finder(plan: SeatPlan, names: Sequence[str]) -> PlaceFinder:
    """Make all seats of a plan ready to be searched. names: what zone, row, seat and category are called."""
    categories = [one.name for one in plan.categories]
    places = (plan.place(at) for at in range(len(plan.numbers)))
    return PlaceFinder(
        [sought_place(place, categories[at]) for place, at in zip(places, plan.category.tolist(), strict=True)], names
    )


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
        self._counting = False
        self._sheet: FreeSeatSheet | None = None
        self._plan: SeatPlan | None = None
        self._free: NDArray[np.bool_] | None = None
        self._finder: PlaceFinder | None = None

    def hearings(self, board: MapPanel, hold: BasketHold, choosing: Choosing, undoing: Undoing) -> list[Hearing]:
        """Return what leads to the list, and what keeps it true."""
        return [
            (choosing.take_seat, self.chosen),
            (self.show_list, board.header.list_asked),
            (self.follow, self._live.plan_loaded, self._live.states_changed, hold.settled),
            (self.tell, hold.said, undoing.said, choosing.said),
        ]

    def show_list(self) -> None:
        """Show the list, made ready in the background: a large house has many."""
        plan = self._live.plan
        if plan is None or self._listing:
            return
        self._listing = True
        names = self.tr("Zone"), self.tr("Row"), self.tr("Seat"), self.tr("Category")
        states = self._live.states
        # A large house takes a second to be made ready, and is asked for again and again.
        finder = self._finder if plan is self._plan else None
        self._background.compute(self, _listed, plan, states, self._prices(), names, finder).then(
            lambda listed: self._on_listed(*listed, plan, states), self._on_not_listed
        )

    def follow(self) -> None:
        """Show in the open list what is free now."""
        sheet, plan, states = self._sheet, self._live.plan, self._live.states
        if sheet is None or self._counting:
            return
        if plan is not self._plan:
            sheet.cancel()
        elif plan is not None and not (
            self._free is not None and np.array_equal(np.isin(states, FOR_SALE), self._free)
        ):
            self._counting, self._free = True, np.isin(states, FOR_SALE)
            self._background.compute(self, free_seats, plan, states, self._prices()).then(
                lambda seats: self._on_counted(seats, plan), self._on_not_counted
            )

    def tell(self, message: Message) -> None:
        """Say in the open list what became of a seat that was taken from it: it covers what says so else."""
        if self._sheet is not None:
            self._sheet.tell(following(message.text, message.advice))

    def _on_listed(
        self, seats: tuple[FreeSeat, ...], finder: PlaceFinder, plan: SeatPlan, states: NDArray[np.int8]
    ) -> None:
        self._listing = False
        self._plan, self._finder = plan, finder
        if self._live.plan is plan and self._screen.isVisible():
            areas = [area.name for area in plan.areas]
            sheet = FreeSeatSheet(self._screen, seats, finder.find, plan.place, areas)
            sheet.chosen.connect(self._on_chosen)
            sheet.closed.connect(self._on_closed)
            self._sheet, self._free = sheet, np.isin(states, FOR_SALE)
            sheet.open()
            # Seats may be gone since the list was asked for.
            self.follow()

    def _on_chosen(self, index: int) -> None:
        # It is not in the list any more; if it is not to be had, it comes back.
        self._free = None
        self.chosen.emit(index)

    def _on_closed(self) -> None:
        self._sheet = None

    def _on_counted(self, seats: tuple[FreeSeat, ...], plan: SeatPlan) -> None:
        self._counting = False
        if self._sheet is not None and plan is self._plan:
            self._sheet.show_seats(seats)
            self.follow()

    def _on_not_counted(self, error: Exception) -> None:
        self._counting = False
        self.said.emit(message_for(error))

    def _on_not_listed(self, error: Exception) -> None:
        self._listing = False
        self.said.emit(message_for(error))


def _listed(
    plan: SeatPlan,
    states: NDArray[np.int8],
    prices: Mapping[int, str],
    names: Sequence[str],
    finder: PlaceFinder | None,
) -> tuple[tuple[FreeSeat, ...], PlaceFinder]:
    return free_seats(plan, states, prices), finder or place_finder(plan, names)
