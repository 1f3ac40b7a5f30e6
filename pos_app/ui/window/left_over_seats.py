"""Seats that this till still holds for a sale that was cut off, and that stand in no note of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.services.selling.cut_off import list_left_over_holds
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_countdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.services.selling.cut_off import LeftOverHold
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.cut_off.sales import CutOffSales
    from pos_app.ui.screens.selling.screen import SellScreen
    from pos_app.ui.window.main_window import MainWindow


class LeftOverSeats(QObject):
    """Names them, and offers to give them back. No signals: it says so in the window."""

    def __init__(self, window: MainWindow, office: Office, sell: SellScreen, cut_off: CutOffSales) -> None:
        super().__init__(sell)
        self._window, self._office, self._sell, self._cut_off = window, office, sell, cut_off

    def look(self) -> None:
        """Look whether there are any."""
        self._office.background.read(self, list_left_over_holds, self._office.actor.till_id).then(self._on_read)

    def _on_read(self, left: tuple[LeftOverHold, ...]) -> None:
        known = {*self._cut_off.known, self._sell.hold.basket.key}
        others = [one for one in left if one.basket_key not in known]
        if not others:
            return
        seats = sum(one.seats for one in others)
        words = spoken_count(
            "This till still holds {count} seat of a sale that was cut off: {places}.",
            "This till still holds {count} seats of a sale that was cut off.",
            seats,
            places=others[0].places,
        )
        longest = shown_countdown(max(one.seconds_left for one in others))
        self._window.show_message(
            Message(
                words,
                self.tr("They go back on sale by themselves in {0}.").format(longest),
                Level.WARNING,
                self.tr("Give them back now"),
                lambda: self._give_back(others),
            )
        )

    def _give_back(self, left: Sequence[LeftOverHold]) -> None:
        for one in left:
            self._sell.hold.release_left_over(one.basket_key)
        self._window.banner.dismiss()
