"""The words under which guests and performances are found, and what they are the words of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final
from zlib import crc32

from sqlalchemy import select

from pos_app.db.models import Event, Order, OrderChange, OrderLine, Performance, SearchWord, SeatingPlan, Venue
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.searching import WordKind, words_of
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names

_AT_ONCE: Final = 10_000
_NAMED: Final = (
    select(Order.id, OrderLine.performance_id, Order.customer_name)
    .join(OrderLine, OrderLine.order_id == Order.id)
    .where(Order.customer_name != "", OrderLine.performance_id.is_not(None))
    .distinct()
)


def judge_search_words(session: Session, names: Names) -> Iterator[Finding]:
    """Compare the words with the names of customers, and with the titles and venues of performances."""
    wrong = _wrong(_stored(session, WordKind.GUEST), _of_guests(session))
    wrong = sorted(set(wrong) - set(_found_by_old_names(session, wrong)))
    numbers = {row.id: row.number for row in session.execute(select(Order.id, Order.number).where(Order.id.in_(wrong)))}
    for order_id in wrong:
        if order_id in numbers:
            told = say("the words it is found by are not those of its customer's name")
            yield Finding(Rule.SEARCH_WORDS, told, order_words(numbers[order_id]))
        else:
            told = say("words find it, and it is not there")
            yield Finding(Rule.SEARCH_WORDS, told, order_words(str(order_id)))
    for performance_id in _wrong(_stored(session, WordKind.PERFORMANCE), _of_performances(session)):
        told = say("the words it is found by are not those of its title and venue")
        yield Finding(Rule.SEARCH_WORDS, told, names.performance(performance_id))


def _wrong(stored: Counter[int], said: Counter[int]) -> list[int]:
    return sorted(key for key in stored.keys() | said.keys() if stored[key] != said[key])


def _found_by_old_names(session: Session, order_ids: list[int]) -> Iterator[int]:
    """Return orders that were corrected, and that all words of their names find.

    A counter may not delete: the words of the name before stay, and find the order as well.
    """
    corrected = session.execute(
        select(OrderChange.order_id)
        .where(OrderChange.kind == ChangeKind.CORRECTION, OrderChange.order_id.in_(order_ids))
        .distinct()
    ).scalars()
    for order_id in corrected.all():
        said = {
            (row.performance_id, word)
            for row in session.execute(_NAMED.where(Order.id == order_id))
            for word in words_of(row.customer_name)
        }
        stored = session.execute(
            select(SearchWord.performance_id, SearchWord.word).where(
                SearchWord.kind == WordKind.GUEST,
                SearchWord.word.in_(sorted({word for _, word in said})),
                SearchWord.performance_id.in_(sorted({performance for performance, _ in said})),
                SearchWord.id == order_id,
            )
        )
        if said == {(row.performance_id, row.word) for row in stored}:
            yield order_id


def _stored(session: Session, kind: WordKind) -> Counter[int]:
    """Return a number for what stands in the database of each: so many words are not kept in memory."""
    rows = session.execute(
        select(SearchWord.id, SearchWord.performance_id, SearchWord.word).where(SearchWord.kind == kind),
        execution_options={"yield_per": _AT_ONCE},
    )
    return _summed((row.id, row.performance_id, row.word) for row in rows)


def _of_guests(session: Session) -> Counter[int]:
    rows = session.execute(_NAMED, execution_options={"yield_per": _AT_ONCE})
    return _summed((row.id, row.performance_id, word) for row in rows for word in words_of(row.customer_name))


def _of_performances(session: Session) -> Counter[int]:
    rows = session.execute(
        select(Performance.id, Event.title, Venue.name)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
    )
    return _summed((row.id, row.id, word) for row in rows for word in {*words_of(row.title), *words_of(row.name)})


def _summed(words: Iterable[tuple[int, int, str]]) -> Counter[int]:
    sums: Counter[int] = Counter()
    for key, performance_id, word in words:
        sums[key] += crc32(f"{performance_id}:{word}".encode()) + 1
    return sums
