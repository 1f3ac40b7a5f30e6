"""What the tests of waiting lists begin with: an evening that is sold out, who waits for it, and what was offered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import PerformanceSeat, WaitingEntry, WaitingOffer
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.orders.refunds import RefundAsk
from pos_app.domain.selling.holds import read_places
from pos_app.domain.waiting.entries import JoinRequest
from pos_app.services.customers.records import insert_customer
from pos_app.services.orders.refunds.making import preview_refund
from pos_app.services.waiting.joining import join
from pos_app.services.waiting.lists import open_list
from tests.after_sale import live_lines
from tests.concurrency.sold_orders import let_cashiers_refund
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

OFFER_MINUTES = 120


def sold_out(arena: Arena, rounds: int, orders: int = 2) -> list[list[dict[str, Any]]]:
    """Sell the first seats of so many rows, each to another order, and keep all others of the evening back.

    Returns for each place in the row what each round's refund of it is asked with.
    """
    house = arena.house
    arena.database.transact(let_cashiers_refund)
    sold = [[_sell(arena, row, number) for row in range(1, rounds + 1)] for number in range(1, orders + 1)]
    arena.database.transact(_keep_the_rest, house.performance_id)
    return sold


def _sell(arena: Arena, row: int, number: int) -> dict[str, Any]:
    house = arena.house
    sale = arena.database.transact(sell_seats, house, house.seats_of(row, (number,)))
    (line,) = arena.database.read(live_lines, sale.order_id).values()
    told = arena.database.read(preview_refund, house.manager, RefundAsk(sale.order_id, (line,)))
    return {
        "order_id": sale.order_id,
        "revision": told.revision,
        "line_id": line,
        "amount_minor": told.amount_minor,
        "seat_id": house.seat_id(row, number),
    }


def _keep_the_rest(session: Session, performance_id: int) -> None:
    session.execute(
        update(PerformanceSeat)
        .where(PerformanceSeat.performance_id == performance_id, PerformanceSeat.state == "free")
        .values(state="claimed", claim_kind="house")
    )


def opened(arena: Arena) -> None:
    """Open the waiting list of the evening."""
    asked = (arena.house.manager, uuid4().hex, arena.house.performance_id)
    arena.database.transact(open_list, *asked, offer_minutes=OFFER_MINUTES)


def waits(arena: Arena, seats: int) -> int:
    """Let a party of somebody new join the waiting list of the evening; return its entry."""
    return arena.database.transact(_join, arena, seats)


def _join(session: Session, arena: Arena, seats: int) -> int:
    who = insert_customer(session, CustomerDraft("Anna Novak"), request_id=uuid4().hex)
    return join(session, arena.house.cashier, JoinRequest(uuid4().hex, arena.house.performance_id, who, seats)).entry_id


def offers(arena: Arena) -> list[tuple[int, tuple[int, ...], str]]:
    """Return all offers, the first one first: to whom, which seats, and what became of each."""
    return arena.database.read(_offers)


def _offers(session: Session) -> list[tuple[int, tuple[int, ...], str]]:
    rows = session.execute(
        select(WaitingOffer.waiting_entry_id, WaitingOffer.places, WaitingOffer.state).order_by(WaitingOffer.id)
    )
    return [(row[0], tuple(seat.seat_id for seat in read_places(row[1])), row[2]) for row in rows]


def open_offers(arena: Arena) -> list[int]:
    """Return the offers that stand, by number."""
    open_ones = select(WaitingOffer.id).where(WaitingOffer.state == "open").order_by(WaitingOffer.id)
    return list(arena.database.read(lambda session: session.scalars(open_ones).all()))


def entry_states(arena: Arena) -> list[str]:
    """Return what has become of each party, the first one first."""
    states = select(WaitingEntry.state).order_by(WaitingEntry.id)
    return list(arena.database.read(lambda session: session.scalars(states).all()))


def guards_of_free(arena: Arena) -> dict[int, int]:
    """Return the free seats of the evening, and how each is guarded."""
    seat = PerformanceSeat
    free = select(seat.seat_id, seat.guarded).where(
        seat.performance_id == arena.house.performance_id, seat.state == "free"
    )
    return dict(arena.database.read(lambda session: [(row[0], row[1]) for row in session.execute(free)]))


def end_offer(session: Session, offer_id: int, seconds: float) -> None:
    """Let an offer end in so many seconds; below 0: since so many."""
    ends = session.execute(select(utc_plus(0))).scalar_one() + timedelta(seconds=seconds)
    session.execute(update(WaitingOffer).where(WaitingOffer.id == offer_id).values(expires_at=ends))
    session.execute(
        update(PerformanceSeat)
        .where(PerformanceSeat.claim_kind == "offer", PerformanceSeat.claim_id == offer_id)
        .values(claim_until=ends)
    )
