"""All that is known of a customer, as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pos_app.domain.currencies import plain
from pos_app.domain.sentences import Money

if TYPE_CHECKING:
    from pos_app.domain.customers.privacy import KnownOfCustomer
    from pos_app.domain.sentences import Fact


def known_as_json(known: KnownOfCustomer) -> bytes:
    """Return a UTF-8 document: what is known by kinds, each a list of objects. Times in UTC (ISO 8601).

    An amount is an object of a decimal text and a currency (ISO 4217); what is not known is null.
    """
    document: dict[str, Any] = {
        "customer_number": known.customer_id,
        "house": known.house,
        "collected_at": known.collected_at.isoformat(),
    }
    for table in known.tables:
        names = [name for name, _ in table.columns]
        document[table.key] = [dict(zip(names, map(_plain, row), strict=True)) for row in table.rows]
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _plain(fact: Fact | None) -> object:
    match fact:
        case None | bool() | int():
            return fact
        case Money(minor, currency):
            return {"amount": plain(minor, currency), "currency": currency}
        case datetime() | date():
            return fact.isoformat()
        case _:
            return str(fact)
