"""Whether the box office's database answers, and since when it did."""

from __future__ import annotations

import time
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from pos_app.ui.announce import announce
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.labels import set_tone, text_label
from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QShowEvent

LATE_AFTER_SECONDS: Final = 3.0
"""The server is asked every two seconds, and more often on the sell screen; silence beyond this is said."""
_LOOK_MS: Final = 250

_TONES: Final = {"online": "ok", "lost": "danger", "unknown": "muted"}


class Connection(StrEnum):
    """What is known of the connection."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    LOST = "lost"


class ConnectionState(QWidget):
    """A dot and words; counts up the seconds since the last answer. No signals."""

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._connection = Connection.UNKNOWN
        self._answered_at = 0.0
        self._short = False
        self._dot = text_label("●", "small")
        self._words = text_label("", "small")
        row(self._dot, self._words, inside=self, spacing=6)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._show)
        self._show()

    @property
    def words(self) -> str:
        """Return what is said, whether there is room for it or not."""
        return self.accessibleName()

    def show_connection(self, connection: Connection) -> None:
        """Say that the database answered just now, or that it does not."""
        changed = connection is not self._connection
        self._connection = connection
        if connection is Connection.ONLINE:
            self._answered_at = self._clock()
        self._show()
        if changed and connection is not Connection.UNKNOWN:
            announce(self, self.words, urgent=connection is Connection.LOST)

    @property
    def is_short(self) -> bool:
        """Tell whether it shows the dot only."""
        return self._short

    def set_short(self, short: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Show the dot only, where there is little room; trouble is always said in words."""
        self._short = short
        self._show()

    def _show(self) -> None:
        late = False
        if self._connection is Connection.ONLINE:
            seconds = int(self._clock() - self._answered_at)
            late = seconds >= LATE_AFTER_SECONDS
            told = self.tr("No answer for {0} s") if late else self.tr("Online · synced {0} s ago")
            words = told.format(shown_number(seconds))
        elif self._connection is Connection.LOST:
            words = self.tr("Server lost, trying again")
        else:
            words = self.tr("Connecting…")
        self._words.setVisible(not self._short or late or self._connection is Connection.LOST)
        if words == self.words:
            return
        for label in (self._dot, self._words):
            set_tone(label, "warn" if late else _TONES[self._connection.value])
        self._words.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to count."""
        super().showEvent(event)
        self._show()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting."""
        super().hideEvent(event)
        self._timer.stop()
