"""A small house on a database of its own, because these tests kill, cut and hold locks; tills for many processes.

And, for the walk of faults, a house that all tests of a module share, and a wire to it that can be cut.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.connection import engines
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import AuditHead, Hold, Order, Performance, Till
from pos_app.doctor import format_findings, judge_database
from pos_app.domain.seats import SeatState
from pos_app.services.seats.claims import INVENTORY
from tests.concurrency.counter import LOCK_WAIT_SECONDS, Counter
from tests.concurrency.fault_stage import Stage
from tests.concurrency.fault_stories import STORIES
from tests.concurrency.fault_walk import WireWalk, be_quick
from tests.concurrency.proxy import Proxy
from tests.concurrency.tills import NURSERY
from tests.schemas import make_schema
from tests.servers import flavours
from tests.small_house import build_small_house
from tests.small_house_rows import add

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from tests.servers import Server
    from tests.small_house import SmallHouse


_SERVERS = [
    pytest.param(flavour, marks=[pytest.mark.server, *([pytest.mark.soak] if number else [])])
    for number, flavour in enumerate(flavours())
]
"""Walks on a second kind of server are left to `make soak`."""


@dataclass(frozen=True)
class Arena:
    """A small house, its database as this process sees it, and where the other processes find it."""

    url: str
    database: Database
    house: SmallHouse

    def actors(self, person: Actor, count: int) -> list[Actor]:
        """Return the same person at so many new tills."""
        return self.database.transact(_open_tills, person, count)

    def hold_for(self, seconds: int) -> None:
        """Let baskets of the evening run for so long."""
        self.database.transact(_set_hold_seconds, self.house.performance_id, seconds)

    def owners(self) -> dict[int, str]:
        """Return the seats of the evening that baskets claim, each with the key of its basket."""
        return self.database.read(_owners, self.house.performance_id)

    def count_orders(self) -> int:
        """Return how many orders there are."""
        return self.database.read(_count_orders)

    def require_sound(self) -> None:
        """Ask the judge, who trusts no service."""
        findings = self.database.read(judge_database)
        assert findings == (), format_findings(findings)


def _open_tills(session: Session, person: Actor, count: int) -> list[Actor]:
    actors: list[Actor] = []
    there = session.execute(select(func.count()).where(Till.name.like(f"{person.till_name}-%"))).scalar_one()
    for number in range(there + 1, there + count + 1):
        name = f"{person.till_name}-{number}"
        till_id = add(session, Till, machine_key=f"machine-{name}", name=name, created_at=utc_now())
        session.execute(insert(AuditHead).values(chain=f"till:{till_id}", seq=0, hash=""))
        actors.append(replace(person, till_id=till_id, till_name=name))
    return actors


def _owners(session: Session, performance_id: int) -> dict[int, str]:
    rows = session.execute(
        select(INVENTORY.c.seat_id, Hold.basket_key)
        .join(Hold, Hold.id == INVENTORY.c.claim_id)
        .where(INVENTORY.c.performance_id == performance_id, INVENTORY.c.state == SeatState.CLAIMED)
    )
    return {row.seat_id: row.basket_key for row in rows}


def _count_orders(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Order)).scalar_one()


def _set_hold_seconds(session: Session, performance_id: int, seconds: int) -> None:
    session.execute(update(Performance).where(Performance.id == performance_id).values(hold_seconds=seconds))


@pytest.fixture(scope="session", autouse=True)
def _nursery_ends_with_the_run() -> Iterator[None]:
    yield
    NURSERY.close()


def _arenas(url: str) -> Iterator[Callable[..., Arena]]:
    database = Database(parse_address(url))
    make_schema(database)

    def make(rows: int = 5, seats_per_row: int = 10) -> Arena:
        house = database.transact(partial(build_small_house, rows=rows, seats_per_row=seats_per_row))
        return Arena(url, database, house)

    yield make
    database.close()


@pytest.fixture
def make_arena(server_url: str) -> Iterator[Callable[..., Arena]]:
    """Build a house of so many rows and seats per row on the server."""
    yield from _arenas(server_url)


@pytest.fixture
def make_embedded_arena(sqlite_url: str) -> Iterator[Callable[..., Arena]]:
    """Build a house of so many rows and seats per row in an SQLite file."""
    yield from _arenas(sqlite_url)


@pytest.fixture(params=[pytest.param("make_arena", marks=pytest.mark.server), "make_embedded_arena"])
def make_any_arena(request: pytest.FixtureRequest) -> Callable[..., Arena]:
    """Build a house on the server, and one in an SQLite file: the test runs on both."""
    make: Callable[..., Arena] = request.getfixturevalue(request.param)
    return make


@pytest.fixture(scope="module", params=_SERVERS)
def stage(
    request: pytest.FixtureRequest, server_of: Callable[[str], Server], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Give a house on a database of its own, because these tests cut connections."""
    with server_of(request.param).fresh_database() as url:
        stage = Stage(url, tmp_path_factory.mktemp("faults"))
        yield stage
        stage.close()


@pytest.fixture
def wire(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], WireWalk]]:
    """Begin a walk over a wire that can be cut."""
    be_quick(monkeypatch)
    with ExitStack() as stack:
        stack.callback(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(0.0001)
        proxy = stack.enter_context(Proxy(stage.url))
        till = Database(parse_address(proxy.url))
        stack.callback(till.close)

        def begin(name: str) -> WireWalk:
            walk = WireWalk(stage, till, STORIES[name], proxy)
            walk.start()
            return walk

        yield begin


@pytest.fixture
def counter(make_arena: Callable[..., Arena], monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    # As the program does, but with less patience, so that a test waits less.
    assert "innodb_lock_wait_timeout=3," in engines._SESSION
    shorter = f"innodb_lock_wait_timeout={LOCK_WAIT_SECONDS},"
    monkeypatch.setattr(engines, "_SESSION", engines._SESSION.replace("innodb_lock_wait_timeout=3,", shorter))
    arena = make_arena()
    with Proxy(arena.url) as proxy:
        till = Database(parse_address(proxy.url))
        yield Counter(arena, proxy, till)
        till.close()
