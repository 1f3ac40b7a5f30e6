"""How long this machine itself withheld the processor: a process of its own that wants to wake every few milliseconds.

    python -I machine_watch.py

It tells the moments at which it woke late, and how many threads wanted to run at each moment. All processes of a
machine share the monotonic clock, so a gap between two frames can be compared with what this process met at the same
time: a machine that is busy holds up both, a window that waits for a server holds up only itself. A process that sleeps
most of the time is let run sooner than one that computes, hence the count: where seven threads share a core, what needs
50 ms takes 350.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Span = tuple[float, float]

BEAT_SECONDS: Final = 0.004
LATE_SECONDS: Final = 0.010
"""Less is what a wake-up costs on a quiet machine too."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the machine did. late: when the watch was not let run. crowd: how many threads shared a core, by moment."""

    late: list[Span]
    crowd: list[tuple[float, float]]

    def withheld(self, gap: Span) -> float:
        """Return for how many seconds of a gap the machine was late."""
        return sum(max(0.0, min(end, gap[1]) - max(start, gap[0])) for start, end in self.late)

    def stretch(self, gap: Span) -> float:
        """Return how many times as long as on a quiet machine computing took in a gap."""
        shares = [share for moment, share in self.crowd if gap[0] <= moment <= gap[1]]
        return sum(shares) / len(shares) if shares else 1.0


class MachineWatch:
    """The other process, seen from the test. Close it at the end."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(Path(__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def seen(self) -> Seen:
        """Return what it met since the last question; the watch goes on."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        late, crowd = json.loads(self._process.stdout.readline())
        return Seen([(start, end) for start, end in late], [(moment, share) for moment, share in crowd])

    def close(self) -> None:
        """End it."""
        self._process.communicate(timeout=90)


def main() -> None:
    late: list[Span] = []
    crowd: list[tuple[float, float]] = []
    cores = os.cpu_count() or 1
    before = time.monotonic()
    while True:
        asked, _, _ = select.select([sys.stdin], [], [], BEAT_SECONDS)
        now = time.monotonic()
        if now - before > BEAT_SECONDS + LATE_SECONDS:
            late.append((before + BEAT_SECONDS, now))
        before = now
        # Without this process, which runs just now.
        running = int(Path("/proc/loadavg").read_text(encoding="ascii").split()[3].partition("/")[0]) - 1
        crowd.append((now, max(1.0, running / cores)))
        if asked:
            if not sys.stdin.readline():
                return
            sys.stdout.write(json.dumps((late, crowd)) + "\n")
            sys.stdout.flush()
            late, crowd = [], []


if __name__ == "__main__":
    main()
