"""What writes of customers who can be reached must change, and no more: one letter each, and none that is untrue."""

from __future__ import annotations

from typing import Final

from tests.concurrency import letter_deeds as deeds
from tests.concurrency.fault_stage import HALF_PRICE_MINOR
from tests.concurrency.story import Story

_AUDITED: Final = {"audit_entry": 1, "audit numbers": 1}
_TOLD: Final = {"outbox_email": 1, "letters with an address": 1, "letters of customers": 1}
_UNTRUE: Final = {"letters stopped": 1}

LETTER_STORIES: Final[dict[str, Story]] = {
    "a basket is sold to a customer": Story(
        deeds.selling,
        {
            **_AUDITED,
            **_TOLD,
            "orders": 1,
            "orders of customers": 1,
            "orders with a name": 1,
            "order_change": 1,
            "order_line": 2,
            "payment": 1,
            "paid minor": 2 * HALF_PRICE_MINOR,
            "ticket": 2,
            "tickets live": 2,
            "prints": 2,
            "tickets handed over": 2,
            "ticket_presence": 2,
            "prints that gates take": 2,
            "promo_redemption": 1,
            "promo_share": 2,
            "promo code uses": 1,
            "seats claimed": -2,
            "seats sold": 2,
            "holds closed": 1,
            "search_word": 12,
        },
    ),
    "a customer's sale is taken back": Story(
        deeds.taking_back,
        {
            **_AUDITED,
            **_TOLD,
            **_UNTRUE,
            "order_change": 1,
            "approvals spent": 1,
            "lines void": 2,
            "tickets void": 2,
            "tickets live": -2,
            "prints that gates take": -2,
            "refund": 1,
            "given back minor": 2 * HALF_PRICE_MINOR,
            "taken by refunds minor": 2 * HALF_PRICE_MINOR,
            "seats sold": -2,
            "redemptions undone": 1,
            "promo code uses": -1,
        },
    ),
    "a customer hears that a reservation ends soon": Story(deeds.reminding, _TOLD),
    "a customer's reservation is over": Story(
        deeds.lapsing,
        {
            **_AUDITED,
            **_TOLD,
            **_UNTRUE,
            "order_change": 1,
            "lines reserved": -2,
            "lines released": 2,
            "seats claimed": -2,
            "seats reserved": -2,
            "redemptions undone": 1,
            "promo code uses": -1,
            "orders to release": -1,
        },
        beside=frozenset({"audit_head"}),
    ),
    "a note is written to a customer": Story(deeds.noting, {**_AUDITED, **_TOLD}),
}
