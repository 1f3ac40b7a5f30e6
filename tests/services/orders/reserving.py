"""What the stories of reservations have in common: reserving, opening and paying as a till does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Order, PerformanceSeat
from pos_app.domain.orders.reservations import PickUpRequest, ReserveRequest
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.opening import open_pick_up
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.selling.pricing import price_basket
from tests.services.stories import hold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.reservations import PickUp, Reservation
    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


def ask_to_reserve(
    house: OpenHouse, seats: Sequence[SeatKey], name: str = "Anna Novak", *, actor: Actor | None = None, **more: Any
) -> ReserveRequest:
    """Hold seats, and ask to keep them for adults under a name."""
    held = hold(house, seats, actor=actor)
    lines = tuple(SaleLine(seat, house.small.adult_id) for seat in seats)
    request = replace(ReserveRequest(uuid4().hex, held.basket_key, lines, 0, name), **more)
    if "total_minor" in more:
        return request
    total = house.database.read(price_basket, request.lines, request.promo_code).totals.total_minor
    return replace(request, total_minor=total)


def reserved(
    house: OpenHouse, seats: Sequence[SeatKey], name: str = "Anna Novak", *, actor: Actor | None = None, **more: Any
) -> Reservation:
    """Reserve seats for adults under a name."""
    request = ask_to_reserve(house, seats, name, actor=actor, **more)
    return house.database.transact(reserve, actor or house.small.cashier, request)


def opened(house: OpenHouse, order_id: int, actor: Actor | None = None, basket_key: str = "") -> PickUp:
    """Open a reservation for paying."""
    return house.database.transact(open_pick_up, actor or house.small.cashier, order_id, basket_key or uuid4().hex)


def ask_to_pay(picked: PickUp, seats: Sequence[SeatKey] | None = None, **more: Any) -> PickUpRequest:
    """Ask to pay some seats of what is open, or all, in cash, with the order's fee."""
    own = {line.line_id for line in picked.lines if line.seat is not None and (seats is None or line.seat in seats)}
    at_now = bool(more.get("price_of_now"))
    total = sum(
        (line.now_minor or 0) if at_now else line.told_minor
        for line in picked.lines
        if line.line_id in own or line.for_line_id in own or (line.seat is None and line.for_line_id is None)
    )
    tender = Tender(PaymentMethod.CASH, total, total + 500) if total else Tender(PaymentMethod.FREE, 0)
    asked = PickUpRequest(uuid4().hex, picked.order_id, picked.hold.basket_key, tuple(sorted(own)), total, tender)
    return replace(asked, **more)


def picked_up(
    house: OpenHouse, order_id: int, seats: Sequence[SeatKey] | None = None, *, actor: Actor | None = None, **more: Any
) -> Sale:
    """Open a reservation and pay it, all or some seats."""
    picked = opened(house, order_id, actor)
    return house.database.transact(pick_up, actor or house.small.cashier, ask_to_pay(picked, seats, **more))


def move_release(house: OpenHouse, order_id: int, seconds: float, *, open_too: bool = False) -> None:
    """Let a reservation give its seats back in so many seconds (negative: it is over).

    open_too: and let the time be over for which a till has it open.
    """

    def change(session: Session) -> None:
        at = utc_plus(seconds)
        both = {"release_at": at, "pickup_until": at} if open_too else {"release_at": at}
        session.execute(update(Order).where(Order.id == order_id).values(**both))
        moment = session.get_one(Order, order_id, populate_existing=True).release_at
        own = PerformanceSeat.claim_kind == "reservation", PerformanceSeat.claim_id == order_id
        session.execute(update(PerformanceSeat).where(*own).values(claim_until=moment))

    house.database.transact(change)
