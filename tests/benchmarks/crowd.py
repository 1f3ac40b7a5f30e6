"""Many tills as processes of their own that do the same thing at the same time, each design in its turn."""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from typing import TYPE_CHECKING, Any, Final

from tests.keep_server import die_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from multiprocessing.connection import Connection
    from threading import Barrier

    Deeds = Mapping[str, Callable[[], object]]
    Prepare = Callable[[int], Deeds]

DEADLINE_SECONDS: Final = 90
_WARM_UP: Final = 3
_FORK: Final = multiprocessing.get_context("fork")


def run_together(count: int, work: Callable[[int, Barrier], Any]) -> list[Any]:
    """Run work(number, barrier) in so many forked processes; return what they return. Raises RuntimeError."""
    barrier = _FORK.Barrier(count)
    lines, processes = [], []
    for number in range(count):
        ours, theirs = _FORK.Pipe(duplex=False)
        process = _FORK.Process(target=_live, args=(work, number, barrier, theirs), daemon=True)
        process.start()
        theirs.close()
        lines.append(ours)
        processes.append(process)
    results = []
    try:
        for line in lines:
            if not line.poll(DEADLINE_SECONDS):
                raise RuntimeError(f"A till said nothing for {DEADLINE_SECONDS} s.")
            done, fact = line.recv()
            if not done:
                raise RuntimeError(f"A till failed:\n{fact}")
            results.append(fact)
    finally:
        for process in processes:
            process.join(1)
            process.kill()
    return results


def rates(count: int, prepare: Prepare, *, seconds: float, rounds: int) -> dict[str, list[float]]:
    """Return how often a second all processes together did each deed, round by round.

    The deeds take turns within each round, so that whatever else the machine does falls on all of them.
    """

    def work(number: int, barrier: Barrier) -> dict[str, list[float]]:
        deeds = prepare(number)
        for _ in range(_WARM_UP):
            for deed in deeds.values():
                deed()
        found: dict[str, list[float]] = {name: [] for name in deeds}
        for _ in range(rounds):
            for name, deed in deeds.items():
                barrier.wait(DEADLINE_SECONDS)
                found[name].append(_rate(deed, seconds))
        return found

    told = run_together(count, work)
    return {name: [sum(one[name][at] for one in told) for at in range(rounds)] for name in told[0]}


def _rate(deed: Callable[[], object], seconds: float) -> float:
    start = now = time.perf_counter()
    done = 0
    while now - start < seconds:
        deed()
        done += 1
        now = time.perf_counter()
    return done / (now - start)


def _live(work: Callable[[int, Barrier], Any], number: int, barrier: Barrier, line: Connection) -> None:
    die_with_parent()
    signal.alarm(DEADLINE_SECONDS)
    try:
        result = (True, work(number, barrier))
    except BaseException:  # noqa: BLE001 - whatever it was, the parent tells it
        barrier.abort()
        result = (False, traceback.format_exc())
    line.send(result)
    line.close()
