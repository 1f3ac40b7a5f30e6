"""What till processes do to orders that are sold: each round when the test says go, and the outcome is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pos_app.domain.door.check_in import Scan
from pos_app.domain.errors import PosError
from pos_app.domain.orders.exchanges import ExchangeRequest
from pos_app.domain.orders.refunds import RefundRequest
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.exchanges import exchange
from pos_app.services.orders.refunds import refund
from tests.concurrency.deeds import hold_and_sell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.concurrency.till import Till

REASON = "One of them is ill"


def _tell(till: Till, deed: Callable[[], Any]) -> None:
    """Say how a deed ended: with what it returns, or with the name of the error."""
    try:
        told = deed()
    except PosError as error:
        told = type(error).__name__
    till.say("told", told)


def refund_each(till: Till, *, orders: list[dict[str, Any]]) -> None:
    """Refund the first ticket of one order after the other, as it was seen by the test."""
    for order in orders:
        request = RefundRequest(
            request_id=uuid4().hex,
            order_id=order["order_id"],
            revision=order["revision"],
            line_ids=(order["line_id"],),
            amount_minor=order["amount_minor"],
            reason=REASON,
        )
        till.say("ready")
        till.wait()
        _tell(till, lambda: till.transact(refund, till.actor, request) and "refunded")  # noqa: B023 - of this turn


def exchange_each(till: Till, *, orders: list[dict[str, Any]], adult_id: int) -> None:
    """Give the first ticket of one order after the other for a seat that a basket holds."""
    for order in orders:
        new = tuple(SaleLine(SeatKey(*seat), adult_id) for seat in order["seats"])
        owed = order["difference_minor"]
        request = ExchangeRequest(
            request_id=uuid4().hex,
            order_id=order["order_id"],
            revision=order["revision"],
            ended=(order["line_id"],),
            new=new,
            basket_key=order["basket_key"],
            difference_minor=owed,
            tender=Tender(PaymentMethod.CASH, owed, owed) if owed > 0 else None,
            reason=REASON,
        )
        till.say("ready")
        till.wait()
        _tell(till, lambda: till.transact(exchange, till.actor, request) and "exchanged")  # noqa: B023 - of this turn


def scan_first_of_each(till: Till, *, performance_id: int, gate: str, codes: Iterable[str]) -> None:
    """Scan one ticket after the other."""
    for code in codes:
        till.say("ready")
        till.wait()
        scan = Scan(performance_id, gate, code, uuid4().hex)
        _tell(till, lambda: till.transact(check_in, till.actor, scan).verdict)  # noqa: B023 - of this turn


def hold_and_sell_each(till: Till, *, seats: list[tuple[int, int]], adult_id: int) -> None:
    """Sell one seat after the other, each held only then."""
    for seat in seats:
        till.say("ready")
        till.wait()
        performance_id, seat_id = seat
        asked = {"performance_id": performance_id, "seat_ids": [seat_id], "adult_id": adult_id}
        _tell(till, lambda: hold_and_sell(till, **asked) and "sold")  # noqa: B023 - of this turn
