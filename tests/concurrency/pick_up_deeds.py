"""What till processes do to reservations: each round when the test says go, and the outcome is told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pos_app.domain.orders.reservations import GiveUpRequest, KeepLongerRequest, PickUpRequest
from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.services.orders.reservations.keeping import give_up_seats, keep_longer
from pos_app.services.orders.reservations.picking_up import open_pick_up, pick_up
from pos_app.services.orders.reservations.releasing import release_reservations
from tests.concurrency.order_deeds import tell_outcome

if TYPE_CHECKING:
    from tests.concurrency.till import Till


def open_each(till: Till, *, orders: list[dict[str, Any]]) -> None:
    """Open one reservation after the other for paying, each in a basket of its own."""
    for order in orders:
        till.say("ready")
        till.wait()
        asked = (till.actor, order["order_id"], uuid4().hex)
        tell_outcome(till, lambda: till.transact(open_pick_up, *asked), "opened")  # noqa: B023 - of this turn


def pay_each(till: Till, *, orders: list[dict[str, Any]]) -> None:
    """Pay for one reservation after the other, which are open at this till."""
    for order in orders:
        total = order["total_minor"]
        tender = Tender(PaymentMethod.CASH, total, total)
        request = PickUpRequest(
            uuid4().hex, order["order_id"], order["basket_key"], tuple(order["line_ids"]), total, tender
        )
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(pick_up, till.actor, request), "paid")  # noqa: B023 - of this turn


def release_each(till: Till, *, rounds: int) -> None:
    """Let the housekeeping run so many times; it tells how many reservations it gave back."""
    for _ in range(rounds):
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(release_reservations).orders)


def keep_each(till: Till, *, orders: list[dict[str, Any]]) -> None:
    """Keep one reservation after the other longer, as the test has seen it."""
    for order in orders:
        later = datetime.fromisoformat(order["later"])
        request = KeepLongerRequest(uuid4().hex, order["order_id"], order["revision"], later, "Their train is late")
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(keep_longer, till.actor, request), "kept")  # noqa: B023 - of this turn


def give_up_each(till: Till, *, orders: list[dict[str, Any]]) -> None:
    """Give the first seat of one reservation after the other back, as the test has seen it."""
    for order in orders:
        given = tuple(order["line_ids"][:1])
        request = GiveUpRequest(uuid4().hex, order["order_id"], order["revision"], given, "One of them is ill")
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(give_up_seats, till.actor, request), "given up")  # noqa: B023 - of this turn
