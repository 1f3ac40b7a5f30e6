"""Whether the server answers while no screen asks it, and whether its clock runs evenly."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.errors import ServerUnreachable
from pos_app.services.pulse import load_server_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pos_app.ui.background import Background

BEAT_MS: Final = 4_000
JUMP_SECONDS: Final = 5.0
"""A difference between the server's clock and the steady clock of this machine that is no delay of the network."""


class Heartbeat(QObject):
    """Asks the server for its time, and compares it with the clock that never jumps.

    A question that is not answered when the next one is due counts as lost: the driver waits much longer for a server
    that is silent.
    Signals: answered(); lost(Exception); jumped(float): the server's clock went on (or back, negative) by so many
    seconds more than time has passed.
    """

    answered = Signal()
    lost = Signal(object)
    jumped = Signal(float)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._clock: Callable[[], float] = time.monotonic
        self._last: tuple[datetime, float] | None = None
        self._is_waiting = False
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        """Begin, with a beat at once."""
        self._timer.start()
        self.beat()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def beat(self) -> None:
        """Ask once."""
        if self._is_waiting:
            self.lost.emit(ServerUnreachable(self.tr("The server does not answer.")))
        self._is_waiting = True
        asked = self._clock()
        self._background.read_latest(self, "time", load_server_time).then(
            lambda moment: self._on_answer(moment, asked), self._on_error
        )

    def _on_answer(self, moment: datetime, asked: float) -> None:
        now = self._clock()
        self._is_waiting = False
        self.answered.emit()
        if now - asked > JUMP_SECONDS / 2:
            return  # too slow an answer to judge a clock by
        before, self._last = self._last, (moment, now)
        if before is None:
            return
        drift = (moment - before[0]).total_seconds() - (now - before[1])
        if abs(drift) > JUMP_SECONDS:
            self.jumped.emit(drift)

    def _on_error(self, error: Exception) -> None:
        self._last = None
        self._is_waiting = False
        self.lost.emit(error)
