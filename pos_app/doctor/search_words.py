"""The words under which orders, guests and performances are found, and what they are the words of."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final
from zlib import crc32

from sqlalchemy import func, select

from pos_app.db.models import (
    Customer,
    Event,
    Order,
    OrderChange,
    OrderLine,
    Performance,
    SearchWord,
    SeatingPlan,
    Venue,
)
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.finding import OrderTexts
from pos_app.domain.searching import WordKind, words_of
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names

_AT_ONCE: Final = 10_000
_OF_ORDERS: Final = (WordKind.GUEST, WordKind.ORDER, WordKind.PHONE)
_CHANGING: Final = (ChangeKind.CORRECTION, ChangeKind.EXCHANGE, ChangeKind.MOVE)
"""What gives an order another name, note or performance: what it was found by before may still find it."""


def judge_search_words(session: Session, names: Names) -> Iterator[Finding]:
    """Compare the words with what is stored of customers and orders, and with the titles and venues of performances."""
    unlike = _wrong(_stored(session, *_OF_ORDERS), _of_orders(session))
    wrong = [order_id for order_id in unlike if not _is_found_by_more(session, order_id)]
    numbers = {row.id: row.number for row in session.execute(select(Order.id, Order.number).where(Order.id.in_(wrong)))}
    for order_id in wrong:
        if order_id in numbers:
            told = say("the words it is found by are not those of its customer and its note")
            yield Finding(Rule.SEARCH_WORDS, told, order_words(numbers[order_id]))
        else:
            told = say("words find it, and it is not there")
            yield Finding(Rule.SEARCH_WORDS, told, order_words(str(order_id)))
    for performance_id in _wrong(_stored(session, WordKind.PERFORMANCE), _of_performances(session)):
        told = say("the words it is found by are not those of its title and venue")
        yield Finding(Rule.SEARCH_WORDS, told, names.performance(performance_id))


def _is_found_by_more(session: Session, order_id: int) -> bool:
    """Tell whether an order that was changed, or whose customer may have been, is found by its words and by more."""
    changed = select(OrderChange.id).where(OrderChange.order_id == order_id, OrderChange.kind.in_(_CHANGING)).limit(1)
    readdressed = select(Order.id).where(Order.id == order_id, Order.customer_id.is_not(None))
    if session.execute(changed).first() is None and session.execute(readdressed).first() is None:
        return False
    words = session.execute(
        select(SearchWord.kind, SearchWord.word, SearchWord.performance_id).where(
            SearchWord.id == order_id, SearchWord.kind.in_(_OF_ORDERS)
        )
    )
    stored = {(WordKind(row.kind), row.word, row.performance_id) for row in words}
    return stored >= {word for _, word in _words_of(session, Order.id == order_id)}


def _wrong(stored: Counter[int], said: Counter[int]) -> list[int]:
    return sorted(key for key in stored.keys() | said.keys() if stored[key] != said[key])


def _stored(session: Session, *kinds: WordKind) -> Counter[int]:
    """Return a number for what stands in the database of each: so many words are not kept in memory."""
    rows = session.execute(
        select(SearchWord.id, SearchWord.kind, SearchWord.word, SearchWord.performance_id).where(
            SearchWord.kind.in_(kinds)
        ),
        execution_options={"yield_per": _AT_ONCE},
    )
    return _summed((row.id, (row.kind, row.word, row.performance_id)) for row in rows)


def _of_orders(session: Session) -> Counter[int]:
    """Return the same number for what each order should be found by, some orders at once."""
    sums: Counter[int] = Counter()
    last = session.execute(select(func.max(Order.id))).scalar() or 0
    for start in range(0, last, _AT_ONCE):
        these = Order.id.between(start + 1, start + _AT_ONCE)
        sums.update(_summed(_words_of(session, these)))
    return sums


def _words_of(session: Session, these: ColumnElement[bool]) -> Iterator[tuple[int, tuple[WordKind, str, int]]]:
    """Return by which words some orders should be found."""
    evenings: defaultdict[int, list[int]] = defaultdict(list)
    of_lines = (
        select(OrderLine.order_id, OrderLine.performance_id)
        .distinct()
        .join(Order, Order.id == OrderLine.order_id)
        .where(these, Order.customer_name != "")
    )
    for order_id, performance_id in session.execute(of_lines):
        if performance_id is not None:
            evenings[order_id].append(performance_id)
    rows = session.execute(
        select(Order.id, Order.customer_name, Order.note, Customer.email, Customer.phone)
        .outerjoin(Customer, Customer.id == Order.customer_id)
        .where(these)
    )
    for row in rows:
        texts = row.customer_name, row.note, row.email or "", row.phone or ""
        for word in OrderTexts(row.id, tuple(evenings[row.id]), *texts).words():
            yield row.id, word


def _of_performances(session: Session) -> Counter[int]:
    rows = session.execute(
        select(Performance.id, Event.title, Venue.name)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
    )
    return _summed(
        (row.id, (WordKind.PERFORMANCE, word, row.id))
        for row in rows
        for word in {*words_of(row.title), *words_of(row.name)}
    )


def _summed(words: Iterable[tuple[int, tuple[str, str, int]]]) -> Counter[int]:
    sums: Counter[int] = Counter()
    for key, (kind, word, performance_id) in words:
        sums[key] += crc32(f"{kind}:{performance_id}:{word}".encode()) + 1
    return sums
