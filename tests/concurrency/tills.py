"""Starting real till processes, letting them go at the same moment, hearing what they say, and killing them.

Everything has a deadline: a till that hangs fails the test with what it wrote to standard error.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pos_app.domain.roles import Actor

_ROOT: Final = Path(__file__).resolve().parents[2]
DEADLINE_SECONDS: Final = 60.0


@dataclass(frozen=True)
class Job:
    """What one till shall do: deed(till, **arguments), a function of a module, as this person at this till."""

    url: str
    actor: Actor
    deed: Callable[..., Any]
    arguments: dict[str, Any] = field(default_factory=dict)


class TillProcess:
    """A till that runs somewhere else. Use open_tills."""

    def __init__(self, job: Job) -> None:
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by close()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.till"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self._heard: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._ear = threading.Thread(target=self._listen, name="ear of a till", daemon=True)
        self._ear.start()
        order = {
            "deed": f"{job.deed.__module__}:{job.deed.__qualname__}",
            "url": job.url,
            "actor": asdict(job.actor),
            "arguments": job.arguments,
            "seconds": int(DEADLINE_SECONDS) + 30,
        }
        self._write(order)

    def go(self, **facts: Any) -> None:
        """Let it begin, or go on."""
        self._write(facts)

    def hear(self, *kinds: str) -> Any:
        """Wait for the next thing it says, which must be of one of these kinds; return the fact."""
        return self._next(kinds)[1]

    def result(self) -> Any:
        """Wait for the end of the deed; return its result. A deed that was refused fails the test."""
        return self.hear("done")

    def outcome(self) -> tuple[str, Any]:
        """Wait for the end of the deed; return ("done", result) or ("refused", [name of the error, sentence])."""
        return self._next(("done", "refused"))

    def kill(self) -> list[tuple[str, Any]]:
        """End it with SIGKILL: it has no chance to tidy up. Returns what it said and nobody has heard yet."""
        self._process.kill()
        self._process.wait(timeout=DEADLINE_SECONDS)
        self._ear.join(timeout=DEADLINE_SECONDS)
        said: list[tuple[str, Any]] = []
        while line := self._heard.get(timeout=DEADLINE_SECONDS):
            if line.endswith("\n"):
                kind, fact = json.loads(line)
                said.append((kind, fact))
        return said

    def close(self) -> None:
        """End it, however far it is."""
        self._process.kill()
        self._process.wait(timeout=DEADLINE_SECONDS)
        self._ear.join(timeout=DEADLINE_SECONDS)
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue

    def _write(self, fact: Any) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(fact) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._fail("is not there any more")

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._heard.put(line)
        self._heard.put("")

    def _next(self, kinds: Sequence[str]) -> tuple[str, Any]:
        try:
            line = self._heard.get(timeout=DEADLINE_SECONDS)
        except queue.Empty:
            self._fail(f"said nothing for {DEADLINE_SECONDS} s")
        if not line:
            self._fail("ended too early")
        kind, fact = json.loads(line)
        if kind not in kinds:
            self._fail(f"said {kind} ({fact}) and not {' or '.join(kinds)}")
        return kind, fact

    def _fail(self, how: str) -> Any:
        self._process.kill()
        self._process.wait(timeout=DEADLINE_SECONDS)
        self._errors.seek(0)
        pytest.fail(f"A till {how}.\n{self._errors.read()}")


@contextmanager
def open_tills(jobs: Sequence[Job]) -> Iterator[list[TillProcess]]:
    """Give the tills, each connected and waiting for go(); at the end none is left."""
    with ExitStack() as stack:
        tills = []
        for job in jobs:
            till = TillProcess(job)
            stack.callback(till.close)
            tills.append(till)
        for till in tills:
            till.hear("ready")
        yield tills


def let_go(tills: Sequence[TillProcess], **facts: Any) -> None:
    """Let all go at the same moment."""
    for till in tills:
        till.go(**facts)


def run_together(jobs: Sequence[Job]) -> list[Any]:
    """Run all jobs at the same moment; return their results in the order of the jobs."""
    with open_tills(jobs) as tills:
        let_go(tills)
        return [till.result() for till in tills]


def wait_until(condition: Callable[[], bool], what: str, *, seconds: float = 30.0) -> None:
    """Ask again and again until it is so; fail when it does not become so."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"It did not happen within {seconds} s that {what}.")
        pause.wait(0.05)
