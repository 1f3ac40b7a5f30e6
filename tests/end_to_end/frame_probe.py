"""The longest time in which a window could neither paint nor react.

A mark of two pixels in the window asks to be painted every 4 ms. Between two paintings the thread of the window did
something else: as long as it does, no click is answered and no picture moves. What the machine withheld from all
processes at that moment (see machine_watch) does not count against the window, but what its thread computed does.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent

    from tests.end_to_end.machine_watch import MachineWatch, Span

_log = logging.getLogger(__name__)

BEAT_MS: Final = 4
BOUND_MS: Final = 250.0
"""What a person just notices. A quiet machine needs a fifth of it; a wait for a server is far beyond it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without a frame, in seconds.

    computed: of the processor, used by the thread of the window; worked: by all threads of the program. withheld and
    stretch: what the machine did meanwhile, see machine_watch. delayed: for so long the thread of the window wanted to
    run and was not let, as the kernel counts it.
    """

    span: Span
    computed: float
    worked: float
    withheld: float
    stretch: float
    delayed: float = 0.0

    @property
    def own_ms(self) -> float:
        """What the window itself is to blame for."""
        lasted = self.span[1] - self.span[0]
        others = self.worked - self.computed
        excused = max(
            self.withheld + self.worked * (self.stretch - 1),
            self.delayed + others * (self.stretch - 1),
        )
        return 1000 * max(lasted - excused, min(self.computed, lasted))


class FrameProbe(QWidget):
    """The mark. No signals."""

    def __init__(self, window: QWidget, watch: MachineWatch) -> None:
        super().__init__(window)
        self._watch = watch
        self._frames: list[tuple[float, float, float, float]] = []
        self.setFixedSize(2, 2)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.update)
        self.show()

    @contextmanager
    def watching(self, story: str) -> Iterator[list[Gap]]:
        """Watch what happens in here; then the list holds the longest gap, and one beyond the bound fails the test."""
        found: list[Gap] = []
        self.start()
        yield found
        found.append(self.longest())
        gap = found[0]
        _log.info("%s: %.0f ms without a frame", story, gap.own_ms)
        assert gap.own_ms < BOUND_MS, f"{story}: the window stood still for {gap.own_ms:.0f} ms: {gap}"

    def start(self) -> None:
        """Begin anew."""
        self.raise_()
        self._watch.seen()
        self._frames = [_now()]
        self._timer.start()

    def longest(self) -> Gap:
        """End, and return the gap that the window is most to blame for."""
        self._timer.stop()
        self._frames.append(_now())
        seen = self._watch.seen()
        gaps = []
        for before, after in zip(self._frames, self._frames[1:], strict=False):
            span = before[0], after[0]
            computed, worked = after[1] - before[1], after[2] - before[2]
            gaps.append(Gap(span, computed, worked, seen.withheld(span), seen.stretch(span), after[3] - before[3]))
        return max(gaps, key=lambda gap: gap.own_ms)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Note the frame."""
        del event
        self._frames.append(_now())


def _now() -> tuple[float, float, float, float]:
    return time.monotonic(), time.thread_time(), time.process_time(), _delayed()


def _delayed() -> float:
    """Return for how many seconds this thread has wanted to run and was not let; 0 where the kernel does not tell."""
    try:
        _ran, delayed, _turns = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text().split()
    except OSError:
        return 0.0
    return int(delayed) / 1e9
