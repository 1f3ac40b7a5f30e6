"""Lock when nobody touches the till for a while."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

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
    """Counts the seconds since the last touch while it is running; 0 seconds means never.

    Signals: idled().
    """

    idled = Signal()

    def __init__(self, seconds: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paused = False
        self._timer = QTimer(self, singleShot=True, interval=max(0, seconds) * 1000)
        self._timer.timeout.connect(self.idled)

    @property
    def running(self) -> bool:
        """Tell whether it is counting."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin to count, when somebody has signed in."""
        app = QCoreApplication.instance()
        if self._timer.interval() and app is not None:
            app.installEventFilter(self)
            if not self._paused:
                self._timer.start()

    def stop(self) -> None:
        """Stop counting, when nobody is signed in."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._timer.stop()

    def pause(self, paused: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Hold the count while a payment is open; it begins anew afterwards."""
        self._paused = paused
        if paused:
            self._timer.stop()
        elif self._timer.interval():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew at each touch."""
        del watched
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False
