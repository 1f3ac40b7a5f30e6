"""Which seats of the basket are somebody's offer, and what is said when they go back to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.seats import MapState
from pos_app.ui.screens.selling.basket.asking import indexes_on
from pos_app.ui.screens.selling.waiting.keys import OFFERS_KEY
from pos_app.ui.waiting.words import offered_to
from pos_app.ui.words.messages import GOING_ON, Ending, Level, Message

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.seat_map.live_map import LiveMap


@dataclass(frozen=True, slots=True)
class OfferedSeats:
    """An offer that this basket has open. until: when it ends, ready to read."""

    offer_id: int
    name: str
    until: str
    seats: tuple[SeatKey, ...]


class OfferedInBasket(QObject):
    """Follows the basket. What is sold is not told; what leaves it otherwise has gone back to its offer.

    Signals: changed(): other offers are open here. back(): seats went back, which no key takes again by itself.
    again_asked(int): this offer is to be opened once more. said(Message).
    """

    changed = Signal()
    back = Signal()
    again_asked = Signal(int)
    said = Signal(object)

    def __init__(self, hold: BasketHold, live: LiveMap, parent: QObject) -> None:
        super().__init__(parent)
        self._hold = hold
        self._live = live
        self._open: tuple[OfferedSeats, ...] = ()
        self._gone: list[OfferedSeats] = []
        # What was sold has left the basket before it is told that it was.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._tell)

    @property
    def words(self) -> str:
        """Return to whom the seats of the basket are offered, "" where none is."""
        return "\n".join(offered_to(one.name, one.until) for one in self._open)

    def add(self, offered: OfferedSeats) -> None:
        """An offer was opened into the basket."""
        self._open = (*(one for one in self._open if one.offer_id != offered.offer_id), offered)
        self.changed.emit()

    def follow(self) -> None:
        """The basket has changed: an offer none of whose seats is left in it is not open here any more."""
        gone = [one for one in self._open if not any(self._hold.basket.holds(seat) for seat in one.seats)]
        if gone:
            self._open = tuple(one for one in self._open if one not in gone)
            self._gone += gone
            self._soon.start()
            self.changed.emit()

    def forget(self) -> None:
        """They were sold, or done with."""
        self._gone.clear()
        if self._open:
            self._open = ()
            self.changed.emit()

    def give_up(self) -> None:
        """The time is up: what was offered is the offer's again, and cannot just be taken once more."""
        seats = tuple(seat for one in self._open for seat in one.seats if self._hold.basket.holds(seat))
        if seats:
            self._hold.drop(seats)

    def _tell(self) -> None:
        gone, self._gone = self._gone, []
        for one in gone:
            self._live.tell(indexes_on(self._live, one.seats), MapState.OFFERED)
            words = self.tr("The seats went back to the offer to {0}, which stands until {1}.")
            self.said.emit(
                Message(
                    words.format(one.name, one.until),
                    self.tr("{0} shows all offers.").format(OFFERS_KEY),
                    Level.WARNING,
                    self.tr("Open it again"),
                    partial(self.again_asked.emit, one.offer_id),
                    ends=GOING_ON & ~Ending.CUSTOMER,
                )
            )
        if gone:
            self.back.emit()
