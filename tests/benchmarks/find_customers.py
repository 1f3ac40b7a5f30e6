"""Customers found among 200,000, by all that a person types, and those that are alike offered while a name is typed."""

from __future__ import annotations

import os
import time
from functools import partial
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from sqlalchemy import func, insert, select

from pos_app.db.base import table_of
from pos_app.db.bulk import AT_ONCE
from pos_app.db.clock import utc_now
from pos_app.db.models import Customer
from pos_app.domain.customers.contact import email_key, phone_key
from pos_app.domain.customers.finding import CustomerQuery, CustomerTexts
from pos_app.domain.customers.records import CustomerDraft, write_marks
from pos_app.services.customers.finding import find_alike, find_customers, list_marks
from pos_app.services.search_words import write_customers
from tests.benchmarks.figures import Figure, milliseconds
from tests.benchmarks.many_orders import FIRST_NAMES
from tests.benchmarks.order_desk import Spent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from tests.benchmarks.arena import Arena

SIZE: Final = int(os.environ.get("FOYER_BENCH_CUSTOMERS", "200000"))
GOAL_MS: Final = 50.0
ROUNDS: Final = 9
_BEGINNINGS: Final = ("Ander", "Berg", "Claus", "Duv", "Ecker", "Fisch", "Gruber", "Hart", "Imhof", "Jans", "Novot")
_MIDDLES: Final = ("a", "e", "i", "o", "u", "el", "en", "er", "in", "on", "ul")
_ENDINGS: Final = ("mann", "sen", "berg", "feld", "hagen", "lein", "meier", "owski", "qvist", "stein", "thal", "ná")
RARE: Final = "Xaver Quirk"


def person(number: int) -> CustomerDraft:
    """Return a customer that follows from its number: each fourth has an address, each second a phone."""
    drawn = crc32(b"%d" % number)
    first = FIRST_NAMES[drawn % len(FIRST_NAMES)]
    family = _BEGINNINGS[drawn // 20 % 11] + _MIDDLES[drawn // 220 % 11] + _ENDINGS[drawn // 2420 % 12]
    name = RARE if number % 100_000 == 50_000 else f"{first} {family}"
    email = f"{first}.{family}.{number}@example.org".lower().replace("á", "a") if number % 4 == 0 else ""
    phone = f"+49 30 {drawn % 10_000_000:07}" if number % 2 == 0 else ""
    marks = ("Press",) if number % 500 == 0 else ("Subscriber",) if number % 10 == 0 else ()
    return CustomerDraft(name, email, phone, "", marks)


def fill(session: Session, first: int, last: int) -> None:
    """Write customers and their words, from one number to another."""
    drafts = [person(number) for number in range(first, last)]
    rows: list[dict[str, Any]] = [
        {
            "name": one.name,
            "email": one.email,
            "email_key": email_key(one.email) if one.email else None,
            "phone": one.phone,
            "phone_key": phone_key(one.phone),
            "marks": write_marks(one.marks),
        }
        for one in drafts
    ]
    before = session.execute(select(func.coalesce(func.max(Customer.id), 0))).scalar_one()
    session.execute(insert(table_of(Customer)).values(created_at=utc_now()), rows)
    made = session.execute(select(Customer.id).where(Customer.id > before).order_by(Customer.id)).scalars().all()
    write_customers(
        session,
        [CustomerTexts(key, one.name, one.email, one.phone, one.marks) for key, one in zip(made, drafts, strict=True)],
    )


def measure_customers(arena: Arena) -> Iterator[Figure]:
    """Find customers in each way that somebody types, and offer those that are alike."""
    actor = arena.stadium.house.cashier
    with arena.database() as database:
        filled = milliseconds(partial(fill_all, database)) / 1000
        spans = {what: _spent(arena, deed) for what, deed in deeds(database, actor).items()}
    for what, spent in spans.items():
        facts: dict[str, Any] = {"of a core, client + server, ms": [spent.client, spent.server]}
        yield Figure(f"find customers, {what}, {SIZE:,}", spent.wall, "ms", GOAL_MS, facts=facts)
    for name, of in (("the worst", attrgetter("wall")), ("the most work", attrgetter("worked"))):
        worst = max(spans, key=lambda what: of(spans[what]))
        facts = {"which": worst, f"filled {SIZE:,}, s": filled}
        yield Figure(f"find customers, {name}, {SIZE:,}", of(spans[worst]), "ms", GOAL_MS, facts=facts)


def fill_all(database: Database) -> None:
    """Write all customers, some at a time."""
    for first in range(1, SIZE + 1, AT_ONCE):
        database.transact(fill, first, min(first + AT_ONCE, SIZE + 1))


def deeds(database: Database, actor: Actor) -> dict[str, Callable[[], object]]:
    """Return what is asked, by what it is called."""
    some = person(SIZE // 2)
    texts = {
        "all": CustomerQuery(),
        "a letter": CustomerQuery("a"),
        "two letters": CustomerQuery("an"),
        "a first name": CustomerQuery("anna"),
        "a family name": CustomerQuery("novotelná"),
        "two words": CustomerQuery("anna novot"),
        "two letters of all": CustomerQuery("a e"),
        "two first names": CustomerQuery("anna peter"),
        "a rare name": CustomerQuery("quirk"),
        "nobody": CustomerQuery("xyzzy"),
        "an address": CustomerQuery(some.email),
        "a domain": CustomerQuery("@example.org"),
        "a phone number": CustomerQuery(some.phone),
        "the end of a phone number": CustomerQuery(some.phone[-5:]),
        "a number": CustomerQuery(str(SIZE // 3)),
        "a mark of few": CustomerQuery(mark="Press"),
        "a mark of many": CustomerQuery(mark="Subscriber"),
        "a mark of few and a letter": CustomerQuery("a", "Press"),
        "a mark of many and a name": CustomerQuery("anna", "Subscriber"),
        "10,000 letters": CustomerQuery("anna e " * 1_400),
    }
    alike = {
        "alike, a name": CustomerDraft("Anna Novotelná"),
        "alike, a first name": CustomerDraft("Anna"),
        "alike, all fields": CustomerDraft("Anna Berg", some.email, some.phone),
    }
    found: dict[str, Callable[[], object]] = {
        what: partial(database.read, partial(find_customers, actor=actor, query=query)) for what, query in texts.items()
    }
    found |= {
        what: partial(database.read, partial(find_alike, actor=actor, draft=draft)) for what, draft in alike.items()
    }
    return found | {"the marks": partial(database.read, partial(list_marks, actor=actor))}


def _spent(arena: Arena, deed: Callable[[], object]) -> Spent:
    # At the first turn statements are compiled and pages of the server are read.
    deed()
    client, server = time.process_time(), arena.server_seconds()
    wall = median(milliseconds(deed) for _ in range(ROUNDS))
    worked = (time.process_time() - client, arena.server_seconds() - server)
    return Spent(wall, *(seconds * 1000 / ROUNDS for seconds in worked))
