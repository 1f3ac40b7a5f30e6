"""Notes of the house: what a person writes to the customers of a performance, each once, or to one customer.

A note goes only where consent or an order allows it: to who has said that letters may come, and to who has seats of the
performance, paid or reserved, as long as it is not over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, exists, func, or_, select

from pos_app.db.models import Customer, Order, OrderLine, OutboxEmail, Performance
from pos_app.domain.customers.records import CustomerRefused
from pos_app.domain.errors import NotFound
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.notes import HouseNote, NoteReach, sound_note
from pos_app.domain.letters.occasions import Occasion
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.customers.records import told_customer
from pos_app.services.letters.writing import Addressed, write_letters
from pos_app.services.permissions import require
from pos_app.services.server_time import not_over

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_STANDING: Final = (LineState.LIVE, LineState.RESERVED)
_LONGEST_KEY: Final = 40


class Reached(NamedTuple):
    """A customer whom a note reaches. language: "" is that of the house."""

    id: int
    name: str
    email: str
    language: str


def look_at_note(session: Session, actor: Actor, performance_id: int) -> NoteReach:
    """Return how many customers of a performance a note reaches, and how many not. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    _require_performance(session, performance_id)
    reached = _count(session, _customers_of(performance_id).where(_allowed(performance_id)))
    everybody = select(func.count(Customer.id.distinct())).where(
        Customer.erased_at.is_(None), _has_seats(Customer.id, performance_id)
    )
    return NoteReach(reached, session.execute(everybody).scalar_one() - reached)


def write_performance_note(session: Session, actor: Actor, performance_id: int, note: HouseNote) -> int:
    """Write a note to the customers of a performance, each once; return to how many. May be repeated.

    Raises FieldRefused ("subject", "text"), NotPermitted, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    facts = sound_note(note)
    if (done := _done(session, note.request_id)) is not None:
        return done
    _require_performance(session, performance_id)
    reached = session.execute(_customers_of(performance_id).where(_allowed(performance_id))).all()
    letters = [
        Addressed(_occasion(actor, note, row.id, facts, performance_id), row.id, row.email, row.language)
        for row in reached
    ]
    written = write_letters(session, letters)
    record(session, actor, "note_written", performance=performance_id, letters=written)
    return written


def write_customer_note(session: Session, actor: Actor, customer_id: int, note: HouseNote) -> int:
    """Write a note to one customer, who has said that letters may come or has seats of what is not over yet.

    Returns 1. May be repeated. Raises FieldRefused ("subject", "text"), CustomerRefused (no address, or neither allows
    it), NotPermitted, NotFound.
    """
    require(session, actor, Permission.CUSTOMERS)
    facts = sound_note(note)
    if (done := _done(session, note.request_id)) is not None:
        return done
    row = reached_customer(session, customer_id)
    written = write_letters(
        session, [Addressed(_occasion(actor, note, row.id, facts, None), row.id, row.email, row.language)]
    )
    record(session, actor, "note_written", customer=told_customer(row.id), letters=written)
    return written


def reached_customer(session: Session, customer_id: int) -> Reached:
    """Return a customer who may be written to. Raises NotFound, CustomerRefused (no address, or no leave)."""
    row = session.execute(
        select(
            Customer.id,
            Customer.name,
            Customer.email,
            Customer.language,
            or_(Customer.letters_at.is_not(None), _has_seats(Customer.id, None)).label("allowed"),
        ).where(Customer.id == customer_id, Customer.merged_into_id.is_(None), Customer.erased_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotFound(say("This customer is not there any more."))
    if not row.email:
        raise CustomerRefused(say("This customer has no e-mail address."), advice=say("Ask for one, or call."))
    if not row.allowed:
        raise CustomerRefused(
            say("This customer has not said that letters may come, and has no tickets for what is to come."),
            advice=say("Ask whether letters may come, then tick it."),
        )
    return Reached(row.id, row.name, row.email, row.language)


def first_reached(session: Session, performance_id: int) -> Reached | None:
    """Return the first of those whom a note to the customers of a performance reaches; None: it reaches nobody."""
    row = session.execute(_customers_of(performance_id).where(_allowed(performance_id)).limit(1)).one_or_none()
    return None if row is None else Reached._make(row)


def _occasion(
    actor: Actor, note: HouseNote, customer_id: int, facts: dict[str, str], performance_id: int | None
) -> Occasion:
    key = f"{_key(note.request_id)}{customer_id}"
    return Occasion(LetterKind.NOTE, key, performance_id=performance_id, facts=facts, staff_id=actor.staff_id)


def _key(request_id: str) -> str:
    """Return what the letters of a request begin with."""
    return f"note-{request_id[:_LONGEST_KEY]}-"


def _done(session: Session, request_id: str) -> int | None:
    """Return how many letters a request has written already, None: it was not done."""
    of_request = OutboxEmail.request_id.startswith(_key(request_id), autoescape=True)
    written = session.execute(select(func.count()).select_from(OutboxEmail).where(of_request)).scalar_one()
    return written or None


def _require_performance(session: Session, performance_id: int) -> None:
    there = select(Performance.id).where(Performance.id == performance_id)
    if session.execute(there).scalar_one_or_none() is None:
        raise NotFound(say("This performance is not there any more."))


def _customers_of(performance_id: int) -> Select[Any, Any, Any, Any]:
    return (
        select(Customer.id, Customer.name, Customer.email, Customer.language)
        .where(Customer.email != "", Customer.erased_at.is_(None), _has_seats(Customer.id, performance_id))
        .order_by(Customer.id)
    )


def _allowed(performance_id: int) -> ColumnElement[bool]:
    """Return the condition that a customer of a performance may be written to about it."""
    ahead = exists().where(Performance.id == performance_id, not_over())
    return or_(Customer.letters_at.is_not(None), ahead)


def _has_seats(customer_id: Any, performance_id: int | None) -> ColumnElement[bool]:
    """Return the condition that a customer has seats. performance_id: of this one; None: of any that is not over."""
    which = OrderLine.performance_id == performance_id if performance_id is not None else not_over()
    return exists().where(
        Order.customer_id == customer_id,
        OrderLine.order_id == Order.id,
        Performance.id == OrderLine.performance_id,
        and_(OrderLine.kind == LineKind.SEAT, OrderLine.state.in_(_STANDING), which),
    )


def _count(session: Session, found: Select[Any, Any, Any, Any]) -> int:
    return session.execute(select(func.count()).select_from(found.order_by(None).subquery())).scalar_one()
