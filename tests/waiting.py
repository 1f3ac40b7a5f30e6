"""Parties that wait in the small house: made in a line, with the seats taken out of sale that are in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import PerformanceSeat, WaitingEntry, WaitingOffer
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.selling.holds import read_places
from pos_app.domain.waiting.entries import JoinRequest, OfferState
from pos_app.services.customers.records import insert_customer
from pos_app.services.orders.refunds.making import refund
from pos_app.services.waiting.joining import join
from pos_app.services.waiting.listing import read_entry
from pos_app.services.waiting.lists import open_list
from tests.after_sale import live_lines, refund_request
from tests.services.stories import sold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.refunds import RefundRequest
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from pos_app.domain.waiting.entries import Offer, QueueEntry
    from tests.houses import OpenHouse


def somebody(house: OpenHouse, name: str = "", **more: Any) -> int:
    """Make a customer, and return its number."""
    name = name or f"Guest {uuid4().hex[:8]}"
    return house.database.transact(
        lambda session: insert_customer(session, CustomerDraft(name, **more), request_id=uuid4().hex)
    )


def sell_out(house: OpenHouse, performance_id: int | None = None) -> list[Sale]:
    """Sell all seats of a performance, each row as an order of its own."""
    small = house.small
    of = performance_id or small.performance_id
    return [sold(house, small.seats_of(row, range(1, small.seats_per_row + 1), of)) for row in range(1, small.rows + 1)]


def open_waiting(house: OpenHouse, performance_id: int | None = None, *, offer_minutes: int = 120) -> None:
    """Open the list of a performance."""
    of = performance_id or house.small.performance_id
    house.database.transact(open_list, house.small.manager, uuid4().hex, of, offer_minutes=offer_minutes)


def party(house: OpenHouse, seats: int = 2, **more: Any) -> QueueEntry:
    """Let a party join the list of the evening."""
    customer_id = more.pop("customer_id", None) or somebody(house, more.pop("name", ""))
    performance_id = more.pop("performance_id", None) or house.small.performance_id
    request = JoinRequest(uuid4().hex, performance_id, customer_id, seats, **more)
    return house.database.transact(join, house.small.cashier, request)


def offered(house: OpenHouse, entry: QueueEntry) -> tuple[SeatKey, ...]:
    """Return the seats that an entry is offered now; none where there is no open offer."""
    asked = select(WaitingOffer.places).where(
        WaitingOffer.waiting_entry_id == entry.entry_id, WaitingOffer.state == OfferState.OPEN
    )
    places = house.database.read(lambda session: session.execute(asked).scalar_one_or_none())
    return () if places is None else read_places(places)


def state_of(house: OpenHouse, entry: QueueEntry) -> str:
    """Return the state of an entry as it is stored."""
    return house.database.read(lambda session: session.get_one(WaitingEntry, entry.entry_id)).state


def guards(house: OpenHouse, performance_id: int | None = None) -> dict[int, tuple[str, int]]:
    """Return state and guard of each seat of a performance."""
    of = performance_id or house.small.performance_id

    def look(session: Session) -> dict[int, tuple[str, int]]:
        rows = session.execute(
            select(PerformanceSeat.seat_id, PerformanceSeat.state, PerformanceSeat.guarded).where(
                PerformanceSeat.performance_id == of
            )
        )
        return {row.seat_id: (row.state, row.guarded) for row in rows}

    return house.database.read(look)


def refund_seats(house: OpenHouse, sale: Sale, seats: Iterable[SeatKey]) -> None:
    """Give seats of a sale back."""

    def ask(session: Session) -> RefundRequest:
        lines = live_lines(session, sale.order_id)
        return refund_request(session, house.small, sale.order_id, [lines[seat] for seat in seats])

    house.database.transact(refund, house.small.cashier, house.database.transact(ask))


def read_offer(house: OpenHouse, entry: QueueEntry) -> Offer:
    """Return the open offer of an entry."""
    offer = house.database.read(read_entry, entry.entry_id).offer
    assert offer is not None
    return offer
