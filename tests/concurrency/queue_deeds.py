"""What till processes do while people wait: each round when the test says go, and the outcome is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import literal

from pos_app.domain.errors import PosError
from pos_app.domain.orders.refunds import RefundRequest
from pos_app.services.orders import ledger_seats
from pos_app.services.orders.refunds import taking_back
from pos_app.services.orders.refunds.making import refund
from pos_app.services.selling.offers import open_offer
from pos_app.services.waiting import serving
from pos_app.services.waiting.lists import close_list, open_list
from pos_app.services.waiting.offers import lapse_offers
from tests.concurrency.deeds import hold_and_sell
from tests.concurrency.order_deeds import REASON, refund_each, tell_outcome
from tests.concurrency.till import change

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.concurrency.till import Till

OFFER_MINUTES = 120


def refund_slowly(till: Till, *, order: dict[str, Any], trusting: bool) -> None:
    """Refund a seat, and wait before the COMMIT. trusting: the wrong way, without a lock on the waiting list."""
    if trusting:
        change(serving, write_list=lambda *_: True, note_passed_over=lambda *_: None)
    request = RefundRequest(
        request_id=uuid4().hex,
        order_id=order["order_id"],
        revision=order["revision"],
        line_ids=(order["line_id"],),
        amount_minor=order["amount_minor"],
        reason=REASON,
    )

    def refund_and_wait(session: Session) -> None:
        refund(session, till.actor, request)
        till.say("in the middle")
        till.wait()

    till.say("ready")
    till.wait()
    tell_outcome(till, lambda: till.database.transact(refund_and_wait), "refunded")


def open_and_close_each(till: Till, *, performance_id: int, rounds: int) -> None:
    """Open the waiting list of a performance, close it the next time, and so on."""
    for number in range(rounds):
        till.say("ready")
        till.wait()
        asked = (till.actor, uuid4().hex, performance_id)
        if number % 2:
            tell_outcome(till, lambda: till.transact(close_list, *asked, REASON), "closed")  # noqa: B023 - of this turn
        else:
            tell_outcome(
                till,
                lambda: till.transact(open_list, *asked, offer_minutes=OFFER_MINUTES),  # noqa: B023 - of this turn
                "opened",
            )


def open_offers_each(till: Till, *, offers: list[int]) -> None:
    """Open one offer after the other for paying, each in a basket of its own."""
    for offer_id in offers:
        till.say("ready")
        till.wait()
        asked = (till.actor, offer_id, uuid4().hex)
        tell_outcome(till, lambda: till.transact(open_offer, *asked), "opened")  # noqa: B023 - of this turn


def lapse_each(till: Till, *, rounds: int) -> None:
    """Let the housekeeping of offers run so many times; it tells how many it ended."""
    for _ in range(rounds):
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(lapse_offers).offers)


def buy_each(till: Till, *, performance_id: int, seat_ids: list[int], adult_id: int, tries: int) -> None:
    """Try so often to sell one seat after the other; tell what became of the tries."""
    for seat_id in seat_ids:
        asked: dict[str, Any] = {"performance_id": performance_id, "seat_ids": [seat_id], "adult_id": adult_id}
        till.say("ready")
        till.wait()
        till.say("told", [_outcome(till, asked) for _ in range(tries)])


def _outcome(till: Till, asked: dict[str, Any]) -> str:
    try:
        till.patiently(lambda: hold_and_sell(till, **asked))
    except PosError as error:
        return type(error).__name__
    return "sold"


def refund_unserved(till: Till, *, orders: list[dict[str, Any]], trusting: bool) -> None:
    """Refund the wrong way: what comes free is offered to nobody. trusting: and a waiting list has no first call."""
    change(taking_back, make_passes=lambda *_: 0)
    if trusting:
        change(ledger_seats, guard_of_a_freed=lambda: literal(0))
    refund_each(till, orders=orders)
