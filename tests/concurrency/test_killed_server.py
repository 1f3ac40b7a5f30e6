"""The server itself killed with SIGKILL while many tills sell: what a till was told is true when it is back."""

from __future__ import annotations

import random
import threading
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from pos_app.computer.journal import Journal
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import CheckIn, Order, OrderLine, Ticket
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.errors import HoldExpired
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.selling import sales
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from tests.concurrency.baskets import states
from tests.concurrency.conftest import Arena
from tests.concurrency.crash_deeds import sell_through_crashes
from tests.concurrency.mortal_server import MortalServer
from tests.concurrency.proxy import AtCommit, Proxy
from tests.concurrency.tills import Job, let_go, open_tills
from tests.schemas import make_schema
from tests.servers import flavours
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from tests.concurrency.tills import TillProcess

TILLS = 8
KILLS = 3
MOST_KILLS = 6
"""Until one has hit a COMMIT: how soon these come after the tills are let go is the machine's affair."""
SALES_BETWEEN = 10
SEATS = (MOST_KILLS + 1) * SALES_BETWEEN + TILLS


@pytest.fixture
def mortal() -> Iterator[MortalServer]:
    with MortalServer(flavours()[0]) as mortal:
        yield mortal


@pytest.fixture
def arena(mortal: MortalServer) -> Iterator[Arena]:
    with mortal.server.fresh_database() as url:
        database = Database(parse_address(url))
        make_schema(database)
        house = database.transact(partial(build_small_house, rows=2, seats_per_row=SEATS // 2))
        yield Arena(url, database, house)
        database.close()


def _orders(session: Session) -> dict[str, list[str]]:
    """Return all orders by their requests: their numbers, and whether they are paid, void, or paid and used."""
    used = select(CheckIn.ticket_id).where(CheckIn.verdict == Verdict.ADMITTED)
    rows = session.execute(
        select(Order.request_id, Order.number, OrderLine.state, Ticket.id.in_(used).label("used"))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Ticket, Ticket.order_line_id == OrderLine.id)
    )
    return {
        row.request_id: [row.number, "admitted" if row.used else "paid" if row.state == "live" else row.state]
        for row in rows
    }


def _count_admissions(session: Session) -> int:
    return session.execute(select(func.count()).where(CheckIn.verdict == Verdict.ADMITTED)).scalar_one()


class _Box:
    """All tills of a house, and what they have acknowledged so far."""

    def __init__(self, tills: list[TillProcess]) -> None:
        self._selling = list(tills)
        self.sold: dict[str, list[str]] = {}
        self.told: Counter[str] = Counter()

    def hear(self, sales: int) -> None:
        """Listen to one till after the other until so many more sales have been acknowledged, or all tills are done."""
        wanted = len(self.sold) + sales
        while self._selling and len(self.sold) < wanted:
            till = self._selling.pop(0)
            kind, fact = till.hear_either("sold", "done")
            if kind == "sold":
                request_id, *about = fact
                self.sold[request_id] = about
                self._selling.append(till)
            else:
                self.told.update(fact)


def _jobs(arena: Arena, folder: Path) -> list[Job]:
    """Half of the tills lose patience before the server is back, and leave it to their journals."""
    house = arena.house
    shared = {
        "performance_id": house.performance_id,
        "seat_ids": list(house.seat_ids),
        "adult_id": house.adult_id,
        "gathering": str(folder / "gathering"),
        "approver_id": house.manager.staff_id,
    }
    return [
        Job(
            arena.url,
            actor,
            sell_through_crashes,
            {**shared, "seed": seed, "journal": str(folder / str(seed)), "in_doubt": (0.05, 30.0)[seed % 2]},
        )
        for seed, actor in enumerate(arena.actors(house.manager, TILLS))
    ]


@pytest.mark.slow
@pytest.mark.server
def test_no_acknowledged_order_is_lost_or_doubled_when_the_server_is_killed_again_and_again(
    mortal: MortalServer, arena: Arena, tmp_path: Path
) -> None:
    dice, gathering = random.Random(11), tmp_path / "gathering"
    with open_tills(_jobs(arena, tmp_path)) as tills:
        box = _Box(tills)
        let_go(tills)
        for kills in range(MOST_KILLS):
            if kills >= KILLS and gathering.with_name("lost").exists():
                break
            box.hear(SALES_BETWEEN)
            gathering.touch()
            # Not waiting for anything: tills arrive at their COMMIT meanwhile, and then it is hit somewhere.
            threading.Event().wait(0.15)
            gathering.unlink()
            threading.Event().wait(dice.uniform(0, 0.004))
            mortal.kill()
            threading.Event().wait(dice.uniform(0, 0.5))
            mortal.start()
        # Until all tills are done: what is taken back is sold once more.
        box.hear(10 * SEATS)
    # The connections of this process were killed, too.
    arena.database.close()
    assert arena.database.read(_orders) == box.sold
    fates = Counter(fate for _, fate in box.sold.values())
    assert arena.database.read(_count_admissions) == fates["admitted"]
    seats = arena.database.read(states, arena.house.performance_id, arena.house.seat_ids)
    assert Counter(seats) == Counter(sold=fates["paid"] + fates["admitted"], free=seats.count("free"))
    assert [Journal(tmp_path / str(seed)).pending() for seed in range(TILLS)] == [()] * TILLS
    # A server killed while nobody commits proves nothing.
    assert box.told["commits lost"], box.told
    arena.require_sound()


def test_without_its_request_id_a_till_is_refused_a_sale_that_it_has_made(
    make_arena: Callable[..., Arena], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sales, "find_sale", lambda *_: None)
    arena = make_arena()
    house = arena.house
    lines = (SaleLine(house.seat(1, 1), house.adult_id),)
    hold = arena.database.transact(place_hold, house.cashier, "basket", [house.seat(1, 1)])
    total = arena.database.read(price_basket, lines).totals.total_minor
    request = SaleRequest("request", hold.basket_key, lines, total, Tender(PaymentMethod.CASH, total, total))
    with Proxy(arena.url) as proxy:
        till = Database(parse_address(proxy.url))
        proxy.at_commit(AtCommit.CUT_AFTER)
        with pytest.raises(HoldExpired, match="sold already"):
            till.transact(sell, house.cashier, request)
        till.close()
    assert arena.count_orders() == 1
