"""Letters put into the outbox by hand, with the facts that the services tell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select

from pos_app.db.clock import utc_now
from pos_app.db.models import OrderChange, OutboxEmail
from pos_app.db.results import inserted_key
from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.records import add_customer
from pos_app.services.orders.letters.contents import load_content

if TYPE_CHECKING:
    from pos_app.domain.letters.contents import LetterContent
    from pos_app.domain.letters.kinds import LetterKind
    from tests.houses import OpenHouse


def last_change(house: OpenHouse, order_id: int) -> int:
    """Return the last change of an order."""
    changes = select(OrderChange.id).where(OrderChange.order_id == order_id).order_by(OrderChange.id.desc()).limit(1)
    return house.database.read(lambda session: session.execute(changes).scalar_one())


def anna(house: OpenHouse) -> int:
    """Make a customer who can be reached; return who it is."""
    draft = CustomerDraft("Anna Novák", "anna@example.org")
    return house.database.transact(add_customer, house.small.cashier, draft, request_id=uuid4().hex).customer_id


def write(house: OpenHouse, kind: LetterKind, facts: dict[str, Any] | str | None = None, **columns: Any) -> int:
    """Put a letter into the outbox. facts: as Occasion tells; a text is stored as it is."""
    values = {
        "request_id": uuid4().hex,
        "kind": kind,
        "recipient": "anna@example.org",
        "facts": facts if isinstance(facts, str) else json.dumps(facts or {}),
        "due_at": utc_now(),
        "created_at": utc_now(),
    } | columns
    return house.database.transact(lambda session: inserted_key(session.execute(insert(OutboxEmail).values(**values))))


def told(
    house: OpenHouse, kind: LetterKind, facts: dict[str, Any] | str | None = None, **columns: Any
) -> LetterContent:
    """Write a letter, and read what it tells."""
    return house.database.read(load_content, write(house, kind, facts, **columns))


def about(
    house: OpenHouse, kind: LetterKind, order_id: int, facts: dict[str, Any] | None = None, **columns: Any
) -> LetterContent:
    """Read what a letter tells about the last change of an order."""
    return told(house, kind, facts, order_id=order_id, **{"change_id": last_change(house, order_id)} | columns)
