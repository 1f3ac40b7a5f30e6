"""Letters: each tells of one change, of its own order and tickets, once; none bears a word of who was erased."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, or_, select

from pos_app.db.models import Customer, Order, OrderChange, OrderLine, OutboxEmail, Ticket
from pos_app.doctor.findings import Finding, Rule
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.domain.sentences import Sentence

_AT_ONCE: Final = 2_000
_TOLD_BY: Final = {
    LetterKind.CONFIRMATION: {ChangeKind.SALE, ChangeKind.PICK_UP},
    LetterKind.GIFT: {ChangeKind.SALE, ChangeKind.PICK_UP},
    LetterKind.RESERVATION: {ChangeKind.RESERVE, ChangeKind.KEEP_LONGER},
    LetterKind.LAPSED: {ChangeKind.RELEASE, ChangeKind.GIVE_UP_SEATS},
    LetterKind.REFUND: {ChangeKind.REFUND, ChangeKind.VOID, ChangeKind.PAY_OUT},
    LetterKind.CANCELLED: {ChangeKind.REFUND, ChangeKind.GIVE_UP_SEATS},
    LetterKind.EXCHANGE: {ChangeKind.EXCHANGE, ChangeKind.SWAP, ChangeKind.CORRECTION},
    LetterKind.MOVED: {ChangeKind.MOVE},
    LetterKind.RESALE: {ChangeKind.RESALE},
    LetterKind.RESOLD: {ChangeKind.RESOLD},
    LetterKind.RESALE_ENDED: {ChangeKind.RESALE_BACK, ChangeKind.REFUND, ChangeKind.EXCHANGE, ChangeKind.MOVE},
}
"""Which changes a letter of each kind may tell of."""
_UNSENT: Final = (LetterState.WAITING, LetterState.SENDING)
_ADVICE: Final = say("Erase this customer once more, at the office.")


def judge_letters(session: Session, _names: Names) -> Iterator[Finding]:
    """Look at each letter for itself, then at changes that were told twice, and at who was erased."""
    last = 0
    columns = select(
        OutboxEmail.id,
        OutboxEmail.kind,
        OutboxEmail.state,
        OutboxEmail.order_id,
        OutboxEmail.change_id,
        OutboxEmail.facts,
        OutboxEmail.leased_by,
        OutboxEmail.leased_until,
        OutboxEmail.sent_at,
        OrderChange.order_id.label("changed_order"),
        OrderChange.kind.label("changed"),
    ).outerjoin(OrderChange, OrderChange.id == OutboxEmail.change_id)
    while some := session.execute(columns.where(OutboxEmail.id > last).order_by(OutboxEmail.id).limit(_AT_ONCE)).all():
        tickets = {row.id: _tickets(row.facts) for row in some}
        orders = _orders_of(session, {ticket for each in tickets.values() for ticket in each or ()})
        for row in some:
            for told in _wrong(row, tickets[row.id], orders):
                yield Finding(Rule.LETTERS, told, _named(row.id))
        last = some[-1].id
    yield from _told_twice(session)
    yield from _left_of_erased(session)


def _wrong(row: Any, tickets: Sequence[int] | None, orders: dict[int, int]) -> Iterator[Sentence]:
    if row.kind not in set(LetterKind) or row.state not in set(LetterState):
        yield say("nobody knows what it is, or what became of it")
        return
    if row.state == LetterState.SENDING and (row.leased_by is None or row.leased_until is None):
        yield say("it is being sent, and by nobody")
    if (row.state == LetterState.SENT) != (row.sent_at is not None):
        yield say("whether it was sent is told one way and the other")
    if row.change_id is not None and (
        row.changed_order != row.order_id or row.changed not in _TOLD_BY.get(LetterKind(row.kind), ())
    ):
        yield say("it tells of another order's change, or of another kind of change")
    if tickets is None:
        yield say("what it tells cannot be read")
    elif any(orders.get(ticket) != row.order_id for ticket in tickets):
        yield say("it brings tickets of another order")


def _tickets(facts: str) -> list[int] | None:
    """Return the tickets that facts name, None: they cannot be read."""
    try:
        return [ticket for ticket, _ in json.loads(facts).get("tickets", [])]
    except (ValueError, TypeError, AttributeError):
        return None


def _orders_of(session: Session, ticket_ids: set[int]) -> dict[int, int]:
    wanted, found = sorted(ticket_ids), {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = session.execute(
            select(Ticket.id, OrderLine.order_id)
            .join(OrderLine, OrderLine.id == Ticket.order_line_id)
            .where(Ticket.id.in_(wanted[start : start + _AT_ONCE]))
        )
        found.update({row.id: row.order_id for row in rows})
    return found


def _told_twice(session: Session) -> Iterator[Finding]:
    """A letter that repeats another, and one part of several, are told by their own columns."""
    twice = (
        select(OutboxEmail.change_id, func.max(OutboxEmail.id).label("letter_id"))
        .where(OutboxEmail.change_id.is_not(None), OutboxEmail.again_of_id.is_(None), OutboxEmail.part == 1)
        .group_by(OutboxEmail.change_id)
        .having(func.count() > 1)
        .order_by(OutboxEmail.change_id)
    )
    for row in session.execute(twice):
        yield Finding(Rule.LETTERS, say("it tells what another one has told"), _named(row.letter_id))


def _left_of_erased(session: Session) -> Iterator[Finding]:
    worded = or_(
        OutboxEmail.recipient != "",
        OutboxEmail.subject != "",
        OutboxEmail.body.is_not(None),
        OutboxEmail.attachments.is_not(None),
        OutboxEmail.failure != "",
        OutboxEmail.facts != "{}",
        OutboxEmail.state.in_(_UNSENT),
    )
    gone = Customer.erased_at.is_not(None)
    own = select(OutboxEmail.id).join(Customer, Customer.id == OutboxEmail.customer_id)
    of_orders = (
        select(OutboxEmail.id)
        .join(Order, Order.id == OutboxEmail.order_id)
        .join(Customer, Customer.id == Order.customer_id)
    )
    found: set[int] = set()
    statement: Select[int]
    for statement in (own, of_orders):
        found.update(session.execute(statement.where(gone, worded)).scalars())
    for letter_id in sorted(found):
        told = say("its customer was erased, and it bears words still or waits to be sent")
        yield Finding(Rule.LETTERS, told, _named(letter_id), advice=_ADVICE)


def _named(letter_id: int) -> Sentence:
    return say("Letter {number}", number=str(letter_id))
