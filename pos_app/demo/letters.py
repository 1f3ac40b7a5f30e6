"""The letters of the demo: most went out, some wait for a mail server, one failed, one was stopped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Order, OutboxEmail, OutboxTry
from pos_app.documents.letters.rendering import compose_letter
from pos_app.domain.letters.kept_body import keep_body
from pos_app.domain.letters.kinds import LetterState
from pos_app.domain.letters.listing import told_stopped
from pos_app.domain.letters.sending import Outcome, Trouble
from pos_app.services.house.ticket_look import load_ticket_look
from pos_app.services.letters.templates import load_template
from pos_app.services.orders.letters.contents import load_content

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_LETTER = table_of(OutboxEmail)
_ORDER = table_of(Order)
_TRY = table_of(OutboxTry)
_QUEUED: Final = "250 2.0.0 Ok: queued"
_UNKNOWN: Final = "550 5.1.1 Recipient address rejected: User unknown"
_LATER: Final = "451 4.7.1 Try again later"
_SECONDS: Final = 20


def deliver_letters(session: Session, boss: Actor) -> None:
    """Let all letters that wait go out on the day of their orders, and keep what each said then."""
    sold_at = select(_ORDER.c.created_at).where(_ORDER.c.id == _LETTER.c.order_id).scalar_subquery()
    waiting = _LETTER.c.state == LetterState.WAITING
    session.execute(update(_LETTER).where(waiting, _LETTER.c.order_id.is_not(None)).values(created_at=sold_at))
    for letter in session.execute(select(_LETTER.c.id, _LETTER.c.created_at).where(waiting)).all():
        at = letter.created_at
        _keep_words(session, letter.id)
        _become(session, letter.id, state=LetterState.SENT, tries=1, first_tried_at=at, sent_at=at, closed_at=at)
        _try(session, boss, letter.id, Outcome.SENT, _QUEUED, at=at)


def decide_letters(session: Session, boss: Actor) -> None:
    """Let one thing or another become of the last letters: some wait for a mail server, one failed, one was stopped."""
    went = select(_LETTER.c.id).where(_LETTER.c.state == LetterState.SENT).order_by(_LETTER.c.id.desc()).limit(5)
    newest = list(session.scalars(went))
    session.execute(delete(_TRY).where(_TRY.c.letter_id.in_(newest)))
    for letter_id, became in zip(newest, (_waits, _fails, _waits, _comes_twice, _is_stopped), strict=False):
        became(session, boss, letter_id)


def _keep_words(session: Session, letter_id: int) -> None:
    """Keep what a letter says as it is kept when it goes out."""
    content = load_content(session, letter_id)
    composed = compose_letter(
        content, load_template(session, content.kind, content.language), load_ticket_look(session)
    )
    body = keep_body(composed.text, composed.html)
    _become(session, letter_id, subject=composed.subject, body=body, message_id=_message_id(letter_id))


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


def _is_stopped(session: Session, boss: Actor, letter_id: int) -> None:
    failure = told_stopped("", boss.staff_id, failed=False)
    fresh: dict[str, Any] = {"subject": "", "body": None, "sent_at": None, "failure": failure}
    _become(session, letter_id, state=LetterState.STOPPED, tries=0, closed_at=utc_now(), **fresh)


def _become(session: Session, letter_id: int, **values: Any) -> None:
    session.execute(update(_LETTER).where(_LETTER.c.id == letter_id).values(**values))


def _try(
    session: Session, boss: Actor, letter_id: int, outcome: Outcome, answer: str, *, at: datetime | None = None
) -> None:
    """Write a try down. at: when it was (UTC); None: just now."""
    began, ended = (at, at) if at is not None else (utc_plus(-_SECONDS), utc_now())
    session.execute(
        insert(OutboxTry).values(
            letter_id=letter_id,
            till_id=boss.till_id,
            leased_by="demo",
            began_at=began,
            handed_at=None if outcome in {Outcome.AGAIN, Outcome.REFUSED} else began,
            ended_at=ended,
            outcome=outcome,
            answer=answer,
        )
    )


def _message_id(letter_id: int) -> str:
    return f"<demo-{letter_id}@playhouse.example>"
