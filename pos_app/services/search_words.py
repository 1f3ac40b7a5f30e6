"""The words under which orders, guests and performances are found, written together with what they tell."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.models import Customer, Event, Order, OrderLine, Performance, SearchWord, SeatingPlan, Venue
from pos_app.domain.customers.finding import CustomerTexts
from pos_app.domain.customers.records import read_marks
from pos_app.domain.orders.finding import OrderTexts
from pos_app.domain.searching import WordKind, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_WORDS = table_of(SearchWord)
_OF_ORDERS = (WordKind.GUEST, WordKind.ORDER, WordKind.PHONE)
_OF_CUSTOMERS = (WordKind.CUSTOMER, WordKind.CUSTOMER_PHONE, WordKind.CUSTOMER_MARK)
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


def add_words(session: Session, order_id: int) -> None:
    """Add the words that an order lacks, where its name, its note or its performances have changed in this transaction.

    What it was found by before still finds it: a counter deletes nothing, and who asks by the old name is right, too.
    Call it behind the write of its revision: two that change one order write its words one after the other.
    """
    _add_to_orders(session, [order_id])


def add_words_of_customer(session: Session, customer_id: int, *, orders: bool = False) -> None:
    """Add the words that a customer lacks, by its own record and by those that were merged into it.

    Call it behind the write of the customer's row. orders: e-mail address or phone has changed, and the orders that
    carry the customer are found by it as well.
    """
    rows = session.execute(
        select(Customer.name, Customer.email, Customer.phone, Customer.marks, Customer.id)
        .where((Customer.id == customer_id) | (Customer.merged_into_id == customer_id))
        .execution_options(populate_existing=True)
    )
    wanted = {
        (kind, word, 0)
        for row in rows
        for kind, word in CustomerTexts(
            customer_id, row.name, row.email, row.phone, read_marks(row.marks) if row.id == customer_id else ()
        ).words()
    }
    _add(session, _OF_CUSTOMERS, {customer_id: wanted})
    if orders:
        carrying = session.execute(select(Order.id).where(Order.customer_id == customer_id).order_by(Order.id))
        _add_to_orders(session, list(carrying.scalars()))


def _add_to_orders(session: Session, order_ids: Sequence[int]) -> None:
    for start in range(0, len(order_ids), _AT_ONCE):
        texts = _stored_texts(session, order_ids[start : start + _AT_ONCE])
        _add(session, _OF_ORDERS, {one.order_id: set(one.words()) for one in texts})


def _add(session: Session, kinds: Iterable[WordKind], wanted: dict[int, set[tuple[WordKind, str, int]]]) -> None:
    """Write the words of some orders, or customers, that are not there yet."""
    key = (_WORDS.c.kind, _WORDS.c.word, _WORDS.c.performance_id)
    stored = session.execute(select(_WORDS.c.id, *key).where(_WORDS.c.id.in_(list(wanted)), _WORDS.c.kind.in_(kinds)))
    there = {(one, WordKind(kind), word, performance_id) for one, kind, word, performance_id in stored}
    each = {(one, *words) for one, some in wanted.items() for words in some}
    if new := sorted(each - there):
        insert_rows(session, _WORDS, [_row(kind, word, performance, one) for one, kind, word, performance in new])


def write_customers(session: Session, customers: Iterable[CustomerTexts]) -> None:
    """Write under which words new customers are found, in one statement."""
    rows = [_row(kind, word, 0, one.customer_id) for one in customers for kind, word in sorted(one.words())]
    if rows:
        insert_rows(session, _WORDS, rows)


def _stored_texts(session: Session, order_ids: Sequence[int]) -> list[OrderTexts]:
    performances: defaultdict[int, list[int]] = defaultdict(list)
    line = OrderLine.order_id, OrderLine.performance_id
    of_lines = select(*line).distinct().where(OrderLine.order_id.in_(order_ids))
    for order_id, performance_id in session.execute(of_lines):
        if performance_id is not None:
            performances[order_id].append(performance_id)
    orders = (
        select(Order.id, Order.customer_name, Order.note, Customer.email, Customer.phone)
        .outerjoin(Customer, Customer.id == Order.customer_id)
        .where(Order.id.in_(order_ids))
        .order_by(Order.id)
    )
    return [
        OrderTexts(order_id, tuple(performances[order_id]), name, note, email or "", phone or "")
        for order_id, name, note, email, phone in session.execute(orders)
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
