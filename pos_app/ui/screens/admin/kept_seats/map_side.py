"""The map of the performance, with what is chosen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.seats import ClaimKind, MapState
from pos_app.services.seats.map_data import SeatStates
from pos_app.ui.look.theme import current_theme, theme_notifier
from pos_app.ui.screens.admin.kept_seats.chosen import Chosen
from pos_app.ui.screens.admin.kept_seats.words import chosen_words, count_words
from pos_app.ui.seat_map import Legend, SeatMap
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.buttons import icon_button, text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, panel, rule, text_label

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
        self._plan: SeatPlan | None = None
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
        tools = QHBoxLayout()
        tools.setContentsMargins(14, 8, 10, 4)
        tools.setSpacing(6)
        hint = ElidedLabel(self.tr("Click seats, or draw a band over them."), "muted")
        tools.addWidget(hint, 1)
        for words, key, tip, do in (
            (self.tr("Whole row"), "R", self.tr("All free seats of the last seat's row"), self.chosen.choose_row),
            (self.tr("Whole zone"), "Z", self.tr("All free seats of the last seat's zone"), self.chosen.choose_zone),
        ):
            button = text_button(words, variant="ghost")
            button.setToolTip(f"{tip} ({key})")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, do=do: do())
            tools.addWidget(button)
        for name, words, act in (
            ("minus", self.tr("Zoom out (-)"), self.map.zoom_out),
            ("plus", self.tr("Zoom in (+)"), self.map.zoom_in),
            ("corners-out", self.tr("Whole house (0)"), self.map.fit),
        ):
            button = icon_button(name, words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, act=act: act())
            tools.addWidget(button)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 6, 14, 10)
        bar.setSpacing(10)
        bar.addStretch(1)
        for button in (self.clear_button, self.block_button, self.keep_button):
            bar.addWidget(button)
        frame = panel()
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(4)
        column.addLayout(tools)
        column.addWidget(self.map, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(8, 0, 8, 0)
        foot.addWidget(self.legend)
        foot.addWidget(self.banner)
        column.addLayout(foot)
        column.addWidget(rule())
        above_bar = QHBoxLayout()
        above_bar.setContentsMargins(14, 8, 14, 0)
        above_bar.setSpacing(12)
        above_bar.addWidget(self.count)
        above_bar.addWidget(self.names, 1)
        column.addLayout(above_bar)
        column.addLayout(bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def _on_plan(self, plan: SeatPlan, offer: PerformanceOffer, prepared: PreparedPlan) -> None:
        del offer
        self._plan = plan
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
        words = self.tr("{0} chosen").format(count_words(chosen.count)) if chosen.count else self.tr("Nothing chosen")
        self.count.setText(words)
        names = "" if self._plan is None else chosen_words(self._plan, chosen.seats, chosen.areas)
        self.names.show_words(names)
        for button in (self.keep_button, self.block_button):
            button.setEnabled(bool(chosen.count))
        self.clear_button.setEnabled(bool(chosen.count or chosen.given))

    def _on_theme(self) -> None:
        dark = current_theme().dark
        self.map.set_dark(dark)
        self.legend.set_dark(dark)
