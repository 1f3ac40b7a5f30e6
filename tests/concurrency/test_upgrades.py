"""Upgrades by real processes: killed half-way, two at once, and cut off from the server in the midst of a statement."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import check_schema, upgrade_schema
from pos_app.doctor import judge_database
from pos_app.domain.errors import SchemaMismatch, ServerUnreachable
from pos_app.domain.roles import Actor, Role
from tests.concurrency.proxy import AtCommit, Proxy
from tests.concurrency.tills import Job, let_go, open_tills
from tests.concurrency.upgrade_deeds import upgrade, upgrade_half_way
from tests.db.schema.history.rows import make_old
from tests.db.schema.old_schemas import Rows, all_revisions, read_rows, read_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

MANAGER = Actor(2, "Mario Manager", Role.MANAGER, 1, "Till 1")
CUTS = (AtCommit.CUT_BEFORE, AtCommit.CUT_AFTER, AtCommit.CUT_MEANWHILE)


@pytest.fixture
def old(database_url: str) -> Iterator[Database]:
    database = Database(parse_address(database_url))
    yield database
    database.close()


def leave_behind(database: Database) -> Rows:
    """Make a database of the first revision; return what stands in it."""
    make_old(database, all_revisions()[0])
    before = read_rows(database)
    assert before["orders"]
    return before


def require_whole(database: Database, before: Rows) -> None:
    """See that the schema is this program's, that all rows are there, and that they are sound."""
    check_schema(database)
    assert read_rows(database, before) == before
    assert database.read(judge_database) == ()


@pytest.mark.parametrize("after", [1, 4])
def test_an_upgrade_killed_by_the_system_is_run_again(database_url: str, old: Database, after: int) -> None:
    before = leave_behind(old)
    old.close()
    with open_tills([Job(database_url, MANAGER, upgrade_half_way, {"after": after})]) as (computer,):
        computer.go()
        computer.hear("half-way")
        computer.kill()
    with pytest.raises(SchemaMismatch, match="older"):
        check_schema(old)
    upgrade_schema(old)
    require_whole(old, before)


def test_of_two_upgrades_at_once_one_does_the_work_and_both_end_well(database_url: str, old: Database) -> None:
    before = leave_behind(old)
    old.close()
    with open_tills([Job(database_url, MANAGER, upgrade)] * 2) as computers:
        let_go(computers)
        for computer in computers:
            computer.result()
    require_whole(old, before)


def test_of_two_that_make_the_tables_at_once_both_end_well(database_url: str, old: Database) -> None:
    with open_tills([Job(database_url, MANAGER, upgrade)] * 2) as computers:
        let_go(computers)
        for computer in computers:
            computer.result()
    require_whole(old, {})


def test_an_upgrade_cut_off_at_any_statement_goes_on_when_it_is_run_again(server_url: str) -> None:
    old = Database(parse_address(server_url))
    before = leave_behind(old)
    old.close()
    told: list[str] = []
    with Proxy(server_url) as proxy:
        away = Database(parse_address(proxy.url))
        for number, what in zip(range(1, 200), cycle(CUTS), strict=False):
            proxy.at_statements({number: what})
            try:
                upgrade_schema(away)
            except ServerUnreachable as error:
                told.append(error.advice)
            if proxy.is_armed:
                break
        away.close()
    assert len(told) > 20
    assert all("goes on where it was cut off" in advice for advice in told)
    require_whole(old, before)
    assert "release_request" in read_schema(old)
    old.close()
