"""Many tills as processes of their own that do the same thing at the same time, each design in its turn."""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tests.keep_server import die_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from multiprocessing.connection import Connection
    from threading import Barrier

    Deed = Callable[[], int]
    """Returns how often it had to be tried again."""
    Prepare = Callable[[int], Mapping[str, Deed]]

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


@dataclass
class Pace:
    """How often a second a deed was done, round by round. again: how often it was tried again; failure: or why not."""

    rounds: list[float] = field(default_factory=list)
    again: int = 0
    failure: str = ""

    @property
    def mean(self) -> float:
        """The rate of all rounds."""
        return sum(self.rounds) / len(self.rounds)


def rates(count: int, prepare: Prepare, *, seconds: float, rounds: int) -> dict[str, Pace]:
    """Return how often a second all processes together did each deed.

    The deeds take turns within each round, so that whatever else the machine does falls on all of them. One that fails
    is not done any more, and the others go on.
    """

    def work(number: int, barrier: Barrier) -> dict[str, Pace]:
        deeds = prepare(number)
        found = {name: Pace() for name in deeds}
        for at in range(1 + rounds):
            for name, deed in deeds.items():
                barrier.wait(DEADLINE_SECONDS)
                if not found[name].failure:
                    _measure(deed, found[name], seconds if at else 0.0)
        return found

    told = run_together(count, work)
    return {name: _together([one[name] for one in told]) for name in told[0]}


def _measure(deed: Deed, pace: Pace, seconds: float) -> None:
    """Do a deed for so long, or only to warm it up; note what came of it."""
    try:
        if not seconds:
            for _ in range(_WARM_UP):
                deed()
            return
        start = now = time.perf_counter()
        done = 0
        while now - start < seconds:
            pace.again += deed()
            done += 1
            now = time.perf_counter()
        pace.rounds.append(done / (now - start))
    except Exception as error:  # noqa: BLE001 - whatever it was, the other deeds are measured
        pace.failure = repr(error)


def _together(paces: list[Pace]) -> Pace:
    failure = next((pace.failure for pace in paces if pace.failure), "")
    rounds = [] if failure else [sum(each) for each in zip(*(pace.rounds for pace in paces), strict=True)]
    return Pace(rounds, sum(pace.again for pace in paces), failure)


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
