"""What the tests of verification have in common: a mail server that is set, and the code of the last letter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, OutboxEmail, Setting
from pos_app.domain.letters.kinds import LetterKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.db.database import Database

_MAIL = {"server": "mail.example.org", "sender_address": "tickets@example.org"}


def set_mail_server(session: Session) -> None:
    """Let the house send letters; none ever goes out."""
    session.execute(insert(Setting).values(name="letters", value=json.dumps(_MAIL)))


def sent_codes(database: Database, customer_id: int) -> list[str]:
    """Return the codes of the letters to a customer, "" where one was blanked; the last one at the end."""
    rows = select(OutboxEmail.facts).where(
        OutboxEmail.customer_id == customer_id, OutboxEmail.kind == LetterKind.VERIFICATION
    )
    facts = database.read(lambda session: list(session.scalars(rows.order_by(OutboxEmail.id))))
    return [json.loads(one).get("code", "") for one in facts]


def another_than(code: str) -> str:
    """Return six digits that are not this code."""
    return f"{(int(code) + 1) % 10**6:06d}"


def set_verified(session: Session, customer_id: int) -> None:
    """Let an address be verified, as if its code had been typed."""
    session.execute(update(Customer).where(Customer.id == customer_id).values(email_verified_at=utc_now()))


def set_back(session: Session, table: Any, /, **moments: Any) -> None:
    """Write moments into all rows of a table."""
    session.execute(update(table).values(**moments))
