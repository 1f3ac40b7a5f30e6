"""The words under which orders, guests and performances are found, written together with what they tell."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.models import Customer, Event, Order, OrderLine, Performance, SearchWord, SeatingPlan, Venue
from pos_app.domain.orders.finding import OrderTexts
from pos_app.domain.searching import WordKind, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_WORDS = table_of(SearchWord)
_OF_ORDERS = (WordKind.GUEST, WordKind.ORDER, WordKind.PHONE)
_AT_ONCE: Final = 500
"""Orders of one statement."""


def write_orders(session: Session, orders: Iterable[OrderTexts]) -> None:
    """Write under which words new orders are found, and their guests at each performance, in one statement.

    The texts are those that are stored. Nothing is written for nobody and no note, and nothing is asked then.
    """
    rows = [
        _row(kind, word, performance_id, order.order_id)
        for order in orders
        for kind, word, performance_id in sorted(order.words())
    ]
    if rows:
        insert_rows(session, _WORDS, rows)


def write_stored_orders(session: Session, order_ids: Sequence[int]) -> None:
    """Write the words of orders that have none yet, as write_orders does, by what is stored of them."""
    for start in range(0, len(order_ids), _AT_ONCE):
        write_orders(session, _stored_texts(session, order_ids[start : start + _AT_ONCE]))


def add_words(session: Session, order_id: int, *, of_customer: bool = False) -> None:
    """Add the words that an order lacks, where its name, its note or its performances have changed in this transaction.

    What it was found by before still finds it: a counter deletes nothing, and who asks by the old name is right, too.
    Call it behind the write of its revision: two that change one order write its words one after the other.
    of_customer: the words of the address as well, which a counter may not read.
    """
    wanted = {word for texts in _stored_texts(session, [order_id], of_customer=of_customer) for word in texts.words()}
    key = (_WORDS.c.kind, _WORDS.c.word, _WORDS.c.performance_id)
    stored = session.execute(select(*key).where(_WORDS.c.id == order_id, _WORDS.c.kind.in_(_OF_ORDERS)))
    there = {(WordKind(kind), word, performance_id) for kind, word, performance_id in stored}
    if new := sorted(wanted - there):
        insert_rows(session, _WORDS, [_row(*one, order_id) for one in new])


def _stored_texts(session: Session, order_ids: Sequence[int], *, of_customer: bool = True) -> list[OrderTexts]:
    performances: defaultdict[int, list[int]] = defaultdict(list)
    line = OrderLine.order_id, OrderLine.performance_id
    of_lines = select(*line).distinct().where(OrderLine.order_id.in_(order_ids))
    for order_id, performance_id in session.execute(of_lines):
        if performance_id is not None:
            performances[order_id].append(performance_id)
    orders: Any = (
        select(Order.id, Order.customer_name, Order.note).where(Order.id.in_(order_ids)).order_by(Order.id)
    )
    if of_customer:
        orders = orders.outerjoin(Customer, Customer.id == Order.customer_id)
        orders = orders.add_columns(Customer.email, Customer.phone)
    return [
        OrderTexts(order_id, tuple(performances[order_id]), name, note, *(text or "" for text in address))
        for order_id, name, note, *address in session.execute(orders)
    ]


def write_performances(session: Session, which: ColumnElement[bool], *, before: Iterable[str] = ()) -> None:
    """Write under which words performances are found. which: of Performance or SeatingPlan.

    before: the titles and names that they had, where they are found already.
    """
    found = session.execute(
        select(Performance.id, Event.title, Venue.name)
        .join(Event, Event.id == Performance.event_id)
        .join(SeatingPlan, SeatingPlan.id == Performance.plan_id)
        .join(Venue, Venue.id == SeatingPlan.venue_id)
        .where(which)
        .order_by(Performance.id)
        # Whoever gives an event or a venue another name at this moment is waited for.
        .with_for_update(read=True)
    ).all()
    words = {row.id: dict.fromkeys((*words_of(row.title), *words_of(row.name))) for row in found}
    old = {word for text in before for word in words_of(text)}
    if old and words:
        old |= {word for some in words.values() for word in some}
        session.execute(
            delete(_WORDS).where(
                _WORDS.c.kind == WordKind.PERFORMANCE,
                _WORDS.c.word.in_(sorted(old)),
                _WORDS.c.performance_id.in_(list(words)),
            )
        )
    rows = [_row(WordKind.PERFORMANCE, word, one, one) for one, some in words.items() for word in some]
    if rows:
        insert_rows(session, _WORDS, rows)


def _row(kind: WordKind, word: str, performance_id: int, key: int) -> dict[str, Any]:
    return {"kind": kind, "word": word, "performance_id": performance_id, "id": key}
