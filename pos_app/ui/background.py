"""The only place where the windows meet threads: run services off the GUI thread and bring the outcome back to it.

A worker never touches a widget: it runs the job of a number, and answers with the number and an outcome.
Owners, jobs and callbacks stay in a table of the GUI thread.
"""

from __future__ import annotations

import itertools
import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, ParamSpec, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from pos_app.domain.errors import ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.ui.qt_types import make_types
from pos_app.ui.server_answers import server_answers
from pos_app.ui.transactor import for_any_session
from pos_app.ui.write_turns import WriteTurns

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.ui.transactor import Session, Transactor

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Session")
"""What a service takes first; whoever passes anything but its session there is told by the type checker."""
D = TypeVar("D", bound="Transactor")
"""What a flow takes first."""

_log = logging.getLogger(__name__)

SLOW_AFTER_SECONDS: Final = 1.0
_READERS, _HELPERS = 3, 2
HANG_UP_SECONDS: Final = 0.1
"""How often hanging up is repeated while threads still wait: a line that was just being made is missed."""


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


class Reply(Generic[R]):
    """The promise of an outcome; its callbacks run on the GUI thread."""

    def __init__(self, owner: QObject, kind: str) -> None:
        self.owner = owner
        self.kind = kind
        self.started = time.monotonic()
        self.cancelled = False
        self.job: Callable[[], object] | None = None
        self._on_done: Callable[[R], object] | None = None
        self._on_error: Callable[[Exception], object] | None = None

    def then(
        self, on_done: Callable[[R], object] | None = None, on_error: Callable[[Exception], object] | None = None
    ) -> Reply[R]:
        """Say what to do with the result, and with an error; an error without on_error goes to Background.unhandled."""
        self._on_done = on_done
        self._on_error = on_error
        return self

    def cancel(self) -> None:
        """Drop the outcome. A write runs all the same, and its outcome then counts as orphaned."""
        self.cancelled = True

    @property
    def wanted(self) -> bool:
        """Tell whether the outcome still interests its owner."""
        return not self.cancelled and isValid(self.owner)

    def deliver(self, outcome: object) -> Exception | None:
        """Call back with the outcome; returns the error that nobody handled."""
        if isinstance(outcome, _Failed):
            if self._on_error is None:
                return outcome.error
            self._on_error(outcome.error)
        elif self._on_done is not None:
            self._on_done(cast("R", outcome))
        return None


class Background(QObject):
    """Writes keep the order of the clicks on one thread; reads, polls, remotes, notes and sums have others.

    Where a write does not reach the server, those asked for behind it end as ServerUnreachable too (see WriteTurns).

    Signals:
        unhandled(Exception): an error came that its owner did not ask for.
        orphaned(object): a write ended after its owner was gone; the outcome, or the Exception.
        busy_changed(bool): something has been running for over a second, or no longer.
    """

    unhandled = Signal(object)
    orphaned = Signal(object)
    busy_changed = Signal(bool)
    _finished = Signal(int, object)

    def __init__(self, database: Transactor | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        make_types()  # before the first thread, which may import a part of the window while another is painted
        self._database = database
        self._writes = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._reads = ThreadPoolExecutor(_READERS, thread_name_prefix="read")
        self._polls = ThreadPoolExecutor(1, thread_name_prefix="poll")
        self._talks = ThreadPoolExecutor(_HELPERS, thread_name_prefix="outside")
        self._sums = ThreadPoolExecutor(_HELPERS, thread_name_prefix="compute")
        self._jots = ThreadPoolExecutor(1, thread_name_prefix="jot")
        self._jobs: list[tuple[ThreadPoolExecutor, Future[None]]] = []
        self._numbers = itertools.count(1)
        self._replies: dict[int, Reply[Any]] = {}
        self._latest: dict[tuple[int, str], Reply[Any]] = {}
        self._turns = WriteTurns()
        self._answers = server_answers()
        self._busy = self._closed = False
        self._watch = QTimer(self, interval=250)
        self._watch.timeout.connect(self._on_watch)
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Tell whether something has been running for over a second."""
        return self._busy

    def use(self, database: Transactor) -> None:
        """Take a database from now on; before that, reads and writes answer with ServerUnreachable."""
        self._database = database

    def write(
        self, owner: QObject, service: Callable[Concatenate[S, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Reply[R]:
        """Run a service that changes something, in one transaction, after every write asked for before it."""
        job = self._turns.in_turn(self._transact, service, *args, **kwargs)
        return self._submit(self._writes, Reply(owner, "write"), job)

    def read(
        self, owner: QObject, service: Callable[Concatenate[S, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Reply[R]:
        """Run a service that only reads; the result is dropped when its owner is gone."""
        return self._submit(self._reads, Reply(owner, "read"), partial(self._read, service, *args, **kwargs))

    def read_latest(
        self, owner: QObject, key: str, service: Callable[Concatenate[S, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Reply[R]:
        """Read, and drop what the same owner asked for before under the same key: only the newest answer counts."""
        reply: Reply[R] = self._newest(owner, key)
        return self._submit(self._reads, reply, partial(self._read, service, *args, **kwargs))

    def poll(
        self, owner: QObject, key: str, service: Callable[Concatenate[S, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Reply[R]:
        """Read what nobody asked for, as read_latest() does: polls take turns, on the line that is kept at rest.

        However long one of them waits, what a person asks for is not held up.
        """
        reply: Reply[R] = self._newest(owner, key)
        return self._submit(self._polls, reply, partial(self._poll, service, *args, **kwargs))

    def _newest(self, owner: QObject, key: str) -> Reply[R]:
        """Return a new reply, and drop the one of before under the same key."""
        slot = (id(owner), key)
        if slot in self._latest:
            self._latest[slot].cancel()
        reply: Reply[R] = Reply(owner, "read")
        self._latest[slot] = reply
        return reply

    def run_flow(
        self, owner: QObject, flow: Callable[Concatenate[D, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Reply[R]:
        """Run a flow (transaction, talk, transaction) on the write thread; its first argument is the database."""
        return self._submit(self._writes, Reply(owner, "write"), self._turns.in_turn(self._flow, flow, *args, **kwargs))

    def talk(
        self, owner: QObject, flow: Callable[Concatenate[D, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> Reply[R]:
        """Run a flow that changes nothing in the database where remotes are talked to: however long, no write waits."""
        return self._submit(self._talks, Reply(owner, "outside"), partial(self._flow, flow, *args, **kwargs))

    def outside(self, owner: QObject, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Reply[R]:
        """Run what only talks to a remote, a printer or a file, without a session."""
        return self._submit(self._talks, Reply(owner, "outside"), partial(function, *args, **kwargs))

    def compute(self, owner: QObject, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Reply[R]:
        """Run what only computes; a printer that hangs does not hold it up. Dropped when its owner is gone."""
        return self._submit(self._sums, Reply(owner, "read"), partial(function, *args, **kwargs))

    def jot(self, owner: QObject, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Reply[R]:
        """Write down or read on this computer, in the order of asking; no server and no printer holds it up."""
        return self._submit(self._jots, Reply(owner, "outside"), partial(function, *args, **kwargs))

    def shut_down(self, *, patience: float | None = None, hang_up: Callable[[], object] = lambda: None) -> None:
        """Finish the writes and the remotes, drop the rest, deliver what came in meanwhile, and leave no thread.

        hang_up: wakes the threads that wait for the server; called when the writes are done, or have not ended within
        `patience` seconds (None: however long they take).
        """
        self._closed = True
        self._watch.stop()
        for reply in self._replies.values():
            if reply.kind == "read":
                reply.cancel()
        for pool in (self._reads, self._polls, self._sums):
            pool.shutdown(wait=False, cancel_futures=True)
        wait([job for pool, job in self._jobs if pool is self._writes], timeout=patience)
        hang_up()
        # wait() would wait for what was cancelled before it began, for ever.
        while running := [job for pool, job in self._jobs if pool is not self._talks and not job.done()]:
            wait(running, timeout=HANG_UP_SECONDS)
            hang_up()
        for pool in (self._writes, self._talks, self._reads, self._polls, self._sums, self._jots):
            pool.shutdown(wait=True)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
        self._replies.clear()

    def _transact(self, service: Callable[Concatenate[S, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        return self._answers.listen(self._connected().transact, for_any_session(service), *args, **kwargs)

    def _read(self, service: Callable[Concatenate[S, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        return self._answers.listen(self._connected().read, for_any_session(service), *args, **kwargs)

    def _poll(self, service: Callable[Concatenate[S, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        return self._answers.listen(self._connected().at_rest.read, for_any_session(service), *args, **kwargs)

    def _flow(self, flow: Callable[Concatenate[D, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        return flow(cast("D", self._connected()), *args, **kwargs)

    def _connected(self) -> Transactor:
        if self._database is None:
            raise ServerUnreachable(
                say("There is no connection to the box office yet."), advice=say("Try again in a moment.")
            )
        return self._database

    def _submit(self, pool: ThreadPoolExecutor, reply: Reply[R], job: Callable[[], R]) -> Reply[R]:
        if self._closed:
            reply.cancel()
            _log.warning("Asked to work after closing; nothing was done.")
            return reply
        number = next(self._numbers)
        self._replies[number], reply.job = reply, job
        self._jobs = [one for one in self._jobs if not one[1].done()]
        self._jobs.append((pool, pool.submit(self._work, number)))
        if not self._watch.isActive():
            self._watch.start()
        return reply

    def _work(self, number: int) -> None:
        reply = self._replies.get(number)
        job = None if reply is None or (reply.cancelled and reply.kind == "read") else reply.job
        # A worker must not be the one that lets go of a widget, or of a job that knows one: it would be destroyed here.
        del reply
        outcome: object = None
        try:
            outcome = None if job is None else job()
        except Exception as error:  # noqa: BLE001 - every error travels to the GUI thread and is judged there
            outcome = _Failed(error)
        del job
        self._finished.emit(number, outcome)

    def _on_finished(self, number: int, outcome: object) -> None:
        reply = self._replies.pop(number)
        self._latest = {slot: latest for slot, latest in self._latest.items() if latest is not reply}
        self._on_watch()
        if isinstance(outcome, _Failed) and reply.kind == "write":
            self._turns.note_told()
        if reply.wanted:
            error = reply.deliver(outcome)
            if error is not None:
                self.unhandled.emit(error)
        elif reply.kind == "write" or (reply.kind == "outside" and isinstance(outcome, _Failed)):
            self.orphaned.emit(outcome.error if isinstance(outcome, _Failed) else outcome)

    def _on_watch(self) -> None:
        oldest = min((reply.started for reply in self._replies.values()), default=None)
        busy = oldest is not None and time.monotonic() - oldest > SLOW_AFTER_SECONDS
        if oldest is None:
            self._watch.stop()
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)
