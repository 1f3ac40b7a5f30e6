"""Two gates and two hundred scans, while the server falls silent: no wrong verdict, no lost scan, nobody in twice."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import select

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import CheckIn
from pos_app.domain.door.check_in import Reason, Verdict
from tests.concurrency.conftest import Arena
from tests.concurrency.door_deeds import stand_at_gate
from tests.concurrency.evening_scans import GATES, Evening
from tests.concurrency.tills import Job, TillProcess, open_tills
from tests.end_to_end.silence import Silence
from tests.schemas import make_schema
from tests.servers import KeptServer, another_server
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from tests.concurrency.evening_scans import Ask, Round, Told

pytestmark = [pytest.mark.server, pytest.mark.slow]

SCANS: Final = 200
SILENT_SECONDS: Final = 3.0
"""Three times as long as these gates wait for an answer."""
Answers = list[tuple["Ask", "Told"]]


@pytest.fixture
def own_server() -> Iterator[KeptServer]:
    """Start a server that only this test uses."""
    with another_server() as kept:
        yield kept


@pytest.fixture
def arena(own_server: KeptServer) -> Iterator[Arena]:
    with own_server.server.fresh_database() as url, closing(Database(parse_address(url))) as database:
        make_schema(database)
        yield Arena(url, database, database.transact(partial(build_small_house, rows=12, seats_per_row=20)))


class Gates:
    """The two gates, and all that they were told."""

    def __init__(self, tills: Sequence[TillProcess]) -> None:
        self._tills = tills
        self.answers: list[Answers] = [[] for _ in tills]

    def scan(
        self,
        rounds: Sequence[Round],
        before: AbstractContextManager[object] | None = None,
        meanwhile: AbstractContextManager[object] | None = None,
        silence: Silence | None = None,
    ) -> Answers:
        """Let both gates scan, each as fast as it can; return what was told.

        before: what is entered before they begin; meanwhile: once the first gate has its first verdict. silence: into
        which they scan, and which ends once each has missed an answer.
        """
        lists: list[tuple[Ask, ...]] = list(zip(*rounds, strict=True))
        done: Answers = []
        with before or (nullcontext() if silence is None else silence.falls()):
            for till, asks in zip(self._tills, lists, strict=True):
                till.go(scans=[ask.as_scan() for ask in asks], tells=silence is not None)
            if silence is not None:
                for till in self._tills:
                    till.hear("unanswered")
                silence.end()
            told = self._tills[0].hear("verdict")
            with meanwhile or nullcontext():
                for number, (till, asks) in enumerate(zip(self._tills, lists, strict=True)):
                    heard = [told] if not number else []
                    heard += [till.hear("verdict") for _ in asks[len(heard) :]]
                    self.answers[number] += zip(asks, heard, strict=True)
                    done += zip(asks, heard, strict=True)
        return done

    def scan_in_step(self, rounds: Sequence[Round]) -> Answers:
        """Let both gates scan one code each, and the next one when both have their verdict; return what was told."""
        return [one for some in rounds for one in self.scan([some])]


@contextmanager
def _at_once(deed: Callable[[], None]) -> Iterator[None]:
    """Do something beside what is done in here."""
    thread = threading.Thread(target=deed)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _require_right(answers: Answers) -> None:
    wrong = [f"{ask.what}: {told}" for ask, told in answers if not ask.is_right(told)]
    assert wrong == []


def _require_one_of_two_in(answers: Answers) -> None:
    """Of each code that both gates scanned one guest came in, and the other gate named the first."""
    told_of = defaultdict(list)
    for ask, told in answers:
        told_of[ask.code].append(told)
    for both in told_of.values():
        assert Counter(one["verdict"] for one in both) == {Verdict.ADMITTED: 1, Verdict.ALREADY_USED: 1}
        (used,) = (one for one in both if one["verdict"] == Verdict.ALREADY_USED)
        assert (used["used_gate"] in GATES, used["used_here"]) == (True, False)


def _stored(session: Session) -> list[Any]:
    return list(
        session.execute(
            select(CheckIn.nonce, CheckIn.gate, CheckIn.ticket_id, CheckIn.verdict, CheckIn.reason).order_by(CheckIn.id)
        )
    )


def _require_each_stored_once(arena: Arena, gates: Gates) -> None:
    wanted = [
        (ask.nonce, gate, *_as_stored(told))
        for gate, answers in zip(GATES, gates.answers, strict=True)
        for ask, told in answers
    ]
    assert len(wanted) == SCANS
    stored = arena.database.read(_stored)
    assert sorted((row.nonce, row.gate, row.verdict, row.reason) for row in stored) == sorted(wanted)
    moves = defaultdict(list)
    for row in stored:
        if row.verdict in {Verdict.ADMITTED, Verdict.LEFT}:
            moves[row.ticket_id].append(row.verdict)
    for ticket, made in moves.items():
        # In, out, in, out: nobody came in who was inside.
        assert made == [(Verdict.ADMITTED, Verdict.LEFT)[at % 2] for at in range(len(made))], ticket


def _as_stored(told: Told) -> tuple[str, str]:
    if told["repeated"]:
        return Verdict.ALREADY_USED, Reason.SAME_GUEST
    return told["verdict"], told["reason"]


def test_two_gates_judge_two_hundred_scans_rightly_while_the_server_falls_silent(
    arena: Arena, own_server: KeptServer
) -> None:
    evening, silence = Evening(arena), Silence(own_server)
    first, then = evening.let_in(10)
    early = [*first, *evening.shown_twice(5), *evening.printed_anew(4), *evening.refused(3)]
    late = [*then, *evening.out_and_in(4), *evening.old_codes(4), evening.short_codes()]
    contests = [evening.contested(count) for count in (5, 4, 4)]
    anew, papers = evening.papers(2)
    evening.call_gala_off()
    jobs = [
        Job(arena.url, actor, stand_at_gate, {"gate": gate})
        for gate, actor in zip(GATES, arena.actors(arena.house.steward, 2), strict=True)
    ]
    with open_tills(jobs) as tills:
        gates = Gates(tills)
        for till in tills:
            till.go()
        _require_right(gates.scan_in_step(early))
        # The server stops before the scans come; while they come; and not at all.
        frozen = gates.scan(contests[0], silence=silence)
        assert max(told["tries"] for _, told in frozen) > 1
        frozen += gates.scan(contests[1], meanwhile=silence.falls(SILENT_SECONDS))
        frozen += gates.scan(contests[2])
        _require_right(frozen)
        _require_one_of_two_in(frozen)
        _require_right(gates.scan(papers, before=_at_once(lambda: evening.reprint(anew))))
        _require_right(gates.scan_in_step(late))
        for till in tills:
            till.go(stop=True)
            till.result()
    _require_each_stored_once(arena, gates)
    evening.pay()
    arena.require_sound()
