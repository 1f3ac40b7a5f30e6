"""Customers looked for among hundreds of thousands: while a name is typed, and where one like it may be there already.

Words are looked up by their beginnings. The rarest of them is walked, and what it finds is tested for the others; of a
word that very many have only so many are walked, and the page says that there are more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from pos_app.db.base import table_of
from pos_app.db.models import Customer, Order, SearchWord
from pos_app.domain.customers.contact import email_key, looks_like_phone, phone_key
from pos_app.domain.customers.finding import CustomerRow, CustomersPage, mark_word
from pos_app.domain.customers.records import USUAL_MARKS, read_marks
from pos_app.domain.roles import Permission
from pos_app.domain.searching import (
    LONGEST_WORD,
    WordKind,
    begin_words,
    folded,
    typed_words,
    words_of,
)
from pos_app.domain.texts import clean_line
from pos_app.services.customers.walking import Begun, begun_words, walk
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session

    from pos_app.domain.customers.finding import CustomerQuery
    from pos_app.domain.customers.records import CustomerDraft
    from pos_app.domain.roles import Actor

MOST_ALIKE: Final = 8
"""So many that are alike are offered."""
_LONGEST_TEXT: Final = 200
_MOST_LOOKED_AT: Final = 60
"""So many that begin alike are looked at, to offer a few."""
_SURE_END: Final = 8
"""Last digits by which two whole phone numbers are the same."""
_WHOLE_PHONE: Final = 9
_LONGEST_NUMBER: Final = 15
_SHORTEST_NAME: Final = 3
_MOST_OF_A_MARK: Final = 20

_WORD = table_of(SearchWord)
_CUSTOMER = table_of(Customer)
_ORDER = table_of(Order)


def find_customers(session: Session, actor: Actor, query: CustomerQuery, *, limit: int = 50) -> CustomersPage:
    """Return who fits best, so many at the most; with nothing typed, who was made last. Raises NotPermitted.

    A number finds its customer ("#" before it: nobody else), and under one that was merged who that is now.
    """
    require(session, actor, Permission.CUSTOMERS)
    text = clean_line(query.text, _LONGEST_TEXT)
    addressed = _by_address(session, text)
    sure = _by_number(session, text) | addressed
    asked = [] if addressed else _asked(text)
    if query.mark and not text.startswith("#"):
        asked.append(Begun(((WordKind.CUSTOMER_MARK, mark_word(query.mark)),)))
    found: Collection[int] = () if text else _newest(session, limit, archived=query.archived)
    more = False
    if asked:
        found, more = walk(session, asked, 2 * limit, archived=query.archived)
    page = [one for one in _rows(session, {*sure, *found}) if _fits(one, query)]
    page.sort(key=lambda one: _rank(one, text, sure))
    more = more or len(page) > limit
    return CustomersPage(_with_orders(session, page[:limit], sure), more=more)


def find_alike(session: Session, actor: Actor, draft: CustomerDraft) -> tuple[CustomerRow, ...]:
    """Return who may be the person that is being typed, the surest first: by address, by phone, by name.

    What is typed need not be whole; those put away are among them. Raises NotPermitted.
    """
    require(session, actor, Permission.CUSTOMERS)
    name = clean_line(draft.name, _LONGEST_TEXT)
    words = typed_words(name)
    address = _by_address(session, draft.email)
    phone: Collection[int] = ()
    if looks_like_phone(draft.phone) and len(phone_key(draft.phone)) >= _SURE_END:
        phone, _ = walk(session, [_phone_end(draft.phone)], _MOST_LOOKED_AT, archived=True)
    named: Collection[int] = ()
    if len("".join(words)) >= _SHORTEST_NAME:
        named, _ = walk(session, begun_words(words), _MOST_LOOKED_AT, archived=True)
    rows = [
        one
        for one in _rows(session, {*address, *phone, *named})
        if one.customer_id in address or one.customer_id in phone or begin_words(words_of(one.name), words)
    ]
    rows.sort(
        key=lambda one: (
            one.customer_id not in address,
            one.customer_id not in phone,
            folded(one.name) != " ".join(words),
            one.archived,
            -one.customer_id,
        )
    )
    return _with_orders(session, rows[:MOST_ALIKE])


def list_marks(session: Session, actor: Actor) -> tuple[str, ...]:
    """Return the marks that customers have, as they were last written; where none has any, those usual in a house.

    Raises NotPermitted.
    """
    require(session, actor, Permission.CUSTOMERS)
    used = session.execute(
        select(_WORD.c.word).where(_WORD.c.kind == WordKind.CUSTOMER_MARK).group_by(_WORD.c.word).order_by(_WORD.c.word)
    ).scalars()
    marks = [mark for word in list(used) if (mark := _written(session, word))]
    return tuple(sorted(marks, key=folded)) or USUAL_MARKS


def _written(session: Session, word: str) -> str:
    """Return how a mark is written; "" where nobody has it any more."""
    newest = (
        select(_WORD.c.id)
        .where(_WORD.c.kind == WordKind.CUSTOMER_MARK, _WORD.c.word == word, _WORD.c.performance_id == 0)
        .order_by(_WORD.c.id.desc())
        .limit(_MOST_OF_A_MARK)
        .subquery()
    )
    some = (
        select(_CUSTOMER.c.marks)
        .join(newest, newest.c.id == _CUSTOMER.c.id)
        .where(_CUSTOMER.c.erased_at.is_(None))
        .order_by(_CUSTOMER.c.id.desc())
    )
    each = (mark for text in session.execute(some).scalars() for mark in read_marks(text))
    return next((mark for mark in each if mark_word(mark) == word), "")


def _asked(text: str) -> list[Begun]:
    if text.startswith("#"):
        return []
    if looks_like_phone(text):
        return [_phone(text)]
    return begun_words(typed_words(text))


def _phone(typed: str) -> Begun:
    """Ask for digits of a phone number: of a whole one the last ones, of less the first or the last."""
    digits = phone_key(typed)
    if len(digits) >= _WHOLE_PHONE:
        return Begun((*_phone_end(typed).ways, (WordKind.CUSTOMER, digits[:LONGEST_WORD])))
    return Begun(((WordKind.CUSTOMER_PHONE, digits[::-1]), (WordKind.CUSTOMER, digits)))


def _phone_end(typed: str) -> Begun:
    return Begun(((WordKind.CUSTOMER_PHONE, phone_key(typed)[::-1][:_SURE_END]),))


def _by_number(session: Session, text: str) -> dict[int, int]:
    """Return who has this number: the number itself by that of the customer that it leads to."""
    digits = text.removeprefix("#").strip()
    if not digits.isdecimal() or len(digits) > _LONGEST_NUMBER:
        return {}
    row = session.execute(
        select(_CUSTOMER.c.id, _CUSTOMER.c.merged_into_id).where(_CUSTOMER.c.id == int(digits))
    ).one_or_none()
    return {} if row is None else {row.merged_into_id or row.id: row.id}


def _by_address(session: Session, text: str) -> dict[int, int]:
    key = email_key(text)
    if not key:
        return {}
    found = session.execute(select(_CUSTOMER.c.id).where(_CUSTOMER.c.email_key == key)).scalars()
    return {one: one for one in found}


def _newest(session: Session, limit: int, *, archived: bool) -> set[int]:
    newest = (
        select(_CUSTOMER.c.id)
        .where(_CUSTOMER.c.merged_into_id.is_(None), _CUSTOMER.c.erased_at.is_(None))
        .order_by(_CUSTOMER.c.id.desc())
        .limit(limit + 1)
    )
    if not archived:
        newest = newest.where(_CUSTOMER.c.deleted_at.is_(None))
    return set(session.execute(newest).scalars())


def _rows(session: Session, ids: Collection[int]) -> list[CustomerRow]:
    if not ids:
        return []
    rows = session.execute(
        select(
            _CUSTOMER.c.id,
            _CUSTOMER.c.name,
            _CUSTOMER.c.email,
            _CUSTOMER.c.phone,
            _CUSTOMER.c.marks,
            _CUSTOMER.c.deleted_at,
            _CUSTOMER.c.email_verified_at,
        ).where(_CUSTOMER.c.id.in_(sorted(ids)), _CUSTOMER.c.merged_into_id.is_(None), _CUSTOMER.c.erased_at.is_(None))
    )
    return list(map(_row, rows))


def _row(row: Any) -> CustomerRow:
    return CustomerRow(
        row.id,
        row.name,
        row.email,
        row.phone,
        read_marks(row.marks),
        archived=row.deleted_at is not None,
        verified=row.email_verified_at is not None,
    )


def _fits(row: CustomerRow, query: CustomerQuery) -> bool:
    if row.archived and not query.archived:
        return False
    return not query.mark or mark_word(query.mark) in map(mark_word, row.marks)


def _rank(row: CustomerRow, text: str, sure: Collection[int]) -> tuple[Any, ...]:
    """Order by how well a customer fits: the very one, the whole name, whole words of it, then the newest."""
    typed = typed_words(text)
    words = words_of(row.name)
    whole = sum(word in words for word in typed)
    return row.customer_id not in sure, folded(row.name) != " ".join(typed), -whole, row.archived, -row.customer_id


def _with_orders(
    session: Session, rows: Iterable[CustomerRow], former: dict[int, int] | None = None
) -> tuple[CustomerRow, ...]:
    rows = list(rows)
    if not rows:
        return ()
    counted = session.execute(
        select(_ORDER.c.customer_id, func.count().label("orders"), func.max(_ORDER.c.id).label("last"))
        .where(_ORDER.c.customer_id.in_([one.customer_id for one in rows]))
        .group_by(_ORDER.c.customer_id)
    ).all()
    last = select(_ORDER.c.id, _ORDER.c.created_at).where(_ORDER.c.id.in_([one.last for one in counted]))
    moments = {row.id: row.created_at for row in session.execute(last)} if counted else {}
    by_customer = {one.customer_id: (one.orders, moments.get(one.last)) for one in counted}
    told = []
    for row in rows:
        orders, last_at = by_customer.get(row.customer_id, (0, None))
        number = (former or {}).get(row.customer_id, row.customer_id)
        former_id = number if number != row.customer_id else None
        told.append(replace(row, orders=orders, last_order_at=last_at, former_id=former_id))
    return tuple(told)
