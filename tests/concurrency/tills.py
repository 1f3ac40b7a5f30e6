"""Starting real till processes, letting them go at the same moment, hearing what they say, and killing them.

Everything has a deadline: a till that hangs fails the test with what it wrote to standard error.
"""

from __future__ import annotations

import json
import os
import queue
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests import standstill
from tests.concurrency.nursery import PID_BYTES

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


class Nursery:
    """The process that till processes are forked from; it starts with the first till. Close it at the end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def fork(self, *files: int) -> int:
        """Start a till with these as its standard input, output and error; return the number of its process."""
        if self._line is None:
            self._line, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "tests.concurrency.nursery", str(theirs.fileno())],
                    cwd=_ROOT,
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                )
            self._line.settimeout(DEADLINE_SECONDS)
        socket.send_fds(self._line, [b"."], files)
        pid = self._line.recv(PID_BYTES, socket.MSG_WAITALL)
        if len(pid) < PID_BYTES:
            pytest.fail("The nursery of the tills is gone.")
        return int.from_bytes(pid, "little")

    def close(self) -> None:
        """End it; tills that still live die with it."""
        if self._line is not None and self._process is not None:
            self._line.close()
            self._process.wait(timeout=DEADLINE_SECONDS)
        self._process = self._line = None


NURSERY: Final = Nursery()


class TillProcess:
    """A till that runs somewhere else. Use open_tills."""

    def __init__(self, job: Job) -> None:
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by close()
        its_input, our_output = os.pipe()
        our_input, its_output = os.pipe()
        try:
            # A handle on the process, because its number may belong to another one once it has ended.
            self._pid = NURSERY.fork(its_input, its_output, self._errors.fileno())
            self._handle = os.pidfd_open(self._pid)
        finally:
            os.close(its_input)
            os.close(its_output)
            self._output = os.fdopen(our_output, "w")
            self._input = os.fdopen(our_input)
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

    def hear_either(self, *kinds: str) -> tuple[str, Any]:
        """Wait for the next thing it says, which must be of one of these kinds; return the kind and the fact."""
        return self._next(kinds)

    def result(self) -> Any:
        """Wait for the end of the deed; return its result. A deed that was refused fails the test."""
        return self.hear("done")

    def outcome(self) -> tuple[str, Any]:
        """Wait for the end of the deed; return ("done", result) or ("refused", [name of the error, sentence])."""
        return self._next(("done", "refused"))

    def freeze(self) -> None:
        """Stop it with SIGSTOP: it keeps its connection and its locks, and does nothing."""
        standstill.stop(self._pid)

    def thaw(self) -> None:
        """Let it go on as if nothing had been."""
        signal.pidfd_send_signal(self._handle, signal.SIGCONT)

    def kill(self) -> list[tuple[str, Any]]:
        """End it with SIGKILL: it has no chance to tidy up. Returns what it said and nobody has heard yet."""
        self._end()
        said: list[tuple[str, Any]] = []
        while line := self._heard.get(timeout=DEADLINE_SECONDS):
            if line.endswith("\n"):
                kind, fact = json.loads(line)
                said.append((kind, fact))
        return said

    def close(self) -> None:
        """End it, however far it is."""
        self._end()
        os.close(self._handle)
        self._input.close()
        self._errors.close()
        with suppress(BrokenPipeError):
            self._output.close()

    def _end(self) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        if not select.select([self._handle], [], [], DEADLINE_SECONDS)[0]:
            pytest.fail("A till outlived SIGKILL.")
        self._ear.join(timeout=DEADLINE_SECONDS)

    def _write(self, fact: Any) -> None:
        try:
            self._output.write(json.dumps(fact) + "\n")
            self._output.flush()
        except BrokenPipeError:
            self._fail("is not there any more")

    def _listen(self) -> None:
        for line in self._input:
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
        self._end()
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


def wait_until(condition: Callable[[], bool], what: str, *, seconds: float = 30.0, every: float = 0.05) -> None:
    """Ask again and again until it is so; fail when it does not become so."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"It did not happen within {seconds} s that {what}.")
        pause.wait(every)
