"""Lock when nobody touches the till for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

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

    seconds: returns after how many it is over, 0: never. It is asked at each touch: what is in front may decide.
    Signals: idled().
    """

    idled = Signal()

    def __init__(self, seconds: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._started = self._paused = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idled)

    @property
    def running(self) -> bool:
        """Tell whether it is counting."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin to count, when somebody has signed in; begin anew, when something else comes in front."""
        app = QCoreApplication.instance()
        if app is not None and not self._started:
            self._started = True
            app.installEventFilter(self)
        self._count()

    def stop(self) -> None:
        """Stop counting, when nobody is signed in."""
        self._started = False
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._timer.stop()

    def pause(self, paused: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Hold the count while a payment is open; it begins anew afterwards."""
        self._paused = paused
        self._count()

    def _count(self) -> None:
        seconds = self._seconds() if self._started and not self._paused else 0
        if seconds > 0:
            self._timer.start(seconds * 1000)
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew at each touch."""
        del watched
        if event.type() in _TOUCHES:
            self._count()
        return False
