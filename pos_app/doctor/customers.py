"""Customers: found by their words, merged into somebody who is there, and nothing left of who was erased."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from pos_app.db.models import Customer, EmailVerification, Order, OutboxEmail, SearchWord, WaitingEntry
from pos_app.doctor.findings import Finding, Rule
from pos_app.domain.customers.contact import LONGEST_PHONE, email_key, phone_key
from pos_app.domain.customers.finding import CustomerTexts
from pos_app.domain.customers.records import read_marks
from pos_app.domain.letters.verification import MOST_TRIES
from pos_app.domain.searching import WordKind
from pos_app.domain.sentences import say, say_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.domain.sentences import Sentence

_AT_ONCE: Final = 5_000
_KINDS: Final = (WordKind.CUSTOMER, WordKind.CUSTOMER_PHONE, WordKind.CUSTOMER_MARK)
_ANSWER: Final = say("Erase this customer once more, at the office.")


def judge_customers(session: Session, _names: Names) -> Iterator[Finding]:
    """Look at each customer for itself, then at what carries one."""
    for some in _customers(session):
        words = _words(session, some)
        for row in some:
            for told in _wrong(row, words[row.id]):
                yield Finding(Rule.CUSTOMERS, told, _named(row.id))
    there = aliased(Customer)
    nobody = (
        select(SearchWord.id)
        .distinct()
        .outerjoin(there, there.id == SearchWord.id)
        .where(SearchWord.kind.in_(_KINDS), there.id.is_(None))
    )
    for customer_id in session.execute(nobody).scalars():
        yield Finding(Rule.CUSTOMERS, say("words find it, and it is not there"), _named(customer_id))
    yield from _astray(session)
    yield from _codes(session)
    yield from _left_of_erased(session)


def _customers(session: Session) -> Iterator[list[Any]]:
    last = 0
    columns = (
        Customer.id, Customer.revision, Customer.name, Customer.email, Customer.email_key, Customer.email_verified_at,
        Customer.phone, Customer.phone_key, Customer.note, Customer.marks, Customer.letters_at,
        Customer.merged_into_id, Customer.erased_at, Customer.language,
    )  # fmt: skip
    of_each = select(*columns).order_by(Customer.id).limit(_AT_ONCE)
    while rows := [*session.execute(of_each.where(Customer.id > last))]:
        yield rows
        last = rows[-1].id


def _words(session: Session, some: list[Any]) -> defaultdict[int, set[tuple[WordKind, str]]]:
    found: defaultdict[int, set[tuple[WordKind, str]]] = defaultdict(set)
    rows = session.execute(
        select(SearchWord.id, SearchWord.kind, SearchWord.word).where(
            SearchWord.id.between(some[0].id, some[-1].id), SearchWord.kind.in_(_KINDS)
        )
    )
    for row in rows:
        found[row.id].add((WordKind(row.kind), row.word))
    return found


def _wrong(row: Any, stored: set[tuple[WordKind, str]]) -> Iterator[Sentence]:
    if row.erased_at is not None or row.merged_into_id is not None:
        if stored:
            yield say("words find it, and it is nobody's number any more")
        if row.email_key is not None:
            yield say("it keeps an e-mail address from others, and is nobody's number any more")
        if row.erased_at is not None and _is_known(row):
            yield say("it was erased, and something is still known of it")
        return
    said = CustomerTexts(row.id, row.name, row.email, row.phone, read_marks(row.marks)).words()
    # What it was found by before it was changed, or merged, may still find it.
    if not (stored >= said if row.revision else stored == said):
        yield say("the words it is found by are not its own")
    if row.email_key is not None and row.email_key not in {email_key(row.email), row.email.casefold()}:
        yield say("its e-mail address is compared as another one")
    if row.email_verified_at is not None and not row.email:
        yield say("its e-mail address is told to be verified, and it has none")
    if row.phone_key != phone_key(row.phone)[:LONGEST_PHONE]:
        yield say("its phone number is compared as another one")


def _is_known(row: Any) -> bool:
    texts = (row.name, row.email, row.phone, row.phone_key, row.note, row.language)
    return any(texts) or bool(read_marks(row.marks)) or row.letters_at is not None or row.email_verified_at is not None


def _astray(session: Session) -> Iterator[Finding]:
    """Tell what carries a number that leads elsewhere, and what leads nowhere."""
    into = aliased(Customer)
    leads = (
        select(Customer.id)
        .outerjoin(into, into.id == Customer.merged_into_id)
        .where(Customer.merged_into_id.is_not(None), or_(into.id.is_(None), into.merged_into_id.is_not(None)))
    )
    for customer_id in session.execute(leads).scalars():
        yield Finding(
            Rule.CUSTOMERS, say("it was merged into one that is not there, or was merged itself"), _named(customer_id)
        )
    for column in (
        Order.customer_id,
        WaitingEntry.customer_id,
        EmailVerification.customer_id,
        OutboxEmail.customer_id,
    ):
        carried = (
            select(Customer.id, func.count().label("rows"))
            .select_from(column.class_)
            .join(Customer, Customer.id == column)
            .where(Customer.merged_into_id.is_not(None))
            .group_by(Customer.id)
        )
        for row in session.execute(carried):
            told = say_count(
                "{count} order, entry or letter carries its number, and it was merged",
                "{count} orders, entries or letters carry its number, and it was merged",
                row.rows,
            )
            yield Finding(Rule.CUSTOMERS, told, _named(row.id))


def _codes(session: Session) -> Iterator[Finding]:
    """Tell which code was tried more often than may be, or used when it was good no more."""
    of_code = EmailVerification
    too_often = of_code.tries > MOST_TRIES
    too_late = or_(of_code.verified_at > of_code.expires_at, of_code.closed_at.is_not(None))
    for condition, told in (
        (too_often, say("a code that was sent to its address was tried too often")),
        (and_(of_code.verified_at.is_not(None), too_late), say("a code was used that was good no more")),
    ):
        for customer_id in session.execute(select(of_code.customer_id).where(condition).distinct()).scalars():
            yield Finding(Rule.CUSTOMERS, told, _named(customer_id))


def _left_of_erased(session: Session) -> Iterator[Finding]:
    named = (
        select(Customer.id, func.count().label("orders"))
        .join(Order, Order.customer_id == Customer.id)
        .where(Customer.erased_at.is_not(None), or_(Order.customer_name != "", Order.note != ""))
        .group_by(Customer.id)
    )
    for row in session.execute(named):
        told = say_count(
            "it was erased, and {count} order of it bears a name or a note",
            "it was erased, and {count} orders of it bear a name or a note",
            row.orders,
        )
        yield Finding(Rule.CUSTOMERS, told, _named(row.id), advice=_ANSWER)
    gone = Customer.erased_at.is_not(None)
    codes = select(EmailVerification.customer_id).join(Customer, Customer.id == EmailVerification.customer_id)
    waiting = select(WaitingEntry.customer_id).join(Customer, Customer.id == WaitingEntry.customer_id)
    for left in (codes.where(gone), waiting.where(gone, WaitingEntry.closed_at.is_(None))):
        for customer_id in session.execute(left.distinct()).scalars():
            told = say("it was erased, and codes or open waiting entries still name it")
            yield Finding(Rule.CUSTOMERS, told, _named(customer_id), advice=_ANSWER)


def _named(customer_id: int) -> Sentence:
    return say("Customer {number}", number=str(customer_id))
