"""What is asked for beside the sale: name and note (F8), the list of free seats (F3), the keys (F1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from pos_app.domain.seats import MapState
from pos_app.ui.screens.selling.basket.order_sheet import OrderSheet
from pos_app.ui.screens.selling.keys_sheet import KeysSheet
from pos_app.ui.screens.selling.map.free_seats import FreeSeatSheet, free_seats
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.basket.hold import HoldDesk
    from pos_app.ui.screens.selling.map.free_seats import FreeSeat
    from pos_app.ui.screens.selling.map.panel import MapPanel
    from pos_app.ui.seat_map.live_map import LiveMap


class OrderExtras(QObject):
    """Opens the sheets over the sell screen.

    Signals: said(Message): something for the person. seat_chosen(int): a seat of the list, by its index in the plan.
    """

    said = Signal(object)
    seat_chosen = Signal(int)

    def __init__(self, screen: QWidget, background: Background, desk: HoldDesk, live: LiveMap, panel: MapPanel) -> None:
        super().__init__(screen)
        self._screen = screen
        self._background = background
        self._desk = desk
        self._live = live
        self._panel = panel
        self._listing = False
        for key, act in (("F1", self.show_keys), ("F3", self.list_seats)):
            QShortcut(QKeySequence(key), screen, act)
        panel.keys_asked.connect(self.show_keys)
        panel.list_asked.connect(self.list_seats)

    def show_keys(self) -> None:
        """Show all keys of the screen."""
        KeysSheet(self._screen).open()

    def ask_name(self) -> None:
        """Ask for the customer's name and a note on the order."""
        basket = self._desk.basket
        sheet = OrderSheet(self._screen, basket.customer_name, basket.note)
        sheet.given.connect(self._on_given)
        sheet.open()

    def list_seats(self) -> None:
        """Show the free seats as a list, made ready in the background: a large house has many."""
        plan = self._live.plan
        if plan is None or self._listing:
            return
        self._listing = True
        self._background.compute(self, _free_now, plan, self._live.states, self._panel.shown_prices()).then(
            lambda seats: self._on_listed(seats, plan), self._on_not_listed
        )

    def _on_given(self, name: str, note: str) -> None:
        self._desk.basket.customer_name = name
        self._desk.basket.note = note
        self._desk.basket_changed.emit()

    def _on_listed(self, seats: tuple[FreeSeat, ...], plan: SeatPlan) -> None:
        self._listing = False
        if self._live.plan is plan and self._screen.isVisible():
            sheet = FreeSeatSheet(self._screen, seats)
            sheet.chosen.connect(self.seat_chosen)
            sheet.open()

    def _on_not_listed(self, error: Exception) -> None:
        self._listing = False
        self.said.emit(message_for(error))


def _free_now(plan: SeatPlan, states: NDArray[np.int8], prices: dict[int, str]) -> tuple[FreeSeat, ...]:
    return free_seats(plan, [MapState(state) for state in states.tolist()].__getitem__, prices)
