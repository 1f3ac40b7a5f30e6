"""What the stories of the services have in common: a till's basket, its sale, and a clock that can be put forward."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Approval, Hold, Performance, PerformanceSeat, StaffMember, StaffSecret
from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.orders.ticket_faces import load_ticket_faces
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket
from tests.small_house import SIGNING_KEY, sell_seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


def hold(house: OpenHouse, seats: Sequence[SeatKey], *, actor: Actor | None = None, **more: Any) -> PlacedHold:
    """Hold seats for a new basket."""
    return house.database.transact(place_hold, actor or house.small.cashier, uuid4().hex, seats, **more)


def cash_request(house: OpenHouse, held: PlacedHold, **more: Any) -> SaleRequest:
    """Ask to sell all that a basket holds, to adults, for the exact amount of cash."""
    lines = tuple(SaleLine(seat, house.small.adult_id) for seat in held.seats)
    return priced(house, SaleRequest(uuid4().hex, held.basket_key, lines, 0, Tender(PaymentMethod.CASH, 0)), **more)


def priced(house: OpenHouse, request: SaleRequest, **more: Any) -> SaleRequest:
    """Put the total of the lines into a request, and cash for exactly that."""
    request = replace(request, **more)
    total = house.database.read(price_basket, request.lines).totals.total_minor
    tender = Tender(PaymentMethod.CASH, total, total) if total else Tender(PaymentMethod.FREE, 0)
    return replace(request, total_minor=total, tender=tender)


def sold(house: OpenHouse, seats: Sequence[SeatKey], **more: Any) -> Sale:
    """Sell seats to adults for cash."""
    return house.database.transact(sell_seats, house.small, seats, **more)


def put_hold_back(house: OpenHouse, basket_key: str, *, made: float, left: float) -> None:
    """Make a hold look as if it was made so many seconds ago and had so many left (negative: over)."""

    def change(session: Session) -> None:
        hold_id = session.execute(select(Hold.id).where(Hold.basket_key == basket_key)).scalar_one()
        session.execute(
            update(Hold).where(Hold.id == hold_id).values(created_at=utc_plus(-made), expires_at=utc_plus(left))
        )
        session.execute(
            update(PerformanceSeat).where(PerformanceSeat.claim_id == hold_id).values(claim_until=utc_plus(left))
        )

    house.database.transact(change)


def age_approvals(house: OpenHouse, seconds: float) -> None:
    """Make every approval as old as that."""
    older = update(Approval).values(created_at=utc_plus(-seconds))
    house.database.transact(lambda session: session.execute(older))


def run_out(house: OpenHouse, held: PlacedHold) -> None:
    """Let the time of a basket be over."""
    put_hold_back(house, held.basket_key, made=910, left=-10)


def change_seat(house: OpenHouse, seat: SeatKey, **values: Any) -> None:
    """Set columns of a place by hand."""
    house.database.transact(
        lambda session: session.execute(
            update(PerformanceSeat)
            .where(PerformanceSeat.performance_id == seat.performance_id, PerformanceSeat.seat_id == seat.seat_id)
            .values(**values)
        )
    )


def change_performance(house: OpenHouse, **values: Any) -> None:
    """Set columns of the evening tomorrow by hand."""
    change = update(Performance).where(Performance.id == house.small.performance_id).values(**values)
    house.database.transact(lambda session: session.execute(change))


def change_staff(house: OpenHouse, actor: Actor, **values: Any) -> None:
    """Set columns of a staff member by hand."""
    change = update(StaffMember).where(StaffMember.id == actor.staff_id).values(**values)
    house.database.transact(lambda session: session.execute(change))


def change_secret(house: OpenHouse, actor: Actor, **values: Any) -> None:
    """Set columns of somebody's secrets by hand."""
    change = update(StaffSecret).where(StaffSecret.staff_id == actor.staff_id).values(**values)
    house.database.transact(lambda session: session.execute(change))


def seat_row(house: OpenHouse, seat: SeatKey) -> PerformanceSeat:
    """Read a place as it is stored."""
    found = house.database.read(lambda session: session.get(PerformanceSeat, (seat.performance_id, seat.seat_id)))
    assert found is not None
    return found


def signed_code(house: OpenHouse, ticket_id: int) -> str:
    """Return the code that the first till prints on a ticket now."""
    (face,) = house.database.read(load_ticket_faces, [ticket_id])
    claim = TicketClaim(house.small.key_id, face.performance_id, ticket_id, face.issue_count)
    return sign_ticket(SIGNING_KEY, claim)
