"""Guests looked up at the door among 5,000 and among 50,000, and what their words cost at the sale."""

from __future__ import annotations

import random
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import func, select, text

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.clock import utc_now
from pos_app.db.models import Event, Order, OrderLine, SearchWord, Ticket, TicketPresence
from pos_app.domain.searching import WordKind, words_of
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.door.finding import find_guests
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.sales import sell
from tests.benchmarks.figures import Figure, milliseconds, p95
from tests.benchmarks.hold_designs import keys
from tests.benchmarks.stadium import PRICE_MINOR
from tests.small_house import DAY
from tests.small_house_rows import add, add_performance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from tests.benchmarks.arena import Arena
    from tests.benchmarks.stadium import Stadium

FEW: Final = 5_000
MANY: Final = 50_000
ROUNDS: Final = 15
SALES: Final = 150
_FIRST_PAIR: Final = 20_000
_FIRST_NAMES: Final = (
    "Anna", "Zoë", "Jürgen", "Max", "Łukasz", "Søren", "Sinéad", "Büşra", "Thị", "Eva", "Ole", "Ann-Marie", "Đorđe",
    "José", "Chloé", "Ivan", "Maria", "Peter", "Jan", "Nils",
)  # fmt: skip
_BEGINNINGS: Final = (
    "Mül", "Schu", "An", "Berg", "Web", "Ster", "O'Bri", "Kjæ", "Żak", "Peter", "Ngu", "Yil", "Pap", "Wei", "Duv",
    "Bran", "Ros", "Mar", "Tho", "Lind",
)  # fmt: skip
_ENDINGS: Final = (
    "ler", "bert", "dersen", "mann", "er", "n", "en", "r", "owski", "son", "yễn", "diz", "adopoulos", "ß", "al", "dt",
    "berg", "tin", "mas", "qvist",
)  # fmt: skip
LOOKED_FOR: Final = {
    "a name": "thomas jan",
    "letters of a name": "mull",
    "two letters": "an",
    "nobody": "xyzzy",
    "a seat": "1 8",
    "a seat with its block": "block 101 1 8",
    "a number alone": "12",
    "a name and a number": "anna 8",
    "an order number": "K7PM-3WQX",
}


def measure_finding(arena: Arena) -> Iterator[Figure]:
    """Look for guests as a steward types, beside reading all names; then sell with a name, and without."""
    with arena.database() as database:
        evenings = {number: database.transact(_add_guests, arena.stadium, number) for number in (FEW, MANY)}
        with database.writer.connect() as connection:
            connection.execute(text("ANALYZE TABLE orders, order_line, ticket, ticket_presence, search_word"))
        spans = {number: _spans(database, evening) for number, evening in evenings.items()}
        names = [milliseconds(lambda: database.read(_read_all_names, evenings[MANY])) for _ in range(ROUNDS)]
        for what in LOOKED_FOR:
            few, many = (median(spans[number][what]) for number in (FEW, MANY))
            facts = {
                "ms": many,
                "p95, ms": p95(spans[MANY][what]),
                f"among {FEW:,}, ms": few,
                "names, ms": median(names),
            }
            yield Figure(
                f"find {what}, {MANY:,} guests / reading all their names", many / median(names), "x", 0.3, facts=facts
            )
        longest = max(LOOKED_FOR, key=lambda what: median(spans[MANY][what]) / median(spans[FEW][what]))
        growth = median(spans[MANY][longest]) / median(spans[FEW][longest])
        yield Figure(f"find a guest, {MANY:,} guests / {FEW:,}, the worst", growth, "x", 6.0, facts={"which": longest})
        yield _sale(database, arena.stadium)


def _spans(database: Database, performance_id: int) -> dict[str, list[float]]:
    spans: dict[str, list[float]] = {}
    for what, query in LOOKED_FOR.items():
        find = partial(database.read, find_guests, performance_id, query)
        find()
        spans[what] = [milliseconds(find) for _ in range(ROUNDS)]
    return spans


def _read_all_names(session: Session, performance_id: int) -> int:
    """Look at the name of every guest, which finds nobody."""
    found = (
        select(func.count())
        .select_from(Ticket)
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Ticket.performance_id == performance_id, func.lower(Order.customer_name).like("%xyzzy%"))
    )
    return int(session.execute(found).scalar_one())


def _add_guests(session: Session, stadium: Stadium, number: int) -> int:
    """Add a performance with so many guests, each with a name and a seat; its inventory is not asked for."""
    chance = random.Random(number)
    event = add(session, Event, title=f"Open air for {number}")
    evening = add_performance(session, event, stadium.plan_id, starts_in=30 * DAY)
    house = stadium.house
    first = {
        table: (session.execute(select(func.max(table.id))).scalar() or 0) + 1 for table in (Order, OrderLine, Ticket)
    }
    now = session.execute(select(utc_now())).scalar_one()
    names = [
        f"{chance.choice(_FIRST_NAMES)} {chance.choice(_BEGINNINGS)}{chance.choice(_ENDINGS)}" for _ in range(number)
    ]
    category = session.execute(
        text("SELECT category_id FROM seat WHERE id = :s"), {"s": stadium.first_seat_id}
    ).scalar_one()
    rows: dict[Any, list[dict[str, Any]]] = {Order: [], OrderLine: [], Ticket: [], TicketPresence: [], SearchWord: []}
    for at, name in enumerate(names):
        order, line, ticket = (first[table] + at for table in (Order, OrderLine, Ticket))
        seat = stadium.first_seat_id + at
        rows[Order].append(
            {
                "id": order, "request_id": f"g{number}-{at}", "number": _number(chance),
                "till_id": house.till_id, "staff_id": house.cashier.staff_id, "customer_name": name, "currency": "EUR",
                "lines_minor": 0, "total_minor": 0, "created_at": now,
            }
        )  # fmt: skip
        rows[OrderLine].append(
            {
                "id": line, "order_id": order, "performance_id": evening, "seat_id": seat, "category_id": category,
                "ticket_type_id": house.adult_id, "price_minor": 0,
            }
        )  # fmt: skip
        rows[Ticket].append(
            {
                "id": ticket, "order_line_id": line, "performance_id": evening, "live_seat_id": seat,
                "short_code": f"g{number}-{at}", "issued_at": now,
            }
        )  # fmt: skip
        rows[TicketPresence].append({"ticket_id": ticket, "changed_at": now})
        rows[SearchWord] += [
            {"kind": WordKind.GUEST, "word": word, "performance_id": evening, "id": order} for word in words_of(name)
        ]
    for table, some in rows.items():
        insert_rows(session, table_of(table), some)
    return evening


def _number(chance: random.Random) -> str:
    return "".join(chance.choices("ABCDEFGHJKMNPQRSTUVWXYZ23456789", k=8))


def _sale(database: Database, stadium: Stadium) -> Figure:
    """Sell in turn to nobody and to somebody."""
    performance_id, actor, adult = stadium.performances["door"], stadium.actors[0], stadium.house.adult_id
    spans: dict[str, list[float]] = {"": [], "Anna-Lena Weiß": []}
    for at in range(2 * SALES + 10):
        name = list(spans)[at % 2]
        seats, basket = keys(performance_id, stadium.pair(_FIRST_PAIR + at)), uuid4().hex
        database.transact(place_hold, actor, basket, seats)
        total = PRICE_MINOR * len(seats)
        lines = tuple(SaleLine(seat, adult) for seat in seats)
        tender = Tender(PaymentMethod.CASH, total, total)
        request = SaleRequest(uuid4().hex, basket, lines, total, tender, customer_name=name)
        spans[name].append(milliseconds(partial(database.transact, sell, actor, request)))
    without, named = (median(some[5:]) for some in spans.values())
    facts = {"to nobody, ms": without, "to somebody, ms": named}
    return Figure("a sale to somebody / to nobody", named / without, "x", 1.1, facts=facts)
