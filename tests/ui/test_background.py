from __future__ import annotations

import threading
import time
from concurrent.futures import wait
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtTest import QSignalSpy

from pos_app.domain.errors import SeatsTaken, ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.ui.background import Background
from pos_app.ui.server_answers import server_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.ui.transactor import Transactor

P = ParamSpec("P")
R = TypeVar("R")

_NO_SESSION = cast("Session", None)


def _the_real_database_fits(database: Database) -> Transactor:
    """Types only: mypy compares the two."""
    return database


class PlainDatabase:
    """Runs services without a database and notes which way they came."""

    def __init__(self) -> None:
        self.ways: list[str] = []

    @property
    def at_rest(self) -> PlainDatabase:
        self.ways.append("at rest")
        return self

    def transact(self, service: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        self.ways.append("transact")
        return service(_NO_SESSION, *args, **kwargs)

    def read(self, service: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        self.ways.append("read")
        return service(_NO_SESSION, *args, **kwargs)


@pytest.fixture
def database() -> PlainDatabase:
    return PlainDatabase()


@pytest.fixture
def background(qapp: object, database: PlainDatabase) -> Iterator[Background]:
    background = Background(database)
    yield background
    background.shut_down()


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Hold workers back until it is set."""
    gate = threading.Event()
    yield gate
    gate.set()


def _destroy(owner: QObject) -> None:
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)


def _twice(_session: Session, number: int) -> int:
    return number * 2


def _refuse(_session: Session) -> None:
    raise SeatsTaken(say("Row G, seat 18 went to somebody else."), advice=say("Choose another seat."))


def _after(_session: Session, gate: threading.Event, number: int) -> int:
    assert gate.wait(10)
    return number


def test_a_result_comes_back_on_the_gui_thread(qtbot: QtBot, background: Background, database: PlainDatabase) -> None:
    owner = QObject()
    results: list[tuple[int, threading.Thread]] = []
    background.write(owner, _twice, 21).then(lambda result: results.append((result, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(results))
    assert results == [(42, threading.main_thread())]
    assert database.ways == ["transact"]


def test_reads_go_the_reading_way(qtbot: QtBot, background: Background, database: PlainDatabase) -> None:
    owner = QObject()
    results: list[Any] = []
    background.read(owner, _twice, 1).then(results.append)
    qtbot.waitUntil(lambda: results == [2])
    assert database.ways == ["read"]


def test_writes_keep_the_order_of_the_clicks(qtbot: QtBot, background: Background, gate: threading.Event) -> None:
    owner = QObject()
    done: list[Any] = []
    background.write(owner, _after, gate, 0).then(done.append)
    for number in range(1, 20):
        background.write(owner, _twice, number).then(done.append)
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == [0, *range(2, 40, 2)]


def test_reads_overtake_a_write_that_waits(qtbot: QtBot, background: Background, gate: threading.Event) -> None:
    owner = QObject()
    done: list[Any] = []
    background.write(owner, _after, gate, 1).then(done.append)
    background.read(owner, _twice, 5).then(done.append)
    qtbot.waitUntil(lambda: done == [10])
    gate.set()
    qtbot.waitUntil(lambda: done == [10, 1])


def test_an_error_reaches_the_one_who_asked(qtbot: QtBot, background: Background) -> None:
    owner = QObject()
    errors: list[Any] = []
    unhandled: list[Exception] = []
    background.unhandled.connect(unhandled.append)
    background.write(owner, _refuse).then(on_error=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], SeatsTaken)
    assert unhandled == []


def test_an_error_that_nobody_handles_has_a_destination(qtbot: QtBot, background: Background) -> None:
    owner = QObject()
    with qtbot.waitSignal(background.unhandled) as blocker:
        background.read(owner, _refuse)
    assert blocker.args is not None
    assert isinstance(blocker.args[0], SeatsTaken)


def test_a_read_is_dropped_when_its_owner_is_gone(qtbot: QtBot, background: Background, gate: threading.Event) -> None:
    owner, other = QObject(), QObject()
    seen: list[object] = []
    background.orphaned.connect(seen.append)
    background.read(owner, _after, gate, 1).then(seen.append)
    _destroy(owner)
    gate.set()
    done: list[int] = []
    qtbot.waitUntil(lambda: not background._replies)
    background.read(other, _twice, 1).then(done.append)
    qtbot.waitUntil(lambda: done == [2])
    assert seen == []


@pytest.mark.parametrize("service", [_twice, _refuse])
def test_a_write_whose_owner_is_gone_is_not_swallowed(
    qtbot: QtBot, background: Background, gate: threading.Event, service: Callable[..., Any]
) -> None:
    owner = QObject()
    called: list[Any] = []
    background.write(owner, _after, gate, 0).then(called.append, called.append)
    args = (4,) if service is _twice else ()
    background.write(owner, service, *args).then(called.append, called.append)
    _destroy(owner)
    seen: list[object] = []
    background.orphaned.connect(seen.append)
    gate.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert called == []
    assert seen[1] == 8 or isinstance(seen[1], SeatsTaken)


def test_only_the_newest_of_several_answers_counts(qtbot: QtBot, background: Background, gate: threading.Event) -> None:
    owner = QObject()
    done: list[Any] = []
    for number in range(6):
        background.read_latest(owner, "map", _after, gate, number).then(done.append)
    background.read_latest(owner, "list", _after, gate, 100).then(done.append)
    gate.set()
    qtbot.waitUntil(lambda: not background._replies)
    assert sorted(done) == [5, 100]
    assert background._latest == {}


def test_a_flow_gets_the_database_itself(qtbot: QtBot, background: Background, database: PlainDatabase) -> None:
    def flow(used: Database, number: int) -> tuple[bool, int, str]:
        return cast("object", used) is database, used.transact(_twice, number), threading.current_thread().name

    owner = QObject()
    done: list[Any] = []
    background.run_flow(owner, flow, 3).then(done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert done[0][:2] == (True, 6)
    assert done[0][2].startswith("write")


def test_what_talks_outside_has_no_session_and_no_place_in_the_queue(
    qtbot: QtBot, background: Background, gate: threading.Event
) -> None:
    owner = QObject()
    done: list[Any] = []
    background.write(owner, _after, gate, 1)
    background.outside(owner, str.upper, "printed").then(done.append)
    qtbot.waitUntil(lambda: done == ["PRINTED"])


def test_before_there_is_a_database_the_answer_says_so(qtbot: QtBot, database: PlainDatabase) -> None:
    background = Background()
    owner = QObject()
    errors: list[Exception] = []
    background.read(owner, _twice, 1).then(on_error=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ServerUnreachable)
    background.use(database)
    done: list[int] = []
    background.read(owner, _twice, 1).then(done.append)
    qtbot.waitUntil(lambda: done == [2])
    background.shut_down()


def test_long_work_is_announced_and_its_end_too(qtbot: QtBot, background: Background, gate: threading.Event) -> None:
    owner = QObject()
    with qtbot.waitSignal(background.busy_changed, check_params_cb=lambda busy: busy):
        background.write(owner, _after, gate, 1)
    assert background.busy
    with qtbot.waitSignal(background.busy_changed, check_params_cb=lambda busy: not busy):
        gate.set()
    assert not background.busy


def test_shutting_down_waits_for_writes_and_delivers_them(qtbot: QtBot, database: PlainDatabase) -> None:
    background = Background(database)
    owner = QObject()
    done: list[Any] = []
    for number in range(5):
        background.write(owner, _twice, number).then(done.append)
    background.shut_down()
    assert done == [0, 2, 4, 6, 8]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("write", "read", "outside"))]
    background.write(owner, _twice, 1).then(done.append)
    assert len(done) == 5


def test_a_widget_is_never_let_go_of_by_a_worker(qtbot: QtBot, background: Background) -> None:
    destroyed_on: list[str] = []

    def ask() -> None:
        owner = QObject()
        owner.destroyed.connect(lambda: destroyed_on.append(threading.current_thread().name))
        background.read(owner, _twice, 1)

    for _ in range(200):
        ask()
    qtbot.waitUntil(lambda: len(destroyed_on) == 200)
    assert set(destroyed_on) == {threading.main_thread().name}


class _Drawer(QObject):
    """Knows how to do something, and where it was let go of."""

    def __init__(self, let_go_on: list[str]) -> None:
        super().__init__()
        self._let_go_on = let_go_on

    def draw(self) -> None:
        pass

    def __del__(self) -> None:
        self._let_go_on.append(threading.current_thread().name)


def test_nor_one_that_only_its_job_still_knows(qtbot: QtBot, background: Background) -> None:
    let_go_on: list[str] = []
    owner = QObject()
    for _ in range(200):
        background.outside(owner, _Drawer(let_go_on).draw)
    qtbot.waitUntil(lambda: len(let_go_on) == 200)
    assert set(let_go_on) == {threading.main_thread().name}


def test_closing_hangs_up_on_a_silent_server_and_forgets_what_still_waited_for_its_turn(qtbot: QtBot) -> None:
    del qtbot
    answered = threading.Event()
    asked: list[int] = []

    def wait_for_the_server(_session: Session, number: int) -> None:
        asked.append(number)
        answered.wait(20)

    background, owner = Background(PlainDatabase()), QObject()
    for number in range(6):
        background.read(owner, wait_for_the_server, number)
    background.write(owner, wait_for_the_server, 6)
    start = time.monotonic()
    background.shut_down(patience=0.1, hang_up=answered.set)
    assert time.monotonic() - start < 5
    assert 6 in asked
    assert len(asked) < 7


class TestWritesBehindOneThatFailed:
    @staticmethod
    def _lose(_session: Session, gate: threading.Event) -> None:
        assert gate.wait(10)
        raise ServerUnreachable(say("The server cannot be reached."), advice=say("Nothing was changed."))

    def test_what_waited_behind_a_lost_server_is_not_made_when_it_is_back(
        self, qtbot: QtBot, background: Background, database: PlainDatabase, gate: threading.Event
    ) -> None:
        owner, errors, done = QObject(), list[Exception](), list[Any]()
        background.write(owner, self._lose, gate).then(done.append, errors.append)
        for number in range(3):
            background.write(owner, _twice, number).then(done.append, errors.append)
        background.run_flow(owner, lambda used: used.transact(_twice, 4)).then(done.append, errors.append)
        gate.set()
        qtbot.waitUntil(lambda: len(errors) == 5)
        assert done == []
        assert all(isinstance(error, ServerUnreachable) for error in errors)
        assert all("Nothing was changed" in str(error) for error in errors)
        assert database.ways == ["transact"]

    def test_what_is_asked_for_before_the_failure_is_told_is_not_made_either(
        self, qtbot: QtBot, background: Background, gate: threading.Event
    ) -> None:
        owner, errors, done = QObject(), list[Exception](), list[Any]()
        gate.set()
        background.write(owner, self._lose, gate).then(done.append, errors.append)
        # The thread has failed by now, and this one of the window has not heard of it.
        wait([job for _pool, job in background._jobs], timeout=90)
        background.write(owner, _twice, 1).then(done.append, errors.append)
        qtbot.waitUntil(lambda: len(errors) == 2)
        assert done == []

    def test_what_is_asked_for_after_it_was_told_is_tried(
        self, qtbot: QtBot, background: Background, gate: threading.Event
    ) -> None:
        owner, done = QObject(), list[Any]()
        gate.set()

        def once_more(_error: Exception) -> None:
            background.write(owner, _twice, 4).then(done.append)

        background.write(owner, self._lose, gate).then(None, once_more)
        qtbot.waitUntil(lambda: done == [8])

    def test_a_refusal_holds_up_nobody(self, qtbot: QtBot, background: Background) -> None:
        owner, errors, done = QObject(), list[Exception](), list[Any]()
        background.write(owner, _refuse).then(done.append, errors.append)
        background.write(owner, _twice, 3).then(done.append, errors.append)
        qtbot.waitUntil(lambda: done == [6])
        assert len(errors) == 1


@pytest.mark.parametrize(
    ("service", "answers"), [(_twice, True), (_refuse, True), (TestWritesBehindOneThatFailed._lose, False)]
)
def test_whoever_waits_for_the_server_hears_of_each_answer(
    qtbot: QtBot, background: Background, gate: threading.Event, service: Callable[..., Any], *, answers: bool
) -> None:
    heard = QSignalSpy(server_answers().answered)
    gate.set()
    owner, ended = QObject(), list[Any]()
    args = {_twice: (1,), _refuse: ()}.get(service, (gate,))
    background.read(owner, service, *args).then(ended.append, ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    QCoreApplication.sendPostedEvents(server_answers(), QEvent.Type.MetaCall)
    assert bool(heard.count()) is answers
