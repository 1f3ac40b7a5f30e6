"""Lock when nobody touches the till for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent

if TYPE_CHECKING:
    from collections.abc import Callable

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


class IdleLock(QObject):
    """Counts the seconds since the last touch while it is running.

    seconds: after how many it is over, 0: never. shown: returns the key of the screen in front, which may have others.
    Signals: idled().
    """

    idled = Signal()

    def __init__(self, seconds: int, shown: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._seconds_of: dict[str, int] = {}
        self._shown = shown
        self._started = self._paused = self._listens = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idled)

    @property
    def running(self) -> bool:
        """Tell whether it is counting."""
        return self._timer.isActive()

    def set_seconds(self, screen: str, seconds: int) -> None:
        """Let one screen have its own seconds, 0: never."""
        self._seconds_of[screen] = seconds
        self._count()

    def start(self) -> None:
        """Begin to count, when somebody has signed in; begin anew, when something else comes in front."""
        self._started = True
        self._count()

    def stop(self) -> None:
        """Stop counting, when nobody is signed in."""
        self._started = False
        self._count()

    def pause(self, paused: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Hold the count while a payment is open; it begins anew afterwards."""
        self._paused = paused
        self._count()

    def _count(self) -> None:
        """Begin anew; while nothing is counted, nothing is listened to."""
        counts = self._started and not self._paused
        seconds = self._seconds_of.get(self._shown(), self._seconds) if counts else 0
        self._listen(seconds > 0)
        if seconds > 0:
            self._timer.start(seconds * 1000)
        else:
            self._timer.stop()

    def _listen(self, listens: bool) -> None:  # noqa: FBT001 - a plain state
        app = QCoreApplication.instance()
        if app is None or listens == self._listens:
            return
        self._listens = listens
        if listens:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew at each touch."""
        del watched
        # Every event of the program comes by here: most are told apart by their class alone, which costs least.
        if isinstance(event, QInputEvent) and event.type() in _TOUCHES:
            self._count()
        return False
