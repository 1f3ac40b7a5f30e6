"""A process that is stopped, and known to stand still: kill() returns before its threads have heard of the signal."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Final

STANDS_WITHIN_SECONDS: Final = 60.0


def stop(pid: int) -> None:
    """Stop a process with SIGSTOP, and return once each of its threads stands still.

    The kernel hands the signal to one thread, which stops the others once it runs: on a busy machine they work on for
    a while, and a server may still give an answer.

    Raises ProcessLookupError if there is no such process, TimeoutError if it still runs after a minute.
    """
    os.kill(pid, signal.SIGSTOP)
    end = time.monotonic() + STANDS_WITHIN_SECONDS
    while not stands_still(pid):
        if time.monotonic() > end:
            raise TimeoutError(f"The process {pid} did not stop.")
        time.sleep(0.002)


def stands_still(pid: int) -> bool:
    """Tell whether every thread of a process is stopped (T) or over (Z, X): proc(5), behind the name in brackets."""
    return all(_state(thread) in "TtZX" for thread in Path(f"/proc/{pid}/task").iterdir())


def _state(thread: Path) -> str:
    try:
        return (thread / "stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"  # it ended meanwhile
