"""The letters of the demo: most went out, some wait for a mail server, one failed, one was stopped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Customer, Order, OrderLine, OutboxEmail, OutboxTry, Ticket
from pos_app.documents.letters.rendering import compose_letter
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.occasions import Occasion
from pos_app.domain.letters.sending import Outcome, Trouble
from pos_app.services.letters.templates import load_template
from pos_app.services.letters.writing import write_order_letter
from pos_app.services.orders.letters.contents import load_content

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_LETTER = table_of(OutboxEmail)
_ORDER = table_of(Order)
_CUSTOMER = table_of(Customer)
_SHOWN: Final = 12
"""Of so many of the last letters the words are kept, too."""
_QUEUED: Final = "250 2.0.0 Ok: queued"
_UNKNOWN: Final = "550 5.1.1 Recipient address rejected: User unknown"
_LATER: Final = "451 4.7.1 Try again later"
_SECONDS: Final = 20


def add_letters(session: Session, boss: Actor) -> None:
    """Write a letter for orders that have none, and let one thing or another become of all of them."""
    _write_missing(session)
    at = func.coalesce(_LETTER.c.first_tried_at, _LETTER.c.created_at)
    values = {"state": LetterState.SENT, "tries": 1, "sent_at": at, "closed_at": at}
    session.execute(update(_LETTER).where(_LETTER.c.state == LetterState.WAITING).values(**values))
    went = select(_LETTER.c.id).where(_LETTER.c.state == LetterState.SENT).order_by(_LETTER.c.id.desc()).limit(_SHOWN)
    newest = list(session.scalars(went))
    for letter_id in newest:
        _keep_words(session, letter_id)
    for letter_id, became in zip(newest, (_waits, _fails, _waits, _comes_twice, _is_stopped), strict=False):
        became(session, boss, letter_id)
    for letter_id in newest[5:]:
        _try(session, boss, letter_id, Outcome.SENT, _QUEUED)


def _write_missing(session: Session) -> None:
    """Write the tickets of the last orders whose customer has an address."""
    has_one = select(_LETTER.c.id).where(_LETTER.c.order_id == _ORDER.c.id).exists()
    has_tickets = (
        select(Ticket.id)
        .join(OrderLine, OrderLine.id == Ticket.order_line_id)
        .where(OrderLine.order_id == _ORDER.c.id, Ticket.voided_at.is_(None))
        .exists()
    )
    orders = session.scalars(
        select(_ORDER.c.id)
        .join(_CUSTOMER, _CUSTOMER.c.id == _ORDER.c.customer_id)
        .where(_CUSTOMER.c.email != "", ~has_one, has_tickets)
        .order_by(_ORDER.c.id.desc())
        .limit(_SHOWN)
    ).all()
    for order_id in reversed(orders):
        tickets = session.execute(
            select(Ticket.id, Ticket.issue_count)
            .join(OrderLine, OrderLine.id == Ticket.order_line_id)
            .where(OrderLine.order_id == order_id, Ticket.voided_at.is_(None))
            .order_by(Ticket.id)
        )
        facts = {"tickets": [[one.id, one.issue_count] for one in tickets]}
        request_id = f"demo-letter-{order_id}"
        write_order_letter(session, Occasion(LetterKind.CONFIRMATION, request_id, order_id=order_id, facts=facts))


def _keep_words(session: Session, letter_id: int) -> None:
    """Keep what a letter says as it would be kept if it had gone out."""
    content = load_content(session, letter_id)
    composed = compose_letter(content, load_template(session, content.kind, content.language))
    _become(session, letter_id, subject=composed.subject, body=composed.text, message_id=_message_id(letter_id))


def _waits(session: Session, _boss: Actor, letter_id: int) -> None:
    fresh: dict[str, Any] = {"subject": "", "body": None, "message_id": None, "sent_at": None, "closed_at": None}
    _become(session, letter_id, state=LetterState.WAITING, tries=0, due_at=utc_now(), **fresh)


def _fails(session: Session, boss: Actor, letter_id: int) -> None:
    failure = json.dumps({"trouble": Trouble.ADDRESS, "answer": _UNKNOWN})
    _try(session, boss, letter_id, Outcome.REFUSED, _UNKNOWN)
    fresh: dict[str, Any] = {"subject": "", "body": None, "sent_at": None, "closed_at": utc_now()}
    _become(session, letter_id, state=LetterState.FAILED, failure=failure, **fresh)


def _comes_twice(session: Session, boss: Actor, letter_id: int) -> None:
    for outcome, answer in ((Outcome.AGAIN, _LATER), (Outcome.UNKNOWN, ""), (Outcome.SENT, _QUEUED)):
        _try(session, boss, letter_id, outcome, answer)
    _become(session, letter_id, may_be_twice=True, tries=3)


def _is_stopped(session: Session, _boss: Actor, letter_id: int) -> None:
    fresh: dict[str, Any] = {"subject": "", "body": None, "sent_at": None}
    _become(session, letter_id, state=LetterState.STOPPED, tries=0, closed_at=utc_now(), **fresh)


def _become(session: Session, letter_id: int, **values: Any) -> None:
    session.execute(update(_LETTER).where(_LETTER.c.id == letter_id).values(**values))


def _try(session: Session, boss: Actor, letter_id: int, outcome: Outcome, answer: str) -> None:
    session.execute(
        insert(OutboxTry).values(
            letter_id=letter_id,
            till_id=boss.till_id,
            leased_by="demo",
            began_at=utc_plus(-_SECONDS),
            handed_at=None if outcome in {Outcome.AGAIN, Outcome.REFUSED} else utc_plus(-_SECONDS),
            ended_at=utc_now(),
            outcome=outcome,
            answer=answer,
        )
    )


def _message_id(letter_id: int) -> str:
    return f"<demo-{letter_id}@playhouse.example>"
