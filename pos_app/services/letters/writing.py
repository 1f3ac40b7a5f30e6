"""Writing a letter: one row, in the transaction that it tells about; nothing where nobody can be reached.

The recipient is read by the very statement that writes the row, so a sale asks nothing more of the server, and locks
nothing: a customer's address that is changed meanwhile is the one before, or the one after.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import BigInteger, String, Text, bindparam, insert, select

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, Order, OutboxEmail
from pos_app.db.results import matched_rows
from pos_app.domain.letters.kinds import LetterState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from pos_app.domain.letters.occasions import Occasion

_CUSTOMER = table_of(Customer)
_ORDER = table_of(Order)
_LETTER = table_of(OutboxEmail)

_COLUMNS: Final = (
    "request_id", "kind", "order_id", "change_id", "performance_id", "facts", "staff_id", "language", "customer_id",
    "recipient", "state", "due_at", "created_at",
)  # fmt: skip


def _values(recipient: Any, language: Any, customer_id: Any) -> Select[Any]:
    return select(
        bindparam("request", type_=String),
        bindparam("of_kind", type_=String),
        bindparam("of_order", type_=BigInteger),
        bindparam("of_change", type_=BigInteger),
        bindparam("of_performance", type_=BigInteger),
        bindparam("told", type_=Text),
        bindparam("by", type_=BigInteger),
        language,
        customer_id,
        recipient,
        bindparam("in_state", type_=String),
        utc_now(),
        utc_now(),
    ).where(_CUSTOMER.c.email != "", _CUSTOMER.c.erased_at.is_(None))


_TO_CUSTOMER = insert(_LETTER).from_select(
    _COLUMNS,
    _values(_CUSTOMER.c.email, _CUSTOMER.c.language, _CUSTOMER.c.id).where(_CUSTOMER.c.id == bindparam("of_customer")),
)
_ABOUT_ORDER = insert(_LETTER).from_select(
    _COLUMNS,
    _values(_CUSTOMER.c.email, _CUSTOMER.c.language, _CUSTOMER.c.id)
    .select_from(_ORDER.join(_CUSTOMER, _CUSTOMER.c.id == _ORDER.c.customer_id))
    .where(_ORDER.c.id == bindparam("of_order_again")),
)
_MANY = insert(_LETTER).values(state=LetterState.WAITING, due_at=utc_now(), created_at=utc_now())


def write_letter(session: Session, customer_id: int, occasion: Occasion) -> bool:
    """Write a letter to a customer, who is merged into nobody; tell whether there is an address it can go to.

    Call it behind the locks of what it tells of, and before the audit. Whether the customer wants it is the caller's
    to judge.
    """
    return _write(session, _TO_CUSTOMER, occasion, of_customer=customer_id)


def write_order_letter(session: Session, occasion: Occasion) -> bool:
    """Write a letter to the customer of an order; tell whether there is one that can be reached. As write_letter."""
    return _write(session, _ABOUT_ORDER, occasion, of_order_again=occasion.order_id)


def _write(session: Session, statement: Any, occasion: Occasion, **whose: int | None) -> bool:
    values = {
        "request": occasion.request_id,
        "of_kind": occasion.kind,
        "of_order": occasion.order_id,
        "of_change": occasion.change_id,
        "of_performance": occasion.performance_id,
        "told": facts_told(occasion.facts),
        "by": occasion.staff_id,
        "in_state": LetterState.WAITING,
    }
    return matched_rows(session.connection().execute(statement, values | whose)) > 0


class Addressed(NamedTuple):
    """A letter to somebody whose address was read already. language: as the customer's; "" that of the house."""

    occasion: Occasion
    customer_id: int
    recipient: str
    language: str


def write_letters(session: Session, letters: Sequence[Addressed]) -> int:
    """Write many letters at once, each of an occasion of its own; return how many. As write_letter."""
    if not letters:
        return 0
    rows = [
        {
            "request_id": letter.occasion.request_id,
            "kind": letter.occasion.kind,
            "order_id": letter.occasion.order_id,
            "change_id": letter.occasion.change_id,
            "performance_id": letter.occasion.performance_id,
            "facts": facts_told(letter.occasion.facts),
            "staff_id": letter.occasion.staff_id,
            "language": letter.language,
            "customer_id": letter.customer_id,
            "recipient": letter.recipient,
        }
        for letter in letters
    ]
    session.connection().execute(_MANY, rows)
    return len(rows)


def facts_told(facts: Mapping[str, Any]) -> str:
    """Return facts as they are kept with a letter; see Occasion."""
    return json.dumps(dict(facts), ensure_ascii=False, separators=(",", ":"))
