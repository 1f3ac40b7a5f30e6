"""What each change of an order that is sold must change, and no more. Each order has two tickets at half the price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.work_lists import WorkDeed
from tests.concurrency import exchange_deeds, refund_deeds, work_list_deeds
from tests.concurrency.fault_stage import HALF_OF_A_CHILD_MINOR, HALF_PRICE_MINOR
from tests.concurrency.story import Story
from tests.small_house import ADULT_MINOR, GALA_ORDER_FEE_MINOR, GALA_TICKET_FEE_MINOR

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHANGED: Final = {"order_change": 1, "audit_entry": 1, "audit numbers": 1}
_ALLOWED: Final = {"approvals spent": 1}
_OPENED: Final = {
    "work_list": 1,
    "work_item": 1,
    "approval": 1,
    **_ALLOWED,
    "audit_entry": 1,
    "audit numbers": 1,
}
_OF_TYPES: Final = HALF_PRICE_MINOR - HALF_OF_A_CHILD_MINOR


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


def _given_back(minor: int) -> Mapping[str, int]:
    return {"refund": 1, "given back minor": minor, "taken by refunds minor": minor}


def _left_due(minor: int) -> Mapping[str, int]:
    return {"refund": 1, "due minor": minor, "taken by refunds minor": minor}


def _paid(minor: int) -> Mapping[str, int]:
    return {"payment": 1, "paid minor": minor}


_MOVED: Final = {
    name: number
    for name, number in {**_exchanged(2), "hold": 1, "holds closed": 1, "work items done": 1}.items()
    # They wait at the window.
    if name != "tickets handed over"
}
_TWO_WITH_FEES: Final = 2 * (ADULT_MINOR["B"] + GALA_TICKET_FEE_MINOR) + GALA_ORDER_FEE_MINOR
_TICKET_FEES: Final = 2
_ORDER_FEES: Final = 1


ORDER_STORIES: Final[dict[str, Story]] = {
    "an order is refunded": Story(
        refund_deeds.refund_of_an_order,
        {
            **_CHANGED,
            **_ALLOWED,
            **_left(2, "returned"),
            **_given_back(2 * HALF_PRICE_MINOR),
            "seats sold": -2,
            "redemptions undone": 1,
            "promo code uses": -1,
        },
    ),
    "a ticket is refunded": Story(
        refund_deeds.refund_of_a_ticket,
        {**_CHANGED, **_ALLOWED, **_left(1, "returned"), **_given_back(HALF_PRICE_MINOR), "seats sold": -1},
    ),
    "a refund is left due": Story(
        refund_deeds.refund_left_due,
        {**_CHANGED, **_ALLOWED, **_left(1, "returned"), **_left_due(HALF_PRICE_MINOR), "seats sold": -1},
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
    "an exchange is paid": Story(
        exchange_deeds.exchange_of_type(dearer=True), {**_exchanged(1, taken=1), **_ALLOWED, **_paid(_OF_TYPES)}
    ),
    "an exchange gives money back": Story(
        exchange_deeds.exchange_of_type(dearer=False), {**_exchanged(1, taken=1), **_ALLOWED, **_given_back(_OF_TYPES)}
    ),
    "an exchange on an own seat is paid": Story(
        exchange_deeds.type_of_own_seat(dearer=True, kind=ChangeKind.EXCHANGE),
        {**_exchanged(1), **_ALLOWED, **_paid(_OF_TYPES)},
    ),
    "a ticket type is corrected": Story(
        exchange_deeds.type_of_own_seat(dearer=False, kind=ChangeKind.CORRECTION),
        {**_exchanged(1), **_ALLOWED, **_given_back(_OF_TYPES)},
    ),
    "a ticket type is corrected to a dearer one": Story(
        exchange_deeds.type_of_own_seat(dearer=True, kind=ChangeKind.CORRECTION),
        {**_exchanged(1), **_ALLOWED, **_paid(_OF_TYPES)},
    ),
    "two guests change places": Story(exchange_deeds.swap, _exchanged(2)),
    "a name is corrected": Story(exchange_deeds.name, {**_CHANGED, "search_word": 2}),
    "a note is corrected": Story(exchange_deeds.note, {**_CHANGED, "search_word": 1}),
    "the work list of a moved performance is opened": Story(work_list_deeds.opening(cancelled=False), _OPENED),
    "the work list of a cancelled performance is opened": Story(work_list_deeds.opening(cancelled=True), _OPENED),
    "a work list is closed": Story(
        work_list_deeds.closing, {"work lists closed": 1, "audit_entry": 1, "audit numbers": 1}
    ),
    "an order of a moved performance is refunded": Story(
        work_list_deeds.item_of_moved(WorkDeed.REFUND),
        {
            **_CHANGED,
            **_left(2, "returned"),
            **_left_due(2 * HALF_PRICE_MINOR),
            "seats sold": -2,
            "redemptions undone": 1,
            "promo code uses": -1,
            "work items done": 1,
        },
    ),
    "an order of a moved performance is moved": Story(work_list_deeds.item_of_moved(WorkDeed.MOVE), _MOVED),
    "an order of a moved performance is kept": Story(
        work_list_deeds.item_of_moved(WorkDeed.KEEP), {"work items done": 1}
    ),
    "an order of a cancelled performance is refunded": Story(
        work_list_deeds.item_of_cancelled(WorkDeed.REFUND),
        {
            **_CHANGED,
            **_left(2, "returned"),
            "lines returned": 2 + _TICKET_FEES + _ORDER_FEES,
            **_left_due(_TWO_WITH_FEES),
            "seats sold": -2,
            "work items done": 1,
        },
    ),
    "an order of a cancelled performance is moved": Story(
        work_list_deeds.item_of_cancelled(WorkDeed.MOVE),
        {
            **{name: number for name, number in _MOVED.items() if name != "promo_share"},
            # The fee of the order stays what it is.
            "lines exchanged": 2 + _TICKET_FEES,
            "order_line": 2 + _TICKET_FEES,
            "search_word": 2,
        },
    ),
    "an order of a cancelled performance is kept": Story(
        work_list_deeds.item_of_cancelled(WorkDeed.KEEP), {"work items done": 1}
    ),
    "why an order was not moved is kept": Story(work_list_deeds.failure, {"work items failed": 1}),
    "tickets are handed over at the window": Story(work_list_deeds.first_print, {**_CHANGED, "tickets handed over": 2}),
}
