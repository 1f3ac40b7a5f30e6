"""The words under which guests and performances are found, written together with what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import aliased

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.grants.own import may_delete
from pos_app.db.models import Event, Order, OrderLine, Performance, SearchWord, SeatingPlan, Venue
from pos_app.domain.searching import WordKind, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_WORDS = table_of(SearchWord)


def write_guests(session: Session, guests: Iterable[tuple[int, int, str]]) -> None:
    """Write under which words guests are found, in one statement: each with the order, a performance and the name.

    The name is the one that is stored. Nothing is written for nobody, and nothing is asked then.
    """
    rows = [
        _row(WordKind.GUEST, word, performance_id, order_id)
        for order_id, performance_id, name in guests
        for word in words_of(name)
    ]
    if rows:
        insert_rows(session, _WORDS, rows)


def write_new_guests(session: Session, order_id: int, change_id: int) -> None:
    """Write under which words the guests of an order are found in performances that a change brought to it."""
    new, before = aliased(OrderLine), aliased(OrderLine)
    there = exists().where(
        before.order_id == order_id,
        before.performance_id == new.performance_id,
        or_(before.made_by_id.is_(None), before.made_by_id != change_id),
    )
    rows = session.execute(
        select(new.performance_id, Order.customer_name)
        .join(Order, Order.id == new.order_id)
        .where(new.order_id == order_id, new.made_by_id == change_id, new.performance_id.is_not(None), ~there)
        .distinct()
        .order_by(new.performance_id)
    )
    write_guests(session, ((order_id, row.performance_id, row.customer_name) for row in rows))


def rewrite_guests(session: Session, order_id: int, before: str, name: str) -> None:
    """Write under which words the guests of an order are found by another name. before: the one that they had.

    Words of the old name go where this account may delete them. A counter's may not: there they find the guest as well.
    """
    performances = sorted(
        session.execute(
            select(OrderLine.performance_id)
            .where(OrderLine.order_id == order_id, OrderLine.performance_id.is_not(None))
            .distinct()
        ).scalars()
    )
    words = words_of(name)
    if (gone := sorted(set(words_of(before)) - set(words))) and may_delete(session, _WORDS):
        session.execute(delete(_WORDS).where(*_of_guest(order_id, performances, gone)))
    there = session.execute(
        select(SearchWord.performance_id, SearchWord.word).where(*_of_guest(order_id, performances, sorted(words)))
    )
    found = {(row.performance_id, row.word) for row in there}
    rows = [
        _row(WordKind.GUEST, word, performance_id, order_id)
        for performance_id in performances
        for word in words
        if (performance_id, word) not in found
    ]
    if rows:
        insert_rows(session, _WORDS, rows)


def _of_guest(order_id: int, performances: Sequence[int], words: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    """Name words of an order by their key."""
    return (
        _WORDS.c.kind == WordKind.GUEST,
        _WORDS.c.word.in_(words),
        _WORDS.c.performance_id.in_(performances),
        _WORDS.c.id == order_id,
    )


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
