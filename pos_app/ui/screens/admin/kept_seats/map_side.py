"""The map of the performance, with what is chosen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.domain.seats import ClaimKind, MapState
from pos_app.services.seats.map_data import SeatStates
from pos_app.ui.look.theme import current_theme, theme_notifier
from pos_app.ui.screens.admin.kept_seats.chosen import Chosen
from pos_app.ui.seat_map import Legend, SeatMap
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import Button, icon_button, text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, panel, rule, text_label
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.ui.seat_map import PreparedPlan
    from pos_app.ui.seat_map.live_map import LiveMap

_KEPT = {MapState.HOUSE, MapState.BLOCKED}


class MapSide(QWidget):
    """Seats are chosen by clicks, Shift and a click, a band, or with the keyboard; a bar below says what is chosen.

    Signals: keep_asked(ClaimKind). kept_asked(int): a kept seat was clicked, told by its index. kept_banded(list): a
    band over seats none of which is free. area_asked(int): places of an area are wanted, told by its index.
    """

    keep_asked = Signal(object)
    kept_asked = Signal(int)
    kept_banded = Signal(list)
    area_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        mine = self.tr("Chosen")
        self.map = SeatMap(mine=mine)
        self.legend = Legend(mine=mine)
        self.chosen = Chosen(self)
        self.banner = Banner()
        self._live: LiveMap | None = None
        self._shown: frozenset[int] = frozenset()
        self.count = text_label("", "strong")
        self.names = ElidedLabel("", "muted")
        self.keep_button = KeyButton(self.tr("Keep for the house…"), icon_name="lock-simple", variant="primary")
        self.keep_button.print_key("K")
        self.block_button = KeyButton(self.tr("Block…"), icon_name="prohibit")
        self.block_button.print_key("B")
        self.clear_button = KeyButton(self.tr("Clear"))
        self.clear_button.print_key("Esc")
        self.keep_button.clicked.connect(lambda: self.keep_asked.emit(ClaimKind.HOUSE))
        self.block_button.clicked.connect(lambda: self.keep_asked.emit(ClaimKind.BLOCKED))
        self.clear_button.clicked.connect(self.chosen.clear)
        self.chosen.changed.connect(self._on_chosen)
        self.map.seat_activated.connect(self._on_seat)
        self.map.seat_focused.connect(self.chosen.focus)
        self.map.seats_banded.connect(self._on_band)
        self.map.signs_changed.connect(self.legend.show_signs)
        self.map.area_activated.connect(self.area_asked)
        self._arrange()
        theme_notifier().changed.connect(self._on_theme)
        self._on_theme()
        self.setFocusProxy(self.map)
        self._on_chosen()

    def follow(self, live: LiveMap) -> None:
        """Show what a live map tells."""
        self._live = live
        live.plan_loaded.connect(self._on_plan)
        live.states_changed.connect(self.map.show_states)

    def show_chosen(self) -> None:
        """Paint what is chosen over the states that came in, and what is no longer chosen as it is."""
        live = self._live
        if live is None or live.plan is None or live.offer is None:
            return
        now = self.chosen.seats | self.chosen.given
        states = live.states
        touched = np.array(sorted(now | self._shown), np.int32)
        if len(touched):
            looks = states[touched].copy()
            looks[np.isin(touched, np.array(sorted(now), np.int32))] = int(MapState.MINE)
            claims = live.claims_of([int(seat) for seat in touched if int(seat) not in self.chosen.seats])
            self.map.show_states(SeatStates(live.offer.performance_id, touched, looks, claims, ""))
        self._shown = now

    def _arrange(self) -> None:
        frame = panel()
        hint = ElidedLabel(self.tr("Click seats, or draw a band over them."), "muted")
        column(
            row((hint, 1), *self._tools(), margins=(14, 8, 10, 4), spacing=6),
            (self.map, 1),
            column(self.legend, self.banner, margins=(8, 0, 8, 0)),
            rule(),
            row(self.count, (self.names, 1), margins=(14, 8, 14, 0), spacing=12),
            row(1, self.clear_button, self.block_button, self.keep_button, margins=(14, 6, 14, 10), spacing=10),
            inside=frame,
            margins=1,
            spacing=4,
        )
        column(frame, inside=self)

    def _tools(self) -> list[Button]:
        tr, buttons = self.tr, []
        for words, tip, choose in (
            (tr("Whole row"), tr("All free seats of the last seat's row (R)"), self.chosen.choose_row),
            (tr("Whole zone"), tr("All free seats of the last seat's zone (Z)"), self.chosen.choose_zone),
        ):
            button = text_button(words, variant="ghost")
            button.setToolTip(tip)
            button.clicked.connect(choose)
            buttons.append(button)
        for icon_name, words, zoom in (
            ("minus", tr("Zoom out (-)"), self.map.zoom_out),
            ("plus", tr("Zoom in (+)"), self.map.zoom_in),
            ("corners-out", tr("Whole house (0)"), self.map.fit),
        ):
            button = icon_button(icon_name, words)
            button.clicked.connect(zoom)
            buttons.append(button)
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return buttons

    def _on_plan(self, plan: SeatPlan, offer: PerformanceOffer, prepared: PreparedPlan) -> None:
        del offer
        self._shown = frozenset()
        self.chosen.start(plan)
        self.map.show_plan(plan, {}, prepared)

    def _on_seat(self, seat: int) -> None:
        if self._live is None:
            return
        state = MapState(int(self._live.states[seat]))
        if state is MapState.FREE:
            shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
            self.chosen.toggle(seat, up_to=bool(shift))
        elif state in _KEPT:
            self.kept_asked.emit(seat)

    def _on_band(self, seats: list[int]) -> None:
        if self._live is None:
            return
        states = self._live.states[seats]
        if (states == MapState.FREE).any():
            self.chosen.band(seats)
        else:
            self.kept_banded.emit(seats)

    def _on_chosen(self) -> None:
        chosen = self.chosen
        self.show_chosen()
        words = spoken_count("{count} place chosen", "{count} places chosen", chosen.count)
        self.count.setText(words if chosen.count else self.tr("Nothing chosen"))
        self.names.show_words(chosen.names)
        for button in (self.keep_button, self.block_button):
            button.setEnabled(bool(chosen.count))
        self.clear_button.setEnabled(bool(chosen.count or chosen.given))

    def _on_theme(self) -> None:
        dark = current_theme().dark
        self.map.set_dark(dark)
        self.legend.set_dark(dark)
