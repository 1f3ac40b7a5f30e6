"""An upgrade that was killed after any of its statements is run again, and ends as if nothing had happened."""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

import pytest
from alembic import op
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from pos_app.db.base import MYSQL_TABLE
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema import steps
from pos_app.db.schema.revisions import check_schema, upgrade_schema
from pos_app.doctor import judge_database
from pos_app.domain.errors import SchemaMismatch
from tests.db.schema.history.rows import make_old
from tests.db.schema.old_schemas import Rows, all_revisions, make_schema_of, read_rows, read_schema
from tests.servers import flavours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.servers import Server

pytestmark = pytest.mark.walk

_log = logging.getLogger(__name__)

EMPTY: Final = "nothing"
CHANGES: Final = ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE")
STARTS: Final = [
    (EMPTY, 6),
    pytest.param(EMPTY, 1, marks=pytest.mark.soak),
    *(pytest.param(revision, 1, marks=pytest.mark.soak) for revision in all_revisions()[:-3]),
    *((revision, 1) for revision in all_revisions()[-3:-1]),
]
"""Where an upgrade starts, and after how many statements it is killed.

The first revision makes so many tables, all in one way, that not each is worth being killed for in each run; nor is
each old one again with every revision that comes.
"""


class KilledError(Exception):
    """The upgrade ends here."""


@pytest.fixture(params=["sqlite", *(pytest.param(one, marks=pytest.mark.server) for one in flavours())])
def make_empty(
    request: pytest.FixtureRequest, tmp_path: Path, server_of: Callable[[str], Server]
) -> Iterator[Callable[[], Database]]:
    """Make an empty database, any number of times."""
    with ExitStack() as stack:

        def make() -> Database:
            kind: str = request.param
            number = len(made)
            url = str(tmp_path / f"{number}.db")
            if kind != "sqlite":
                url = stack.enter_context(server_of(kind).fresh_database())
            database = Database(parse_address(url))
            stack.callback(database.close)
            made.append(database)
            return database

        made: list[Database] = []
        yield make


@contextmanager
def killed(database: Database, known: set[str], *, after: int) -> Iterator[None]:
    """Raise after so many statements that change something and are not known yet; know them from then on."""
    left = after

    def watch(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal left
        words = " ".join(statement.split())
        if words.startswith(CHANGES) and words not in known:
            known.add(words)
            left -= 1
            if not left:
                raise KilledError(words)

    event.listen(database.writer, "after_cursor_execute", watch)
    try:
        yield
    finally:
        event.remove(database.writer, "after_cursor_execute", watch)


def upgrade_again_and_again(database: Database, *, after: int, look: Callable[[], object] = str) -> int:
    """Upgrade, killed after so many statements that are new, until it ends; look after each; return how often."""
    known: set[str] = set()
    kills = 0
    while True:
        try:
            with killed(database, known, after=after):
                upgrade_schema(database)
        except KilledError:
            kills += 1
            look()
        else:
            return kills


def at_revision(make_empty: Callable[[], Database], revision: str) -> dict[str, str]:
    """Return the schema of a whole revision."""
    database = make_empty()
    make_schema_of(database, revision)
    return read_schema(database)


@pytest.mark.parametrize(("start", "after"), STARTS)
def test_an_upgrade_killed_after_each_statement_in_turn_ends_like_an_undisturbed_one(
    make_empty: Callable[[], Database], start: str, after: int
) -> None:
    undisturbed, victim = make_empty(), make_empty()
    before: Rows = {}
    for database in (undisturbed, victim):
        if start != EMPTY:
            make_old(database, start)
            before = read_rows(database)
            assert before["orders"]
    upgrade_schema(undisturbed)
    ahead = all_revisions()[all_revisions().index(start) + 1 if start != EMPTY else 0 :]
    whole = [read_schema(victim), *(at_revision(make_empty, revision) for revision in ahead if victim.embedded)]

    def look() -> None:
        with pytest.raises(SchemaMismatch):
            check_schema(victim)
        if victim.embedded:
            # There a revision is made as a whole, or not at all.
            assert without_version(read_schema(victim)) in map(without_version, whole)

    kills = upgrade_again_and_again(victim, after=after, look=look)
    # Each revision makes something, and then notes that it was made.
    assert kills >= (len(ahead) * 2 - 1 if after == 1 else len(ahead))
    check_schema(victim)
    assert read_schema(victim) == read_schema(undisturbed)
    assert read_rows(victim, before) == before
    assert victim.read(judge_database) == ()
    _log.info("killed %s times from %s on", kills, start)


def without_version(tables: dict[str, str]) -> dict[str, str]:
    """Leave out the table in which Alembic notes the revision: it stands before the first one."""
    return {name: made for name, made in tables.items() if "alembic_version" not in name}


def unchecked(step: str) -> Callable[..., object]:
    """Return a step that does not look whether it is done."""
    if step == "create_table":
        return partial(op.create_table, if_not_exists=False, **MYSQL_TABLE)
    done: Callable[..., object] = getattr(op, step)
    return done


@pytest.mark.parametrize("step", ["create_table", "create_index", "add_column"])
def test_a_step_that_does_not_look_whether_it_is_done_is_found_out(
    server_url: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(parse_address(server_url))
    make_old(database, all_revisions()[0])
    monkeypatch.setattr(steps, step, unchecked(step))
    with pytest.raises(OperationalError, match=r"already exists|Duplicate"):
        upgrade_again_and_again(database, after=1)
    database.close()
