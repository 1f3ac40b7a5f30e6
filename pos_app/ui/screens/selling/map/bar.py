"""The one line above the map: prices, zones, best seats; each tells as much as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from pos_app.ui.screens.selling.map.best_bar import BestBar, Comfort
from pos_app.ui.screens.selling.map.price_chips import PriceChips, Room
from pos_app.ui.screens.selling.map.zone_menu import ZoneMenu
from pos_app.ui.widgets.boxes import row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from pos_app.ui.screens.selling.map.price_chips import PriceEntry

_GAP: Final = 6
_ROOMS: Final = (
    (Room.NAMED, False, Comfort.WHOLE),
    (Room.PRICED, False, Comfort.WHOLE),
    (Room.PRICED, False, Comfort.NARROW),
    (Room.STACKED, False, Comfort.WHOLE),
    (Room.STACKED, False, Comfort.NARROW),
    (Room.STACKED, True, Comfort.NARROW),
    (Room.STACKED, True, Comfort.BARE),
    (Room.MENU, False, Comfort.WHOLE),
    (Room.MENU, False, Comfort.NARROW),
    (Room.MENU, True, Comfort.NARROW),
    (Room.MENU, True, Comfort.BARE),
)
"""What is told of the prices, whether the zone is told by its icon, what is on the button of best seats; the wordiest
first."""


class MapBar(QWidget):
    """Lays its parts out; what they do is theirs. The category that is wanted goes from the prices to best seats.

    No signals of its own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prices = PriceChips()
        self.zones = ZoneMenu()
        self.best = BestBar()
        self.prices.chosen.connect(self.best.want_category)
        row((self.prices, 1), self.zones, self.best, inside=self, spacing=_GAP)
        self.setFixedHeight(44)

    def show_prices(self, entries: Sequence[PriceEntry]) -> None:
        """Offer these categories; none: nothing can be looked for."""
        self.prices.show_entries(entries)
        self.best.want_category(self.prices.wanted)
        self.best.setEnabled(bool(entries))
        self._fit()

    def show_zones(self, names: Sequence[str]) -> None:
        """Offer these zones."""
        self.zones.show_zones(names)
        self._fit()

    def begin_anew(self) -> None:
        """Look for what is usual: another customer comes."""
        self.best.reset()
        self.prices.want_any()
        self.zones.show_whole_house()

    def _fit(self) -> None:
        """Tell as much as there is room for."""
        for room, short, comfort in _ROOMS:
            self.prices.set_room(room)
            self.zones.set_short(short)
            self.best.set_comfort(comfort)
            if self._width(room, short=short) <= self.width():
                return

    def _width(self, room: Room, *, short: bool) -> int:
        zones = 0 if self.zones.isHidden() else self.zones.width_for(short=short) + _GAP
        return self.prices.width_in(room) + _GAP + zones + self.best.wanted_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell more, or less."""
        super().resizeEvent(event)
        self._fit()
