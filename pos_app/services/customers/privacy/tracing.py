"""Where a person stands in the database: under which numbers, in which orders, beside which entries of the audit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from pos_app.db.models import AuditEntry, AuditText, Customer, Order, OrderLine, OutboxEmail, SearchWord, Ticket
from pos_app.domain.customers.mentions import Mentions
from pos_app.domain.searching import WordKind, typed_words
from pos_app.services.customers.records import told_customer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

AT_ONCE: Final = 500
_FEW: Final = 1_000
_SPOKE: Final = (
    "kept_back_changed", "performance_cancelled", "performance_reinstated", "promo_batch_made", "promo_code_added",
    "promo_code_changed", "refund", "refund_given_up", "refund_paid", "reprint", "sale", "season_taken_over",
    "seats_kept_back", "void",
)  # fmt: skip
"""Entries in which free text stood among what is hashed, before it was kept beside it."""
_SPOKEN: Final = ("reason", "reason_was", "note", "changes", "rule", "file", "customer_name")
"""Where it stood in them."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A person's numbers, orders and tickets. customer_ids: who it is, and who was merged into it."""

    customer_ids: tuple[int, ...]
    orders: Mapping[int, str]
    tickets: frozenset[int]
    mentions: Mentions

    @property
    def order_ids(self) -> list[int]:
        """The orders, by id."""
        return sorted(self.orders)

    def is_about(self, told: Mapping[str, Any]) -> bool:
        """Tell whether an entry of the audit is about the person, or an order of theirs."""
        numbers = {told_customer(one) for one in self.customer_ids}
        if {str(told.get("customer")), str(told.get("other"))} & numbers:
            return True
        if str(told.get("order")) in set(self.orders.values()):
            return True
        tickets = told.get("tickets")
        return isinstance(tickets, list) and any(isinstance(one, int) and one in self.tickets for one in tickets)


def trace(session: Session, customer_id: int) -> Traced:
    """Find all that belongs to a customer. customer_id: of one that is merged into nobody."""
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.email, Customer.phone)
        .where(or_(Customer.id == customer_id, Customer.merged_into_id == customer_id))
        .order_by(Customer.id)
    ).all()
    ids = tuple(row.id for row in rows)
    orders = session.execute(
        select(Order.id, Order.number, Order.customer_name).where(Order.customer_id.in_(ids)).order_by(Order.id)
    ).all()
    tickets: set[int] = set()
    for some in in_parts([row.id for row in orders]):
        of_orders = select(Ticket.id).join(OrderLine, OrderLine.id == Ticket.order_line_id)
        tickets.update(session.execute(of_orders.where(OrderLine.order_id.in_(some))).scalars())
    # An order may bear somebody else's name as well, who is not the one to be forgotten.
    own = {word for row in rows for word in typed_words(row.name)}
    mentions = Mentions.of(
        [
            *(row.name for row in rows),
            *(row.customer_name for row in orders if not own.isdisjoint(typed_words(row.customer_name))),
        ],
        [row.email for row in rows],
        [row.phone for row in rows],
    )
    return Traced(ids, {row.id: row.number for row in orders}, frozenset(tickets), mentions)


def texts_about(session: Session, traced: Traced, *, after: int = 0) -> Iterator[tuple[int, dict[str, Any], Any]]:
    """Give the free texts beside entries that are about a person: id of the entry, its text and its free texts."""
    for entry_id, body, texts in _beside(session, after):
        told = read_told(body)
        if traced.is_about(told):
            yield entry_id, told, read_told(texts)


def texts_naming(session: Session, mentions: Mentions) -> Iterator[tuple[int, str]]:
    """Give the free texts beside any entries that name a person for sure, as they are stored."""
    for entry_id, _, texts in _beside(session, 0):
        if mentions.are_in(" ".join(map(str, read_told(texts).values()))):
            yield entry_id, texts


def letters_of(traced: Traced) -> ColumnElement[bool]:
    """Tell of a letter whether it is the person's, or about an order of theirs, or went to an address of theirs."""
    emails = [one.lower() for one in traced.mentions.emails]
    return or_(
        OutboxEmail.customer_id.in_(traced.customer_ids),
        OutboxEmail.order_id.in_(traced.order_ids),
        func.lower(OutboxEmail.recipient).in_(emails),
    )


def count_old_entries(session: Session, traced: Traced) -> int:
    """Count entries that were hashed with their free text and are about the person, or name the person."""
    count = last = 0
    columns = select(AuditEntry.id, AuditEntry.body).where(
        AuditEntry.action.in_(_SPOKE), or_(*(AuditEntry.body.contains(f'"{name}":') for name in _SPOKEN))
    )
    while rows := session.execute(columns.where(AuditEntry.id > last).order_by(AuditEntry.id).limit(_FEW)).all():
        for row in rows:
            told = read_told(row.body)
            spoken = " ".join(_words(told.get(name)) for name in _SPOKEN)
            # The reason of a sale's gift is a word of a list, and nobody's.
            own = bool(spoken) and told.get("action") != "sale" and traced.is_about(told)
            count += own or traced.mentions.are_in(spoken)
        last = rows[-1].id
    return count


def count_plain_orders(session: Session, traced: Traced) -> int:
    """Count orders that belong to no customer and bear a whole name of the person, as it is searched."""
    found: set[int] = set()
    for name in traced.mentions.names:
        words = sorted(set(typed_words(name)), key=len, reverse=True)
        first, *others = (aliased(SearchWord) for _ in words)
        orders = (
            select(Order.id)
            .join(first, and_(first.id == Order.id, first.kind == WordKind.ORDER, first.word == words[0]))
            .where(Order.customer_id.is_(None))
        )
        for word, of in zip(words[1:], others, strict=True):
            orders = orders.where(
                select(of.id).where(of.id == Order.id, of.kind == WordKind.ORDER, of.word == word).exists()
            )
        found.update(session.execute(orders).scalars())
    return len(found)


def in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Give ids in parts that one statement takes."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def read_told(text: str) -> dict[str, Any]:
    """Return what an entry, or what stands beside it, tells; nothing where it cannot be read."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _words(told: object) -> str:
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False) if told else ""


def _beside(session: Session, after: int) -> Iterator[tuple[int, str, str]]:
    columns = select(AuditText.entry_id, AuditEntry.body, AuditText.texts).join(
        AuditEntry, AuditEntry.id == AuditText.entry_id
    )
    last = after
    while rows := session.execute(
        columns.where(AuditText.entry_id > last).order_by(AuditText.entry_id).limit(_FEW)
    ).all():
        for row in rows:
            yield row.entry_id, row.body, row.texts
        last = rows[-1].entry_id
