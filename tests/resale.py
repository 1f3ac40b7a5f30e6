"""Tickets on resale in the small house: a sold-out evening, of which somebody gives tickets back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import PerformanceSeat, Resale, Ticket
from pos_app.domain.door.check_in import Scan
from pos_app.domain.orders.resale import ResaleAsk, ResaleBackRequest, ResaleRequest
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.resale.returning import preview_resale, return_for_resale
from tests.services.orders.ledgers import live_lines, revision_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.orders.resale import ResaleDone
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


def resale_request(house: OpenHouse, sale: Sale, seats: Sequence[SeatKey]) -> ResaleRequest:
    """Ask for seats of a sale to be put on resale, as the preview tells it."""
    lines = live_lines(house, sale.order_id)
    chosen = tuple(lines[seat] for seat in seats)
    told = house.database.read(preview_resale, house.small.cashier, ResaleAsk(sale.order_id, chosen))
    return ResaleRequest(uuid4().hex, sale.order_id, told.revision, chosen, told.commission_minor)


def returned(house: OpenHouse, sale: Sale, seats: Sequence[SeatKey]) -> ResaleDone:
    """Put seats of a sale on resale."""
    return house.database.transact(return_for_resale, house.small.cashier, resale_request(house, sale, seats))


def back_request(house: OpenHouse, sale: Sale, seats: Sequence[SeatKey]) -> ResaleBackRequest:
    """Ask for seats of a sale to be taken off resale."""
    lines = live_lines(house, sale.order_id)
    return ResaleBackRequest(
        uuid4().hex, sale.order_id, revision_of(house, sale.order_id), tuple(lines[seat] for seat in seats)
    )


def resales(house: OpenHouse) -> list[str]:
    """Return what became of each ticket that was given back, in the order in which they were."""
    return house.database.read(lambda session: list(session.scalars(select(Resale.state).order_by(Resale.id))))


def seat_row(house: OpenHouse, seat: SeatKey) -> PerformanceSeat:
    """Return a seat as it is stored."""
    return house.database.read(lambda session: session.get_one(PerformanceSeat, (seat.performance_id, seat.seat_id)))


def come_in(house: OpenHouse, sale: Sale, seat: SeatKey, *, inside: bool = True) -> None:
    """Let somebody come in with the ticket of a seat, and go again unless told."""
    line = live_lines(house, sale.order_id)[seat]
    code = house.database.read(
        lambda session: session.scalars(select(Ticket.short_code).where(Ticket.order_line_id == line)).one()
    )
    for leaving in (False,) if inside else (False, True):
        scan = Scan(seat.performance_id, "Main door", code, uuid4().hex, leaving)
        house.database.transact(check_in, house.small.steward, scan)
