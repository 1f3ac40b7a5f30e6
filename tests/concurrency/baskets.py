"""Baskets that a test makes by itself, for tills to fight over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.clock import seconds_until, utc_plus
from pos_app.db.models import Hold
from pos_app.services.seats.claims import INVENTORY, these_seats
from pos_app.services.selling.holds import place_hold
from tests.concurrency.deeds import sale_request, seats_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import SaleRequest
    from tests.concurrency.conftest import Arena


def held_basket(arena: Arena, seat_ids: Sequence[int], actor: Actor | None = None) -> dict[str, Any]:
    """Hold seats of the evening, and return what a sale of them is called with."""
    house = arena.house
    basket_key = uuid4().hex
    seats = seats_of(house.performance_id, seat_ids)
    arena.database.transact(place_hold, actor or house.cashier, basket_key, seats)
    return {
        "performance_id": house.performance_id,
        "seat_ids": list(seat_ids),
        "basket_key": basket_key,
        "request_id": uuid4().hex,
        "adult_id": house.adult_id,
    }


def request_of(arena: Arena, basket: dict[str, Any]) -> SaleRequest:
    """Return the request of a basket's sale, for cash, at the price of the moment."""
    seats = seats_of(basket["performance_id"], basket["seat_ids"])
    return sale_request(arena, basket["basket_key"], seats, basket["adult_id"], basket["request_id"])


def run_out(session: Session, basket_key: str) -> None:
    """Let a basket's time be over since five seconds."""
    made, over = utc_plus(-905), utc_plus(-5)
    session.execute(update(Hold).where(Hold.basket_key == basket_key).values(created_at=made, expires_at=over))
    hold = session.execute(select(Hold.id, Hold.expires_at).where(Hold.basket_key == basket_key)).one()
    session.execute(update(INVENTORY).where(INVENTORY.c.claim_id == hold.id).values(claim_until=hold.expires_at))


def seconds_left(session: Session, basket_key: str) -> float:
    """Return the seconds until a basket's time is over, by the server's clock."""
    left = select(seconds_until(Hold.expires_at)).where(Hold.basket_key == basket_key)
    return float(session.execute(left).scalar_one())


def states(session: Session, performance_id: int, seat_ids: Sequence[int]) -> list[str]:
    """Return the states of seats."""
    rows = session.execute(
        select(INVENTORY.c.state).where(these_seats(performance_id, seat_ids)).order_by(INVENTORY.c.seat_id)
    )
    return list(rows.scalars())
