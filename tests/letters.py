"""Letters for tests: written as the house writes them, read as rows, and moved in time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import LetterSender, OutboxEmail, OutboxTry, Setting, Ticket
from pos_app.db.results import insert_row
from pos_app.domain.letters.settings import MailSecurity, MailSettings
from pos_app.services.house.mail import MAIL_SETTING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

ANNA = "anna@example.org"
_LETTER = table_of(OutboxEmail)
_TRY = table_of(OutboxTry)


def mail_settings(port: int, **more: Any) -> MailSettings:
    """Return settings for a server of the tests, with no pause between letters."""
    usual: dict[str, Any] = {
        "server": "127.0.0.1",
        "security": MailSecurity.NONE,
        "sender_name": "Playhouse",
        "sender_address": "tickets@house.test",
        "seconds_between": 0.0,
    }
    return MailSettings(port=port, **usual | more)


def store_settings(session: Session, settings: MailSettings) -> None:
    """Let the house send like this."""
    document = json.dumps({name: getattr(settings, name) for name in MailSettings.__slots__})
    done = session.execute(update(Setting).where(Setting.name == MAIL_SETTING).values(value=document))
    if not done.rowcount:  # type: ignore[attr-defined]
        session.execute(insert(Setting).values(name=MAIL_SETTING, value=document))


def write_note(session: Session, /, recipient: str = ANNA, **more: Any) -> int:
    """Write a note of the house; return its key."""
    values: dict[str, Any] = {
        "request_id": uuid4().hex,
        "kind": "note",
        "recipient": recipient,
        "facts": json.dumps({"subject": "Doors", "text": "We open at seven."}),
        "due_at": utc_now(),
        "created_at": utc_now(),
    }
    return insert_row(session, OutboxEmail, **values | more)


def write_confirmation(session: Session, /, order_id: int, ticket_ids: Sequence[int], **more: Any) -> int:
    """Write the confirmation of a sale with its tickets; return its key."""
    issued = {
        row.id: row.issue_count
        for row in session.execute(select(Ticket.id, Ticket.issue_count).where(Ticket.id.in_(list(ticket_ids))))
    }
    facts = {"tickets": [[ticket, issued[ticket]] for ticket in ticket_ids]}
    return write_note(session, kind="confirmation", order_id=order_id, facts=json.dumps(facts), **more)


def letter(session: Session, letter_id: int) -> Row[Any]:
    """Return the row of a letter."""
    return session.execute(select(_LETTER).where(_LETTER.c.id == letter_id)).one()


def letters(session: Session) -> list[Row[Any]]:
    """Return the rows of all letters."""
    return list(session.execute(select(_LETTER).order_by(_LETTER.c.id)))


def tries(session: Session, letter_id: int) -> list[str]:
    """Return what the tries of a letter came to; "handed" or "" for one that is open."""
    rows = session.execute(select(_TRY).where(_TRY.c.letter_id == letter_id).order_by(_TRY.c.id))
    return [row.outcome or ("handed" if row.handed_at else "") for row in rows]


def sender(session: Session, till_id: int) -> str | None:
    """Return what stops a till from sending, None where it has said nothing yet."""
    return session.execute(select(LetterSender.why).where(LetterSender.till_id == till_id)).scalar_one_or_none()


def change(session: Session, /, letter_id: int, **values: Any) -> None:
    """Set columns of a letter by hand."""
    session.execute(update(_LETTER).where(_LETTER.c.id == letter_id).values(**values))


def make_due(session: Session) -> None:
    """Let every letter that waits be due, and every lease be over."""
    session.execute(update(_LETTER).where(_LETTER.c.state == "waiting").values(due_at=utc_plus(-1)))
    session.execute(
        update(_LETTER).where(_LETTER.c.state == "sending").values(due_at=utc_plus(-1), leased_until=utc_plus(-1))
    )


def seconds_to_due(session: Session, letter_id: int) -> float:
    """Return in how many seconds a letter is tried next."""
    row = session.execute(select(_LETTER.c.due_at, utc_now()).where(_LETTER.c.id == letter_id)).one()
    return float((row[0] - row[1]).total_seconds())
