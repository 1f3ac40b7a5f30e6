"""What is on sale: the list read anew every few seconds, and which performance is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.services.season.offers import list_performances
from pos_app.services.season.seats_left import count_left
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from pos_app.domain.season.offers import PerformanceSummary, SeatsLeft
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.performances.list import PerformanceList
    from pos_app.ui.seat_map.live_map import LiveMap

LIST_MS: Final = 10_000
_COUNTED_AHEAD: Final = 12
"""So many performances are counted at once to find the first that has seats."""


class OnSale(QObject):
    """Keeps the list of performances true and opens one of them: the one that is chosen, at first the next on sale.

    Seats are counted where they are looked at: a season has more of them than a till may have counted all the time.
    Signals:
        opened(PerformanceSummary): this one is being opened.
        counted(PerformanceSummary): how the one that is open stands now.
        answered(): the server answered. failed(Exception): it did not.
    """

    opened = Signal(object)
    counted = Signal(object)
    answered = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, listed: PerformanceList, live: LiveMap, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._listed = listed
        self._live = live
        self.chosen: int | None = None
        """Which performance is open, or being opened."""
        self._first = 0
        self._timer = QTimer(self, interval=LIST_MS)
        self._timer.timeout.connect(self.refresh)

    def open(self, performance: PerformanceSummary) -> None:
        """Show a performance on the map."""
        self.chosen = performance.performance_id
        self._listed.choose(performance.performance_id)
        self.opened.emit(performance)
        self._live.open(performance.performance_id)

    def open_first(self, performance_id: int) -> None:
        """Show this performance now, or as soon as the list is here; one that is not in it is not shown."""
        self._first = performance_id
        if (known := self._listed.performance(performance_id)) is not None:
            self.open(known)

    def set_running(self, running: bool) -> None:  # noqa: FBT001 - a plain state
        """Read the list while the screen is shown, and only then."""
        if running:
            self.refresh()
            self._timer.start()
        else:
            self._timer.stop()

    def refresh(self) -> None:
        """Read the performances anew, and count the seats of those that are looked at."""
        counted = {one.performance_id for one in self._listed.in_view()}
        if self.chosen is not None:
            counted.add(self.chosen)
        self._background.poll(self, "performances", list_performances, counted).then(self._on_list, self._on_failed)

    def count(self) -> None:
        """Count the seats of the performances that came into view, and of the one to be opened first."""
        seen = [one for one in self._listed.in_view() if not one.counted]
        if self.chosen is None:
            seen += self._listed.next_to_count(_COUNTED_AHEAD)
        elif (open_now := self._listed.performance(self.chosen)) is not None and not open_now.counted:
            seen.append(open_now)
        wanted = {one.performance_id for one in seen}
        if wanted:
            self._background.poll(self, "seats left", count_left, wanted).then(self._on_counted, self.failed.emit)

    def _on_failed(self, error: Exception) -> None:
        self._listed.show_unreadable(message_for(error))
        self.failed.emit(error)

    def _on_list(self, performances: tuple[PerformanceSummary, ...]) -> None:
        self.answered.emit()
        self._listed.show_performances(performances)
        self._open_or_tell()
        self.count()

    def _on_counted(self, counted: dict[int, SeatsLeft]) -> None:
        self.answered.emit()
        self._listed.show_left(counted)
        self._open_or_tell()
        # Where all that was counted is sold out, the first to be opened stands further on.
        self.count()

    def _open_or_tell(self) -> None:
        """Open the first performance that has seats, or tell how the one that is open stands."""
        first = self._listed.performance(self._first)
        if first is None and (next_one := self._listed.first_on_sale()) is not None and next_one.counted:
            first = next_one
        if self.chosen is None and first is not None:
            self.open(first)
            return
        offer = self._live.offer
        if offer is not None and (shown := self._listed.performance(offer.performance_id)) is not None:
            self.counted.emit(shown)
