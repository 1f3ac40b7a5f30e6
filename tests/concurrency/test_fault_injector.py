"""A connection that is cut, or an error of the server, at every single statement of every write of a till.

Each test walks one kind of write, statement by statement; the report of the run says how far. `make soak` runs all
walks, on each kind of database. `make test` runs those that are no soak: over the wire where money or guests are at
stake, and here and there in an embedded database for all other writes, so that each write is walked in each run.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import format_findings, judge_database
from tests.concurrency.customer_stories import CUSTOMER_STORIES
from tests.concurrency.driver_faults import (
    DEADLOCK,
    LOCK_WAIT,
    LOCKED,
    SERVER_COMMIT_FAULTS,
    SERVER_FAULTS,
    SQLITE_FAULTS,
    Saboteur,
)
from tests.concurrency.fault_stage import Stage
from tests.concurrency.fault_stories import STORIES
from tests.concurrency.fault_walk import DriverWalk, be_quick
from tests.concurrency.letter_stories import LETTER_STORIES
from tests.concurrency.order_stories import ORDER_STORIES
from tests.concurrency.resale_stories import RESALE_STORIES
from tests.concurrency.reservation_stories import RESERVATION_STORIES
from tests.concurrency.waiting_stories import WAITING_STORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from _pytest.mark import ParameterSet

    from tests.concurrency.fault_walk import WireWalk

pytestmark = pytest.mark.walk

MONEY_AND_GUESTS = (
    "the best seats are held",
    "a hold is extended",
    "a basket is sold",
    "a sale is taken back",
    "tickets are printed anew",
    "a guest comes in",
)
"""Writes whose second run must find by itself that the first one was done."""
TOO_MUCH_ALIKE = {
    "what was free is held",
    "more places of an area are held",
    "a seat is released",
    "a guest goes out",
    "a guest shows the ticket again",
    "places of an area are given back",
    "other seats are taken for some of the basket",
    "a sale is taken back with a manager's PIN",
}
"""Writes that have no statement of their own: the errors of a server are tried on their like."""
ASKED_AGAIN = ("the best seats are held", "a basket is sold", "a guest comes in")
"""Of these the run that asks what became of the first one is walked too: by its seats, its request and its scan."""
LONG_STORIES = (
    ORDER_STORIES | RESERVATION_STORIES | CUSTOMER_STORIES | LETTER_STORIES | WAITING_STORIES | RESALE_STORIES
)
NEVER_WAITS = {
    "a reservation is over",
    "a customer's reservation is over",
    "a customer hears that a reservation ends soon",
    "an offer is over",
    "an offer is over and passes on",
}
"""Housekeeping leaves alone what somebody else has in hand: it finds it the next time."""
HERE_AND_THERE = 12
"""At each so manieth statement a write meets a fault in a usual run; the first one and the COMMIT are among them."""
NOW_AND_THEN = 24
"""The same of changes of orders, reservations and customers: they are longer, and alike."""
NEARLY_EVERYWHERE = 3
"""At each so manieth statement a line is cut where money or guests are at stake."""
HOLD_AND_SALE = ("the first seats are held", "a basket is sold")
REACHES_THE_SERVER_LATE = {*MONEY_AND_GUESTS, "a ticket is refunded", "a ticket is exchanged for another seat"}


def _walked(stories: Iterable[str], in_each_run: Collection[str]) -> list[ParameterSet]:
    return [pytest.param(name, marks=() if name in in_each_run else pytest.mark.soak) for name in stories]


@pytest.fixture(scope="module")
def embedded_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("faults")
    stage = Stage(f"sqlite:///{folder / 'foyer.db'}", folder)
    yield stage
    # What is walked here and there is judged together.
    findings = stage.database.read(judge_database)
    assert findings == (), format_findings(findings)
    stage.close()


def _driver_walk(stage: Stage, name: str, monkeypatch: pytest.MonkeyPatch, stack: ExitStack) -> DriverWalk:
    be_quick(monkeypatch)
    saboteur = Saboteur(stage.database.writer, monkeypatch)
    stack.callback(saboteur.close)
    walk = DriverWalk(stage, STORIES[name], saboteur)
    walk.start()
    return walk


def _note(request: pytest.FixtureRequest, statements: int, faults: int) -> None:
    """Tell the report of the run (--junitxml) how long the walk was."""
    request.node.user_properties += [("statements", statements), ("faults", faults)]


@pytest.mark.parametrize(
    ("story", "every"),
    [
        *(pytest.param(name, 1, marks=pytest.mark.soak, id=name) for name in STORIES),
        *(pytest.param(name, NEARLY_EVERYWHERE, id=f"{name}, nearly everywhere") for name in MONEY_AND_GUESTS),
    ],
)
def test_a_connection_cut_at_any_statement(
    wire: Callable[[str], WireWalk], story: str, every: int, request: pytest.FixtureRequest
) -> None:
    walk = wire(story)
    cut = walk.walk(every=every)
    _note(request, len(cut), walk.points)
    assert len(cut) >= len(walk.walked) // every
    assert walk.points == 3 * len(cut) + 3 * cut.count("COMMIT")
    assert walk.statements.count("COMMIT") == STORIES[story].transactions


@pytest.mark.parametrize("story", _walked((*MONEY_AND_GUESTS, *LONG_STORIES), ASKED_AGAIN))
def test_a_connection_cut_at_any_statement_of_the_run_that_follows_a_lost_commit(
    wire: Callable[[str], WireWalk], story: str, request: pytest.FixtureRequest
) -> None:
    walk = wire(story)
    walk.walk_again()
    _note(request, len(walk.statements), walk.points)
    assert walk.statements[-1] == "COMMIT"
    assert walk.points == 1 + 2 * len(walk.statements)


@pytest.mark.parametrize(
    "story",
    _walked(
        (name for name, story in STORIES.items() if story.transactions and name not in NEVER_WAITS),
        REACHES_THE_SERVER_LATE,
    ),
)
def test_a_first_run_that_is_still_committing_when_the_second_one_begins(
    wire: Callable[[str], WireWalk], story: str
) -> None:
    walk = wire(story)
    walk.strand()
    assert walk.points == 2


def _whole_or_here_and_there(whole: Iterable[str], here_and_there: Collection[str]) -> list[ParameterSet]:
    """Return stories with how many statements lie between two faults: whole ones are told in long runs only."""
    return [
        *(pytest.param(name, 1, marks=pytest.mark.soak, id=name) for name in whole),
        *(
            pytest.param(name, NOW_AND_THEN if name in LONG_STORIES else HERE_AND_THERE, id=f"{name}, here and there")
            for name in here_and_there
        ),
    ]


@pytest.mark.parametrize(
    ("story", "every"),
    _whole_or_here_and_there((name for name in STORIES if name not in TOO_MUCH_ALIKE), HOLD_AND_SALE),
)
def test_an_error_of_the_server_at_any_statement(
    stage: Stage, story: str, every: int, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    with ExitStack() as stack:
        walk = _driver_walk(stage, story, monkeypatch, stack)
        walk.walk((DEADLOCK, LOCK_WAIT), SERVER_FAULTS, SERVER_COMMIT_FAULTS, every=every)
        walk.judge()
        _note(request, walk.statements + walk.commits, walk.points)
        walked = len(range(0, walk.statements, every))
        assert walk.points == 3 * walked + 2 * len(SERVER_COMMIT_FAULTS) * bool(walk.commits) > 0


@pytest.mark.parametrize(
    ("story", "every"), _whole_or_here_and_there(STORIES, [name for name in STORIES if name not in MONEY_AND_GUESTS])
)
def test_an_embedded_database_that_is_locked_or_full_at_any_statement(
    embedded_stage: Stage, story: str, every: int, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    with ExitStack() as stack:
        walk = _driver_walk(embedded_stage, story, monkeypatch, stack)
        walk.walk((LOCKED,), SQLITE_FAULTS, SQLITE_FAULTS, every=every)
        if every == 1:
            walk.judge()
        _note(request, walk.statements + walk.commits, walk.points)
        walked = len(range(0, walk.statements, every))
        assert walk.points == 2 * walked + 2 * len(SQLITE_FAULTS) * bool(walk.commits) > 0


WALKS = (
    test_a_connection_cut_at_any_statement,
    test_an_error_of_the_server_at_any_statement,
    test_an_embedded_database_that_is_locked_or_full_at_any_statement,
)


def _left_to_soak(walks: Iterable[Callable[..., None]], stories: Iterable[str]) -> set[str]:
    """Return the stories that no walk of a usual run tells."""
    told = {
        param.values[0]
        for walk in walks
        for params in walk.pytestmark  # type: ignore[attr-defined]  # a parametrized test has marks
        for param in params.args[1]
        if "soak" not in {mark.name for mark in param.marks}
    }
    return set(stories) - told


def test_each_write_is_walked_in_each_run() -> None:
    assert _left_to_soak(WALKS, STORIES) == set()


def test_a_write_that_is_left_to_soak_is_named() -> None:
    assert _left_to_soak(WALKS, [*STORIES, "a write of tomorrow"]) == {"a write of tomorrow"}
    assert _left_to_soak(WALKS[:1], STORIES) == STORIES.keys() - set(MONEY_AND_GUESTS)
    assert _left_to_soak((), STORIES) == STORIES.keys()
