"""The tickets of an order by e-mail once more, as they are good now, to an address that a person has confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, Order, OrderLine, OutboxEmail, Ticket
from pos_app.db.results import insert_row
from pos_app.domain.errors import NotFound
from pos_app.domain.letters.deeds import LetterRefused, clean_recipient
from pos_app.domain.letters.kinds import WITH_TICKETS, LetterKind
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.letters.deeds import told_letter
from pos_app.services.letters.writing import facts_told
from pos_app.services.orders.letters.changes import are_all_given
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


@dataclass(frozen=True, slots=True)
class TicketMail:
    """What is asked before tickets are sent. tickets: how many are good; recipient: to where; "": nobody knows."""

    order_id: int
    number: str
    tickets: int
    recipient: str


def load_ticket_mail(session: Session, actor: Actor, order_id: int) -> TicketMail:
    """Return how many tickets of an order are good, and where they would go: to the customer's address as it is now.

    Where there is none, to where the last letter with tickets went. Raises NotPermitted, NotFound, LetterRefused (whose
    it is was erased).
    """
    require(session, actor, Permission.LETTERS)
    order = _order(session, order_id)
    last = _last_letter(session, order_id)
    recipient = order.email or (last.recipient if last is not None else "")
    return TicketMail(order_id, order.number, len(_good(session, order_id)), recipient)


def email_tickets(session: Session, actor: Actor, order_id: int, recipient: str, *, request_id: str) -> int:
    """Write a letter with all tickets of an order that are good now; return its id. May be repeated.

    The tickets stay as they are: no code is made anew. Raises NotPermitted, NotFound, FieldRefused ("recipient"),
    LetterRefused (no ticket is good any more, or whose it is was erased).
    """
    require(session, actor, Permission.LETTERS)
    recipient = clean_recipient(recipient)
    made = session.execute(select(OutboxEmail.id).where(OutboxEmail.request_id == request_id)).scalar_one_or_none()
    if made is not None:
        return int(made)
    order, good = _order(session, order_id), _good(session, order_id)
    if not good:
        raise LetterRefused(
            say("No ticket of this order is good any more."), advice=say("What became of them stands in its history.")
        )
    last = _last_letter(session, order_id)
    is_given = are_all_given(session, [row.line_id for row in good])
    letter_id = insert_row(
        session,
        OutboxEmail,
        request_id=request_id,
        kind=LetterKind.GIFT if is_given else LetterKind.CONFIRMATION,
        language=order.language or "",
        order_id=order_id,
        customer_id=order.customer_id,
        recipient=recipient,
        facts=facts_told({"tickets": [[row.ticket_id, row.issue_count] for row in good]}),
        due_at=utc_now(),
        again_of_id=None if last is None else last.id,
        staff_id=actor.staff_id,
        created_at=utc_now(),
    )
    record(session, actor, "tickets_emailed", order=order.number, letter=told_letter(letter_id))
    return letter_id


def _order(session: Session, order_id: int) -> Any:
    row = session.execute(
        select(Order.number, Order.customer_id, Customer.email, Customer.language, Customer.erased_at)
        .outerjoin(Customer, Customer.id == Order.customer_id)
        .where(Order.id == order_id)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This order is not there."))
    if row.erased_at is not None:
        raise LetterRefused(say("Whom this order is for was erased; nobody can be written to any more."))
    return row


def _good(session: Session, order_id: int) -> list[Any]:
    return list(
        session.execute(
            select(Ticket.id.label("ticket_id"), Ticket.issue_count, OrderLine.id.label("line_id"))
            .join(OrderLine, OrderLine.id == Ticket.order_line_id)
            .where(
                OrderLine.order_id == order_id,
                OrderLine.kind == LineKind.SEAT,
                OrderLine.state == LineState.LIVE,
                Ticket.voided_at.is_(None),
            )
            .order_by(Ticket.id)
        )
    )


def _last_letter(session: Session, order_id: int) -> Any:
    return session.execute(
        select(OutboxEmail.id, OutboxEmail.recipient)
        .where(
            OutboxEmail.order_id == order_id,
            OutboxEmail.kind.in_(sorted(WITH_TICKETS)),
            OutboxEmail.recipient != "",
        )
        .order_by(OutboxEmail.id.desc())
        .limit(1)
    ).one_or_none()
