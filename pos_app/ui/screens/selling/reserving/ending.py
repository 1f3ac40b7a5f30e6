"""A minute's warning before a reservation gives its seats back: said quietly beside the map of every till."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from pos_app.domain.seats import tell_places
from pos_app.services.orders.reservations.listing import list_ending
from pos_app.ui.announce import announce
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import IconLabel, breakable, say, text_label
from pos_app.ui.words.directions import isolated
from pos_app.ui.words.sentences import spoken, spoken_count
from pos_app.ui.words.times import shown_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.orders.reservations import OpenReservation
    from pos_app.ui.background import Background

POLL_MS: Final = 5_000
KEEP_KEY: Final = "Ctrl+Shift+K"
"""It works on every screen, so it is none that a screen uses for itself."""


class EndingReservations(QFrame):
    """Names the reservation that ends next, its seats and its time; hidden while none does.

    It looks from start() on, whether it can be seen or not, for it is told on the other screens, too. What was closed
    by its cross is not shown again.
    Signals: keep_asked(): the first one is to be kept longer. changed(): what ends is read anew.
    """

    keep_asked = Signal()
    changed = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._closed: set[int] = set()
        self._ending: tuple[OpenReservation, ...] = ()
        self.setProperty("role", "panel")
        self._title = text_label(self.tr("Reservation ends"), "strong", tone="warn", wrap=True)
        self._words = text_label("", "body", wrap=True)
        self._more = text_label("", "small", tone="muted", wrap=True)
        self.close_button = icon_button("x", self.tr("Close this message"))
        self.close_button.clicked.connect(self.close_message)
        self.keep = KeyButton(self.tr("Keep longer"), icon_name="clock")
        self.keep.print_key(KEEP_KEY)
        self.keep.clicked.connect(self.keep_asked)
        head = row(IconLabel("bell", 20, "warn"), (self._title, 1), self.close_button, spacing=6)
        column(head, self._words, self._more, self.keep, inside=self, margins=(12, 6, 8, 12), spacing=6)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.poll)
        self.hide()

    @property
    def words(self) -> str:
        """Return what it says; "" while hidden."""
        return "" if self.isHidden() else self._words.text()

    @property
    def more(self) -> str:
        """Return how many others end soon; "" where none does."""
        return self._more.text() if len(self._ending) > 1 else ""

    @property
    def first(self) -> OpenReservation | None:
        """Return the one that ends next and was not closed."""
        return self._ending[0] if self._ending else None

    def start(self) -> None:
        """Look for those that end, from now on."""
        self._timer.start()
        self.poll()

    def poll(self) -> None:
        """Look for those that end; that the server does not answer is said by others."""
        self._background.poll(self, "ending", list_ending).then(self.show_ending, lambda _error: None)

    def show_ending(self, ending: Sequence[OpenReservation]) -> None:
        """Show the first of those that were not closed."""
        self._closed &= {one.order_id for one in ending}
        self._show(tuple(one for one in ending if one.order_id not in self._closed))

    def close_message(self) -> None:
        """The person has read it: nothing is said of these any more."""
        self._closed |= {one.order_id for one in self._ending}
        self._show(())

    def _show(self, ending: tuple[OpenReservation, ...]) -> None:
        before, self._ending = self._ending, ending
        self.setVisible(bool(ending))
        if ending:
            self._say(ending[0], before)
        self.changed.emit()

    def _say(self, first: OpenReservation, before: Sequence[OpenReservation]) -> None:
        places = (place for seats in first.performances for place in seats.places)
        words = spoken_count(
            "{name}: {places} goes back on sale at {time}.",
            "{name}: {places} go back on sale at {time}.",
            first.seats,
            name=isolated(first.customer_name),
            places=spoken(tell_places(places)),
            time=shown_time(first.release_at, first.time_zone, seconds=True),
        )
        self._words.setText(breakable(words))
        more = len(self._ending) - 1
        say(self._more, spoken_count("and {count} more", "and {count} more", more) if more else "")
        if self.isVisible() and (not before or before[0].order_id != first.order_id):
            announce(self, words)
