"""What till processes do to reservations: each round when the test says go, and the outcome is told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, true
from sqlalchemy.exc import IntegrityError

from pos_app.db.clock import utc_now
from pos_app.db.models import Order
from pos_app.domain.orders.reservations import GiveUpRequest, KeepLongerRequest, PickUpRequest
from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.services.orders.ledger import ClaimedOrder
from pos_app.services.orders.reservations import keeping, opening, picking_up, releasing, rows
from pos_app.services.orders.reservations.keeping import give_up_seats, keep_longer
from pos_app.services.orders.reservations.opening import open_pick_up
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.orders.reservations.plan import plan_pick_up
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.seats import reserved
from tests.concurrency.order_deeds import pause_before, tell_outcome
from tests.concurrency.till import change

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from tests.concurrency.till import Till


def open_each(till: Till, *, orders: list[dict[str, Any]]) -> None:
    """Open one reservation after the other for paying, each in a basket of its own."""
    for order in orders:
        till.say("ready")
        till.wait()
        asked = (till.actor, order["order_id"], uuid4().hex)
        tell_outcome(till, lambda: till.transact(open_pick_up, *asked), "opened")  # noqa: B023 - of this turn


def _payment(order: dict[str, Any]) -> PickUpRequest:
    """Ask for all of a reservation, paid in cash."""
    total = order["total_minor"]
    tender = Tender(PaymentMethod.CASH, total, total)
    return PickUpRequest(uuid4().hex, order["order_id"], order["basket_key"], tuple(order["line_ids"]), total, tender)


def pay_each(till: Till, *, orders: list[dict[str, Any]]) -> None:
    """Pay for one reservation after the other, which are open at this till."""
    for order in orders:
        request = _payment(order)
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(pick_up, till.actor, request), "paid")  # noqa: B023 - of this turn


def pay_what_was_seen(till: Till, *, order: dict[str, Any], trusting: bool) -> None:
    """Pay for what was seen to be reserved. trusting: the wrong way, by that look alone, whoever has paid it since.

    Then nothing is left but the keys of the tables.
    """
    seen = till.database.read(plan_pick_up, till.actor, _payment(order), None)
    if trusting:
        change(picking_up, plan_pick_up=lambda *_: seen)
        change(rows, _require_all=lambda *_: None)
        change(reserved, _not_own=lambda *_, **__: [])
    try:
        pay_each(till, orders=[order])
    except IntegrityError:
        till.say("told", "the database refused")


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


def open_without_a_look_at_others(till: Till, **arguments: Any) -> None:
    """Open reservations the wrong way: whoever has them open already."""
    change(opening, matched_rows=lambda *_: 1)
    open_each(till, **arguments)


def release_after_a_look(till: Till, *, trusting: bool) -> None:
    """Give back what was seen to be over, a while later. trusting: the wrong way, whatever has become of it since."""
    is_due = releasing._is_due
    looks = iter([is_due])

    def look() -> ColumnElement[bool]:
        first = next(looks, None)
        if first is None:
            till.say("looked")
            till.wait()
        return is_due() if first or not trusting else true()

    change(releasing, _is_due=look)
    release_each(till, rounds=1)


def open_and_pay(till: Till, *, order: dict[str, Any]) -> None:
    """Open a reservation, and pay it later."""
    basket_key = uuid4().hex
    till.transact(open_pick_up, till.actor, order["order_id"], basket_key)
    till.say("opened")
    till.wait()
    pay_each(till, orders=[{**order, "basket_key": basket_key}])


def release_at_once(till: Till, *, trusting: bool) -> None:
    """Give back what is over. trusting: the wrong way, by the time of the reservation alone."""
    if trusting:
        change(releasing, _is_due=lambda: Order.release_at < utc_now())
    release_each(till, rounds=1)


def give_up_what_was_seen(till: Till, *, trusting: bool, **arguments: Any) -> None:
    """Give seats up that were seen to be reserved, a while later. trusting: the wrong way, whoever has paid them."""

    def look(session: Session, order_id: int, *, request_id: str, seen: int | None) -> ClaimedOrder:
        del request_id, seen
        order = session.execute(select(Order.number, Order.currency, Order.revision).where(Order.id == order_id)).one()
        return ClaimedOrder(order_id, order.number, order.currency, order.revision)

    pause_before(till, keeping, "write_change")
    if trusting:
        change(keeping, claim_order=look)
        change(rows, _require_all=lambda *_: None)
    give_up_each(till, **arguments)
