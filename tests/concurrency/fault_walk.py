"""Walking a fault through every statement of a write; after each step the world must be as if nothing had happened."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import literal, select
from sqlalchemy.exc import SQLAlchemyError

from pos_app.db import database as database_module
from pos_app.doctor import format_findings, judge_database
from pos_app.domain.errors import DiskRefused, OutcomeUnknown, PosError, ServerBusy, ServerUnreachable
from tests.concurrency.driver_faults import AT_COMMIT, DISK_FULL
from tests.concurrency.facts import change, count_facts
from tests.concurrency.locks import wait_for_a_lock_wait
from tests.concurrency.proxy import AtCommit

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from tests.concurrency.driver_faults import DriverFault, Saboteur
    from tests.concurrency.fault_stage import Stage
    from tests.concurrency.proxy import Proxy
    from tests.concurrency.story import Story

_CUTS: Final = (AtCommit.CUT_BEFORE, AtCommit.CUT_AFTER)
_CUTS_AT_COMMIT: Final = (*_CUTS, AtCommit.CUT_MEANWHILE)
_SHORT_SECONDS: Final = 0.03


class Walk:
    """One story told again and again on one till, each time with another fault. points: how many there were."""

    def __init__(self, stage: Stage, till: Database, story: Story) -> None:
        self._stage = stage
        self._till = till
        self._story = story
        self._answer: Any = None
        self.points = 0

    def start(self) -> None:
        """Tell the story undisturbed: every till must be told at the end what this one is told."""
        deed = self._story.prepare(self._stage)
        before = self._stage.database.read(count_facts)
        self._answer = deed.ask(self._till)
        changed = self._changed(before)
        assert changed == self._story.effect, f"undisturbed, this has changed: {changed}"
        deed.tidy()

    def step(
        self, where: str, arm: Callable[[], None], disarm: Callable[[], None], *, told: tuple[type[PosError], ...] = ()
    ) -> None:
        """Tell the story with a fault. told: what the till may be told at first; it is told one of these then."""
        deed = self._story.prepare(self._stage)
        before = self._stage.database.read(count_facts)
        arm()
        try:
            answer, first = deed.ask(self._till), None
        except told as error:
            first = error
        except (PosError, SQLAlchemyError) as error:
            raise AssertionError(f"{where}: the till is told {error!r}") from error
        finally:
            disarm()
        assert (first is not None) == bool(told), f"{where}: the till is told {answer}"
        if first is not None:
            if not isinstance(first, OutcomeUnknown):
                changed = self._changed(before)
                assert not changed, f"{where}: {first!r}, and this has changed: {changed}"
            try:
                answer = deed.again(self._till)
            except (PosError, SQLAlchemyError) as error:
                raise AssertionError(f"{where}: asking once more, the till is told {error!r}") from error
        assert answer == self._answer, f"{where}: the till is told {answer}, and not {self._answer}"
        changed = self._changed(before)
        assert changed == self._story.effect, f"{where}: this has changed: {changed}"
        assert self._stage.journal.pending() == (), f"{where}: the journal still names the sale"
        deed.tidy()
        self.points += 1

    def _changed(self, before: Counter[str]) -> dict[str, int]:
        return self._story.harmful(change(before, self._stage.database.read(count_facts)))

    def judge(self) -> None:
        """Ask the judge, who trusts no service."""
        findings = self._stage.database.read(judge_database)
        assert findings == (), format_findings(findings)


def _touch(session: Session) -> None:
    """Have a connection at hand, so that the first statement is one of the story."""
    session.execute(select(literal(1)))


def be_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait as the program does before it runs something again, but less."""
    monkeypatch.setattr(database_module, "random", SimpleNamespace(uniform=lambda least, _most: least / 50))


class WireWalk(Walk):
    """Cuts the connection on its way to the server."""

    def __init__(self, stage: Stage, till: Database, story: Story, proxy: Proxy) -> None:
        super().__init__(stage, till, story)
        self._proxy = proxy
        self.statements: list[str] = []

    def start(self) -> None:
        """See the statements pass."""
        super().start()
        deed = self._story.prepare(self._stage)
        self._till.transact(_touch)
        self._proxy.at_statements({})
        deed.ask(self._till)
        self.statements = list(self._proxy.statements)
        deed.tidy()

    def walk(self, *, every: int = 1) -> list[str]:
        """Cut at each statement; every: only at each so manieth, and at each COMMIT. Return where it was cut."""
        cut = [
            (number, statement)
            for number, statement in enumerate(self.walked, 1)
            if statement == "COMMIT" or number % every == 0
        ]
        for number, _ in cut:
            self.cut_at(number)
        self.judge()
        return [statement for _, statement in cut]

    @property
    def walked(self) -> list[str]:
        """The statements that are cut: those of the story's own transactions, its last COMMIT among them."""
        if not self._story.own:
            return self.statements
        ends = [number for number, statement in enumerate(self.statements, 1) if statement == "COMMIT"]
        return self.statements[: ends[self._story.own - 1]]

    def cut_at(self, number: int) -> None:
        """Cut at one statement: once, and with the door shut afterwards (before or after it ran, by turns)."""
        statement = self.statements[number - 1]
        at_commit = statement == "COMMIT"
        cuts = _CUTS_AT_COMMIT if at_commit else _CUTS
        for cut in cuts:
            self._cut(statement, {number: cut})
        told = () if statement == "ROLLBACK" else (OutcomeUnknown,) if at_commit else (ServerUnreachable,)
        for cut in cuts if at_commit else (_CUTS[number % 2],):
            self._cut(statement, {number: cut}, told=told, and_shut=True)

    def walk_again(self) -> None:
        """Lose the answer to the COMMIT, and then cut at each statement of the run that asks what became of it."""
        last = len(self.statements)
        assert self.statements[-1] == "COMMIT"
        self._cut("COMMIT", {last: AtCommit.CUT_AFTER})
        self.statements = self._proxy.statements[last:]
        for number, statement in enumerate(self.statements, last + 1):
            where, cuts = f"second run, {statement}", {last: AtCommit.CUT_AFTER, number: _CUTS[number % 2]}
            self._cut(where, cuts)
            self._cut(where, cuts, told=(OutcomeUnknown,), and_shut=True)
        self.judge()

    def strand(self) -> None:
        """Let the first run be still on the server when the second one begins: it is committed then, or lost."""
        last = max(number for number, statement in enumerate(self.statements, 1) if statement == "COMMIT")
        for end in (self._proxy.deliver, self._proxy.drop):
            with ThreadPoolExecutor(1) as pool:
                ending: list[Future[None]] = []

                def arm() -> None:
                    self._till.transact(_touch)
                    self._proxy.at_statements({last: AtCommit.STRAND})
                    ending.append(pool.submit(self._end_late, end))  # noqa: B023 - both are of this turn

                def disarm() -> None:
                    ending.pop().result()  # noqa: B023 - of this turn

                self.step(f"stranded at COMMIT, {end.__name__}", arm, disarm)
        self.judge()

    def _end_late(self, end: Callable[[], None]) -> None:
        """End the first run once the second one stands before its locks."""
        self._proxy.require_held()
        try:
            wait_for_a_lock_wait(self._stage.database, "the second run")
        finally:
            end()

    def _cut(
        self,
        statement: str,
        cuts: Mapping[int, AtCommit],
        *,
        told: tuple[type[PosError], ...] = (),
        and_shut: bool = False,
    ) -> None:
        with pytest.MonkeyPatch.context() as monkeypatch:
            if and_shut:
                monkeypatch.setattr(database_module, "IN_DOUBT_SECONDS", _SHORT_SECONDS)

            def arm() -> None:
                self._till.transact(_touch)
                self._proxy.at_statements(cuts, and_shut=and_shut)

            def disarm() -> None:
                assert not self._proxy.is_armed, f"{where}: it never came."
                if and_shut:
                    self._proxy.open_door()

            names = ", ".join(f"{number} {cut.name}" for number, cut in cuts.items())
            where = f"{names}{', and the door is shut' if and_shut else ''}: {statement}"
            self.step(where, arm, disarm, told=told)


class DriverWalk(Walk):
    """Lets the driver report errors."""

    def __init__(self, stage: Stage, story: Story, saboteur: Saboteur) -> None:
        super().__init__(stage, stage.database, story)
        self._saboteur = saboteur
        self.statements = self.commits = 0

    def start(self) -> None:
        """Count the statements."""
        super().start()
        deed = self._story.prepare(self._stage)
        deed.ask(self._till)
        self.statements = self._saboteur.statements
        self.commits = self._saboteur.commits
        deed.tidy()

    def walk(
        self,
        once: Sequence[DriverFault],
        lasting: Sequence[DriverFault],
        at_commit: Sequence[DriverFault],
        *,
        every: int = 1,
    ) -> None:
        """Let each fault happen once at each statement, and one that lasts, by turns; at COMMIT all, both ways.

        every: only at each so manieth statement, the first one and the COMMIT among them. Judging is left to the test.
        """
        for number in range(1, self.statements + 1, every):
            for fault in once:
                self._fault(fault, number)
            self._fault(lasting[number % len(lasting)], number, lasting=True)
        for fault in at_commit if self.commits else ():
            self._fault(fault, AT_COMMIT)
            self._fault(fault, AT_COMMIT, lasting=True)

    def _fault(self, fault: DriverFault, number: int, *, lasting: bool = False) -> None:
        told: tuple[type[PosError], ...] = ()
        if lasting or fault is DISK_FULL:
            told = (
                (OutcomeUnknown,)
                if fault.is_loss and number == AT_COMMIT
                else (ServerUnreachable, ServerBusy, DiskRefused)
            )
        with pytest.MonkeyPatch.context() as monkeypatch:
            if lasting:
                monkeypatch.setattr(database_module, "IN_DOUBT_SECONDS", _SHORT_SECONDS)

            def disarm() -> None:
                assert self._saboteur.happened >= (2 if lasting and fault is not DISK_FULL else 1), where
                self._saboteur.disarm()

            where = f"{fault.name} at {number or 'COMMIT'}{' again and again' if lasting else ''}"
            self.step(where, lambda: self._saboteur.arm(fault, number, lasting=lasting), disarm, told=told)
