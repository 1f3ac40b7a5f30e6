"""What is reserved in the demo: seats that wait under a name, some that were picked up, and some that were not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Order, PerformanceSeat
from pos_app.demo.customers import PRESS, SCHOOL
from pos_app.demo.elsewhere import seats_side_by_side
from pos_app.domain.orders.reservations import KeepLongerRequest, PickUpRequest, ReserveRequest
from pos_app.domain.seats import ClaimKind
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.orders.reservations.keeping import keep_longer
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.opening import open_pick_up
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.reservations import Reservation
    from pos_app.domain.roles import Actor

NEAR_ITS_END: Final = timedelta(minutes=25)
_OVER_SECONDS: Final = 3600
_REFERENCE: Final = "4711"


@dataclass(frozen=True, slots=True)
class Kept:
    """Seats under a name. evening: which performance, by the title; minutes: until they are given back; None: as usual.

    picked_up: so many have been paid. came: whether anybody came for it before its time was over.
    """

    name: str
    evening: str
    seats: int
    note: str = ""
    minutes: int | None = None
    picked_up: int = 0
    came: bool = True
    longer: str = ""


_WINTER: Final = "A Winter\N{RIGHT SINGLE QUOTATION MARK}s Tale"
_KEPT: Final = (
    Kept("Ayşe Demir", "The Nutcracker", 2),
    Kept("Tom Hale", "The Nutcracker", 3, "Rings back", minutes=int(NEAR_ITS_END.total_seconds() // 60)),
    Kept(PRESS, "City Philharmonic: Brahms", 2, "Press night"),
    Kept("Łucja Żak", "City Philharmonic: Brahms", 5, "Two come early", picked_up=2),
    Kept(SCHOOL, _WINTER, 18, "Class 5b with two teachers", longer="The school pays next week"),
    Kept("Priya Raman", _WINTER, 4),
    Kept("Kwame Mensah", "Family Matinee: Peter & the Wolf", 4),
    Kept("Grace Adeyemi", "Family Matinee: Peter & the Wolf", 2, "Did not come", came=False),
)


def keep_some_seats(
    session: Session,
    actors: Sequence[Actor],
    evenings: Mapping[str, int],
    customers: Mapping[str, int],
    *,
    adult_id: int,
    now: datetime,
) -> None:
    """Reserve seats, let some be picked up, and let one reservation be over.

    evenings: performances by title, customers: by name; actors: who stand at the tills; now: by the server's clock.
    """
    for at, kept in enumerate(_KEPT):
        actor = actors[at % len(actors)]
        made = _reserve(session, actor, f"demo-reserved-{at}", evenings[kept.evening], kept, customers, adult_id, now)
        if kept.picked_up:
            _pick_up(session, actor, f"demo-picked-up-{at}", made, kept.picked_up)
        if kept.longer:
            _keep_longer(session, actor, f"demo-longer-{at}", made, kept.longer)
        if not kept.came:
            put_time_back(session, made.order_id)
            release_reservations(session)


def _reserve(
    session: Session,
    actor: Actor,
    name: str,
    performance_id: int,
    kept: Kept,
    customers: Mapping[str, int],
    adult_id: int,
    now: datetime,
) -> Reservation:
    seats = seats_side_by_side(session, performance_id, kept.seats)
    place_hold(session, actor, name, seats)
    lines = tuple(SaleLine(seat, adult_id) for seat in seats)
    total = price_basket(session, lines).totals.total_minor
    release_at = None if kept.minutes is None else now + timedelta(minutes=kept.minutes)
    request = ReserveRequest(
        name,
        name,
        lines,
        total,
        customer_name=kept.name,
        note=kept.note,
        customer_id=customers.get(kept.name),
        release_at=release_at,
    )
    return reserve(session, actor, request)


def _pick_up(session: Session, actor: Actor, name: str, made: Reservation, seats: int) -> None:
    opened = open_pick_up(session, actor, made.order_id, name)
    wanted = [line.line_id for line in opened.lines if line.seat is not None][:seats]
    total = sum(
        line.told_minor
        for line in opened.lines
        if line.line_id in wanted or line.for_line_id in wanted or (line.seat is None and line.for_line_id is None)
    )
    tender = Tender(PaymentMethod.CARD, total, reference=_REFERENCE)
    pick_up(session, actor, PickUpRequest(name, made.order_id, name, tuple(wanted), total, tender))


def _keep_longer(session: Session, actor: Actor, name: str, made: Reservation, reason: str) -> None:
    revision = session.execute(select(Order.revision).where(Order.id == made.order_id)).scalar_one()
    until = made.release_at + timedelta(minutes=30)
    keep_longer(session, actor, KeepLongerRequest(name, made.order_id, revision, until, reason))


def put_time_back(session: Session, order_id: int) -> None:
    """Let the time of a reservation be over, as if nobody had come: housekeeping gives its seats back."""
    over = utc_plus(-_OVER_SECONDS)
    session.execute(update(Order).where(Order.id == order_id).values(release_at=over))
    own = PerformanceSeat.claim_kind == ClaimKind.RESERVATION, PerformanceSeat.claim_id == order_id
    session.execute(update(PerformanceSeat).where(*own).values(claim_until=over))
