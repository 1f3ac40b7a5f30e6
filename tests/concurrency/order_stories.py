"""What each change of an order that is sold must change, and no more. Each order has two tickets at half the price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.orders.work_lists import WorkDeed
from tests.concurrency import exchange_deeds, refund_deeds, work_list_deeds
from tests.concurrency.fault_stage import HALF_PRICE_MINOR
from tests.concurrency.story import Story

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHANGED: Final = {"order_change": 1, "audit_entry": 1, "audit numbers": 1}
_ALLOWED: Final = {"approvals spent": 1}


def _left(tickets: int, how: str) -> Mapping[str, int]:
    """So many tickets are good no more."""
    return {
        f"lines {how}": tickets,
        "tickets void": tickets,
        "tickets live": -tickets,
        "prints that gates take": -tickets,
    }


def _made(tickets: int) -> Mapping[str, int]:
    """So many new tickets are good."""
    return {
        "order_line": tickets,
        "promo_share": tickets,
        "ticket": tickets,
        "prints": tickets,
        "tickets handed over": tickets,
        "ticket_presence": tickets,
    }


def _exchanged(tickets: int, *, taken: int = 0) -> Mapping[str, int]:
    """So many tickets were given for others. taken: so many new seats were in a basket."""
    ended = _left(tickets, "exchanged")
    lost = dict.fromkeys(("tickets live", "prints that gates take"), 0)
    basket = {"seats claimed": -taken, "holds closed": 1} if taken else {}
    return {
        name: number for name, number in {**_CHANGED, **ended, **_made(tickets), **lost, **basket}.items() if number
    }


def _given_back(tickets: int) -> Mapping[str, int]:
    minor = tickets * HALF_PRICE_MINOR
    return {"refund": 1, "given back minor": minor, "taken by refunds minor": minor}


def _left_due(tickets: int) -> Mapping[str, int]:
    minor = tickets * HALF_PRICE_MINOR
    return {"refund": 1, "due minor": minor, "taken by refunds minor": minor}


ORDER_STORIES: Final[dict[str, Story]] = {
    "an order is refunded": Story(
        refund_deeds.refund_of_an_order,
        {
            **_CHANGED,
            **_ALLOWED,
            **_left(2, "returned"),
            **_given_back(2),
            "seats sold": -2,
            "redemptions undone": 1,
            "promo code uses": -1,
        },
    ),
    "a ticket is refunded": Story(
        refund_deeds.refund_of_a_ticket,
        {**_CHANGED, **_ALLOWED, **_left(1, "returned"), **_given_back(1), "seats sold": -1},
    ),
    "a refund is paid out": Story(
        refund_deeds.pay_out_of_one,
        {**_CHANGED, **_ALLOWED, "given back minor": HALF_PRICE_MINOR, "due minor": -HALF_PRICE_MINOR},
    ),
    "a refund is given up": Story(
        refund_deeds.give_up_of_one, {**_CHANGED, **_ALLOWED, "refund": 1, "refunds given up": 1}
    ),
    "a ticket is exchanged for another seat": Story(
        exchange_deeds.exchange_of(1), {**_exchanged(1, taken=1), **_ALLOWED}
    ),
    "tickets are exchanged for other seats": Story(
        exchange_deeds.exchange_of(2), {**_exchanged(2, taken=2), **_ALLOWED}
    ),
    "one of the new seats is the order's own": Story(
        exchange_deeds.exchange_with_an_own_seat, {**_exchanged(1, taken=1), **_ALLOWED}
    ),
    "a ticket type is corrected": Story(
        exchange_deeds.correction,
        {
            **_exchanged(1),
            **_ALLOWED,
            "refund": 1,
            "given back minor": HALF_PRICE_MINOR // 2,
            "taken by refunds minor": HALF_PRICE_MINOR // 2,
        },
    ),
    "two guests change places": Story(exchange_deeds.swap, _exchanged(2)),
    "a name is corrected": Story(exchange_deeds.details, {**_CHANGED, "search_word": 2}),
    "a work list is opened": Story(
        work_list_deeds.opening,
        {"work_list": 1, "work_item": 1, "approval": 1, **_ALLOWED, "audit_entry": 1, "audit numbers": 1},
    ),
    "an order of a work list is refunded": Story(
        work_list_deeds.item(WorkDeed.REFUND),
        {
            **_CHANGED,
            **_left(2, "returned"),
            **_left_due(2),
            "seats sold": -2,
            "redemptions undone": 1,
            "promo code uses": -1,
            "work items done": 1,
        },
    ),
    "an order of a work list is kept": Story(work_list_deeds.item(WorkDeed.KEEP), {"work items done": 1}),
    "tickets are handed over at the window": Story(work_list_deeds.first_print, {**_CHANGED, "tickets handed over": 2}),
}
