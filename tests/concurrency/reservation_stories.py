"""What each change of a reservation must change, and no more. Each has two seats at half the price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.concurrency import reservation_deeds as deeds
from tests.concurrency.fault_stage import HALF_PRICE_MINOR
from tests.concurrency.story import Story

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHANGED: Final = {"order_change": 1, "audit_entry": 1, "audit numbers": 1}
_RESERVED: Final = {
    **_CHANGED,
    "orders": 1,
    "orders with a name": 1,
    "orders to release": 1,
    "order_line": 2,
    "lines reserved": 2,
    "seats reserved": 2,
    "promo_redemption": 1,
    "promo_share": 2,
    "promo code uses": 1,
    "holds closed": 1,
    # Two of the name, and what the performance is found by.
    "search_word": 6,
}


def _paid(tickets: int, each_minor: int = HALF_PRICE_MINOR) -> Mapping[str, int]:
    """So many seats are paid, and their tickets made."""
    return {
        **_CHANGED,
        "lines reserved": -tickets,
        "payment": 1,
        "paid minor": tickets * each_minor,
        "ticket": tickets,
        "tickets live": tickets,
        "prints": tickets,
        "tickets handed over": tickets,
        "ticket_presence": tickets,
        "prints that gates take": tickets,
        "seats claimed": -tickets,
        "seats reserved": -tickets,
        "seats sold": tickets,
    }


def _given_back(seats: int) -> Mapping[str, int]:
    return {
        **_CHANGED,
        "lines reserved": -seats,
        "lines released": seats,
        "seats claimed": -seats,
        "seats reserved": -seats,
    }


_OVER: Final = {"orders to release": -1}
_LEFT: Final = {"holds closed": 1, "orders open for paying": -1}
_CODE_BACK: Final = {"redemptions undone": 1, "promo code uses": -1}

RESERVATION_STORIES: Final[dict[str, Story]] = {
    "seats are reserved": Story(deeds.reservation(), _RESERVED),
    "seats are reserved for a new customer": Story(
        deeds.reservation(new_customer=True),
        {
            **_RESERVED,
            "customer": 1,
            "customers with an address": 1,
            "orders of customers": 1,
            # The customer's words, and those of the address by which the order is found as well.
            "search_word": 21,
            "audit_entry": 2,
            "audit numbers": 2,
            "outbox_email": 1,
            "letters with an address": 1,
            "letters of customers": 1,
        },
    ),
    "a reservation is opened for paying": Story(deeds.opening, {"hold": 1, "orders open for paying": 1}),
    "a reservation is left unpaid": Story(deeds.leaving, _LEFT),
    "a reservation is picked up": Story(deeds.paying(2), {**_paid(2), **_LEFT, **_OVER}),
    "a part of a reservation is picked up": Story(deeds.paying(1), {**_paid(1), **_LEFT}),
    "a reservation is picked up at the price of now": Story(
        deeds.paying_the_price_of_now,
        {
            **_paid(2, deeds.NOW_MINOR // 2),
            **_LEFT,
            **_OVER,
            "approvals spent": 1,
            "lines released": 2,
            "order_line": 2,
            "promo_share": 2,
        },
    ),
    "a reservation is kept longer": Story(deeds.keeping, _CHANGED),
    "a reserved seat is given up": Story(deeds.giving_up(1), _given_back(1)),
    "all reserved seats are given up": Story(deeds.giving_up(2), {**_given_back(2), **_CODE_BACK, **_OVER}),
    "a reservation is over": Story(
        # The chain of what no hand does begins with the first of them.
        deeds.releasing,
        {**_given_back(2), **_CODE_BACK, **_OVER},
        beside=frozenset({"audit_head"}),
    ),
}
