"""Whether the server answers while no screen asks it, whether its clock runs evenly, and who may go on working."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.domain.steady_clock import steady_seconds
from pos_app.services.server_time import load_clock_setback
from pos_app.services.staff.standing import load_standing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pos_app.domain.roles import Actor
    from pos_app.services.staff.standing import Standing
    from pos_app.ui.background import Background

BEAT_MS: Final = 2_000
LOST_SECONDS: Final = 7.0
"""A question that is not answered within this time counts as lost; the window says much sooner that it waits."""
JUMP_SECONDS: Final = 5.0
"""A difference between the server's clock and the steady clock of this machine that is no delay of the network."""


class Heartbeat(QObject):
    """Asks the server for its time and for the standing of who is signed in.

    Its time is compared with the clock that never jumps.

    A question that is not answered within LOST_SECONDS counts as lost, each time anew: the driver waits much longer for
    a server that is silent. A server that was away is compared with what it said before it went. clock: steady seconds,
    sleep of this computer included.
    Signals: answered(); lost(Exception); jumped(float): the server's clock went on (or back, negative) by so many
    seconds more than time has passed; behind(float): at the start the server's clock stood so many seconds before what
    this till has recorded by it. must_stop(Standing): the person is no longer what they signed in as, or the till was
    put away; told once.
    """

    answered = Signal()
    lost = Signal(object)
    jumped = Signal(float)
    behind = Signal(float)
    must_stop = Signal(object)

    def __init__(
        self,
        background: Background,
        actor: Actor,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = steady_seconds,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._actor = actor
        self._has_told_standing = False
        self._clock = clock
        self._last: tuple[datetime, float] | None = None
        self._asked: float | None = None
        """Since when the question waits that is not answered yet."""
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        """Begin, with a beat at once."""
        self._background.read(self, load_clock_setback, self._actor.till_id).then(self._on_setback, self.lost.emit)
        self._timer.start()
        self.beat()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def beat(self) -> None:
        """Ask once, unless the last question is still waiting for its answer."""
        now = self._clock()
        if self._asked is not None:
            if now - self._asked >= LOST_SECONDS:
                self.lost.emit(ServerUnreachable(say("The server does not answer.")))
            return
        self._asked = now
        self._background.poll(self, "standing", load_standing, self._actor.staff_id, self._actor.till_id).then(
            lambda standing: self._on_answer(standing, now), self._on_error
        )

    def _on_setback(self, seconds: float) -> None:
        if seconds > JUMP_SECONDS:
            self.behind.emit(seconds)

    def _on_answer(self, standing: Standing, asked: float) -> None:
        now = self._clock()
        self._asked = None
        self.answered.emit()
        if not standing.lets_work(self._actor.role) and not self._has_told_standing:
            self._has_told_standing = True
            self.must_stop.emit(standing)
        self._compare(standing.time, asked, now)

    def _compare(self, moment: datetime, asked: float, now: float) -> None:
        if now - asked > JUMP_SECONDS / 2:
            return  # too slow an answer to judge a clock by
        before, self._last = self._last, (moment, now)
        if before is None:
            return
        drift = (moment - before[0]).total_seconds() - (now - before[1])
        if abs(drift) > JUMP_SECONDS:
            self.jumped.emit(drift)

    def _on_error(self, error: Exception) -> None:
        self._asked = None
        self.lost.emit(error)
