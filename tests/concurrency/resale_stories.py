"""What each change of tickets on resale must change, and no more. Each is of two tickets."""

from __future__ import annotations

from typing import Final

from tests.concurrency import resale_deeds as deeds
from tests.concurrency.story import Story
from tests.concurrency.waiting_deeds import TWO_MINOR

_AUDITED: Final = {"audit_entry": 1, "audit numbers": 1}
_CHANGED: Final = {**_AUDITED, "order_change": 1}
_OFF_RESALE: Final = {"seats on resale": -2, "resales open": -2}
_RETURNED: Final = {"lines returned": 2, "tickets void": 2}

RESALE_STORIES: Final[dict[str, Story]] = {
    "tickets are given back for resale": Story(
        deeds.returning, {**_CHANGED, "resale": 2, "resales open": 2, "seats on resale": 2, "seats sold": -2}
    ),
    "tickets are taken off resale": Story(deeds.taking_back, {**_CHANGED, **_OFF_RESALE, "seats sold": 2}),
    "tickets on resale are refunded": Story(
        deeds.refunding,
        {
            **_CHANGED,
            **_OFF_RESALE,
            **_RETURNED,
            "approvals spent": 1,
            "tickets live": -2,
            "prints that gates take": -2,
            "refund": 1,
            "given back minor": TWO_MINOR,
            "taken by refunds minor": TWO_MINOR,
        },
    ),
    "tickets on resale are bought": Story(
        # The seller's order and the buyer's: two changes, and two new lines that keep the commission.
        deeds.buying,
        {
            **_OFF_RESALE,
            **_RETURNED,
            "audit_entry": 2,
            "audit numbers": 2,
            "order_change": 2,
            "tickets resold": 2,
            "orders": 1,
            "order_line": 4,
            "payment": 1,
            "paid minor": TWO_MINOR,
            "refund": 1,
            "due minor": TWO_MINOR - deeds.COMMISSION_MINOR,
            "taken by refunds minor": TWO_MINOR - deeds.COMMISSION_MINOR,
            "ticket": 2,
            "prints": 2,
            "tickets handed over": 2,
            "ticket_presence": 2,
            "seats claimed": -2,
            "seats sold": 2,
            "holds closed": 1,
        },
    ),
}
