"""Orders found among 10,000, 100,000 and a million: the first page of everything that a person can ask for."""

from __future__ import annotations

import os
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import select, text

from pos_app.db.models import Order, Ticket
from pos_app.domain.local_times import wall_time
from pos_app.domain.orders.finding import OrderQuery
from pos_app.domain.orders.refunds import RefundAsk, RefundRequest
from pos_app.domain.orders.standing import OrderStanding
from pos_app.services.orders.finding.search import find_orders
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.refunds.making import preview_refund, refund
from tests.benchmarks.figures import Figure, milliseconds
from tests.benchmarks.many_orders import NEW_CASHIER, OLD_CASHIER, OLD_TILL, grow, performance_of, put_in_house
from tests.small_house import TIME_ZONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from tests.benchmarks.arena import Arena
    from tests.benchmarks.stadium import Stadium

SIZES: Final = tuple(map(int, os.environ.get("FOYER_BENCH_ORDERS", "10000,100000").split(",")))
"""How many orders there are, one after the other; FOYER_BENCH_ORDERS=10000,100000,1000000 takes some minutes."""
GOAL_MS: Final = 100.0
ROUNDS: Final = 7


def measure_order_desk(arena: Arena) -> Iterator[Figure]:
    """Ask for the first page of each kind at each size."""
    spans: dict[int, dict[str, float]] = {}
    deeds: dict[int, dict[str, float]] = {}
    filled: dict[int, float] = {}
    with arena.database() as database:
        have = 0
        for size in SIZES:
            filled[size] = milliseconds(partial(grow, database, arena.stadium, have, size)) / 1000
            have = size
            spans[size] = _first_pages(database, arena.stadium, size)
            deeds[size] = _deeds(database, arena.stadium, size)
    few, many = SIZES[0], SIZES[-1]
    worst = max(spans[many], key=lambda what: spans[many][what])
    for what in spans[many]:
        yield Figure(
            f"first page, {what}, {many:,} orders",
            spans[many][what],
            "ms",
            GOAL_MS,
            facts={f"{size:,}": some[what] for size, some in spans.items() if size != many},
        )
    facts = {"which": worst} | {f"filled {size:,}, s": seconds for size, seconds in filled.items()}
    yield Figure(f"first page, the worst, {many:,} orders", spans[many][worst], "ms", GOAL_MS, facts=facts)
    for what in deeds[many]:
        told = {f"{size:,}": some[what] for size, some in deeds.items() if size != many}
        yield Figure(f"{what}, {many:,} orders", deeds[many][what], "ms", facts=told)
    growth = median(spans[many][what] / spans[few][what] for what in spans[many])
    yield Figure(f"first page, {many:,} orders / {few:,}, the median", growth, "x")


def _first_pages(database: Database, stadium: Stadium, size: int) -> dict[str, float]:
    """Return the milliseconds of each first page."""
    spans = {}
    for what, query in database.read(_queries, stadium, size).items():
        find = partial(database.read, partial(find_orders, actor=stadium.house.cashier, query=query))
        # At the first turn statements are compiled and pages of the server are read.
        find()
        spans[what] = median(milliseconds(find) for _ in range(ROUNDS))
    return spans


def _deeds(database: Database, stadium: Stadium, size: int) -> dict[str, float]:
    """Return the milliseconds of opening an order, and of refunding one of its two tickets."""
    manager = stadium.house.manager
    # Each fifth order is whole, its performance is still to be, and each is opened and refunded once.
    numbers = [size - 5 * turn for turn in range(1, ROUNDS + 2)]
    database.transact(put_in_house, numbers)
    opened = [milliseconds(partial(database.read, load_order_page, manager, one)) for one in numbers]
    refunded = []
    for number in numbers:
        line_ids = (2 * number,)
        shown = database.read(preview_refund, manager, RefundAsk(number, line_ids))
        reason = "One of us is ill"
        wanted = RefundRequest(uuid4().hex, number, shown.revision, line_ids, shown.amount_minor, reason)
        refunded.append(milliseconds(partial(database.transact, refund, manager, wanted)))
    return {"open an order": median(opened[1:]), "refund one of two tickets": median(refunded[1:])}


def _queries(session: Session, stadium: Stadium, size: int) -> dict[str, OrderQuery]:
    house = stadium.house
    middle = size // 2
    order = session.execute(select(Order.number, Order.created_at).where(Order.id == middle)).one()
    short_code = session.execute(select(Ticket.short_code).where(Ticket.id == 2 * middle)).scalar_one()
    phone = session.execute(text("SELECT phone FROM customer WHERE id = :g"), {"g": middle // 4 * 4}).scalar_one()
    day = wall_time(order.created_at, TIME_ZONE).wall.date()
    evening = performance_of(middle)
    void, paid = OrderStanding.VOID, OrderStanding.PAID
    return {
        "all": OrderQuery(),
        "a letter of every second": OrderQuery("e"),
        "a letter of a tenth": OrderQuery("a"),
        "a letter of few": OrderQuery("x"),
        "a first name": OrderQuery("anna"),
        "two words": OrderQuery("anna muller"),
        "two words, one of few": OrderQuery("x quirk"),
        "two letters of all": OrderQuery("e o"),
        "a rare name": OrderQuery("quirk"),
        "nobody": OrderQuery("xyzzy"),
        "a word of old notes": OrderQuery("jubilee"),
        "two letters of a word of old notes": OrderQuery("ju"),
        "an old note and a name": OrderQuery("jubilee anna"),
        "an e-mail address": OrderQuery("anna.mullmann12@example.org"),
        "a domain": OrderQuery("@example.org"),
        "a phone number": OrderQuery(str(phone)),
        "the end of a phone number": OrderQuery(str(phone)[-4:]),
        "an order number": OrderQuery(order.number),
        "the beginning of a number": OrderQuery(order.number[:4]),
        "a short code": OrderQuery(short_code),
        "a seat": OrderQuery("block 101 row 1 seat 8"),
        "a seat and a name": OrderQuery("anna block 101 1 8"),
        "a web address": OrderQuery("https://example.org/a?b=c&d=1"),
        "10,000 letters": OrderQuery("anna e " * 1_400),
        "a performance": OrderQuery(performance_id=evening),
        "a performance and a letter": OrderQuery("e", performance_id=evening),
        "a performance and a row": OrderQuery("row 1", performance_id=evening),
        "a performance and a block": OrderQuery("block 101", performance_id=evening),
        "paid": OrderQuery(standing=paid),
        "void": OrderQuery(standing=void),
        "exchanged": OrderQuery(standing=OrderStanding.EXCHANGED),
        "reserved": OrderQuery(standing=OrderStanding.RESERVED),
        "refunded": OrderQuery(standing=OrderStanding.REFUNDED),
        "a till": OrderQuery(till_id=house.till_id),
        "an old till": OrderQuery(till_id=OLD_TILL),
        "a cashier": OrderQuery(staff_id=house.cashier.staff_id),
        "an old till and a new cashier": OrderQuery(till_id=OLD_TILL, staff_id=NEW_CASHIER),
        "an old cashier and a letter": OrderQuery("e", staff_id=OLD_CASHIER),
        "an old cashier, void, a letter": OrderQuery("a", staff_id=OLD_CASHIER, standing=void),
        "a day": OrderQuery(day_from=day, day_until=day),
        "a day and a letter": OrderQuery("a", day_from=day, day_until=day),
        "a day and a rare name": OrderQuery("quirk", day_from=day, day_until=day),
        "until a day, void, a first name": OrderQuery("anna", day_until=day, standing=void),
        "waiting": OrderQuery(waiting=True),
        "waiting and a first name": OrderQuery("anna", waiting=True),
        "void and a first name": OrderQuery("anna", standing=void),
        "void and a rare name": OrderQuery("quirk", standing=void),
        "paid and an old note": OrderQuery("jubilee", standing=paid),
        "a till, paid, a letter": OrderQuery("e", till_id=house.till_id, standing=paid),
        "an old till and a rare name": OrderQuery("quirk", till_id=OLD_TILL),
        "a till and an old note": OrderQuery("jubilee", till_id=house.till_id),
    }
